import { useRef } from 'react';
import type { ConnectionState } from '../../contract/connections-api.js';
import { usePanel } from '../settings/panel-context.js';
import { ActionButton } from './ActionButton.js';
import { AttemptPlace } from './AttemptPlace.js';
import { Notice } from './Notice.js';
import { useConnectionsView, useFocusAfter } from './use-connections.js';

/** The ways to connect another channel, or the one that is open. */
export function AddChannel({ state }: { state: ConnectionState }) {
  const { words, connections } = usePanel();
  const { opening } = useConnectionsView();
  const title = useRef<HTMLHeadingElement>(null);
  const isOpen = opening !== undefined && opening.request.channel_id === undefined;
  useFocusAfter(isOpen, title);
  const opened = isOpen ? state.services.find(({ name }) => name === opening.request.service) : undefined;
  if (opened !== undefined) return <AttemptPlace service={opened} />;
  if (state.services.length === 0) {
    return <Notice kind="warning" text={words('connection.none_offered')} />;
  }
  if (state.channels.length >= state.limit) {
    return <Notice kind="info" text={words('connection.limit', { count: String(state.limit) })} />;
  }
  return (
    <div className="pipeline-messenger__card">
      <h3 ref={title} tabIndex={-1} className="pipeline-messenger__card-title">
        {words('connection.add')}
      </h3>
      <ul className="pipeline-messenger__services">
        {state.services.map(({ name, title: service, methods }) => (
          <li key={name}>
            <span>{service}</span>
            <div className="pipeline-messenger__buttons" role="group" aria-label={service}>
              {methods.map((method) => (
                <ActionButton
                  key={method}
                  onClick={() => {
                    connections.openAttempt({ service: name, method });
                  }}
                >
                  {words(`connection.methods.${method}`)}
                </ActionButton>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
