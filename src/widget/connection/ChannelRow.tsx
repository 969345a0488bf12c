import { useEffect, useId, useRef } from 'react';
import type { Channel, ConnectionState } from '../../contract/connections-api.js';
import { usePanel } from '../settings/panel-context.js';
import { ActionButton } from './ActionButton.js';
import { AttemptPlace } from './AttemptPlace.js';
import { DisconnectQuestion } from './DisconnectQuestion.js';
import { defaultOf } from './draft.js';
import { PipelineChoice } from './PipelineChoice.js';
import { useConnectionsView, useFocusAfter } from './use-connections.js';

/** A connected account of a chat service, with what is chosen for it. */
export function ChannelRow({ channel, state }: { channel: Channel; state: ConnectionState }) {
  const { words, connections } = usePanel();
  const { opening, disconnecting, draft, news } = useConnectionsView();
  const titleId = useId();
  const title = useRef<HTMLHeadingElement>(null);
  const service = state.services.find(({ name }) => name === channel.service);
  const isReconnecting = opening?.request.channel_id === channel.id;
  const isAsked = disconnecting?.id === channel.id;
  const isNew = news?.kind === 'connected' && news.channel.id === channel.id;
  useFocusAfter(isReconnecting || isAsked, title);
  useEffect(() => {
    if (isNew) title.current?.focus();
  }, [isNew, news]);

  return (
    <li className="pipeline-messenger__card">
      <div className="pipeline-messenger__channel">
        <div>
          <h3 id={titleId} ref={title} tabIndex={-1} className="pipeline-messenger__card-title">
            {channel.name}
          </h3>
          <span className="pipeline-messenger__hint">
            {[channel.phone, service?.title ?? channel.service].filter(Boolean).join(' · ')}
          </span>
        </div>
        <ChannelState channel={channel} />
      </div>
      {channel.state === 'disconnected' && (
        <p className="pipeline-messenger__error">{words('connection.channel.lost')}</p>
      )}
      <PipelineChoice channel={channel} state={state} />
      <label className="pipeline-messenger__radio">
        <input
          type="radio"
          name="pipeline-messenger-default"
          checked={defaultOf(state, draft) === channel.id}
          disabled={!state.can_change}
          onChange={() => {
            connections.chooseDefault(channel.id);
          }}
        />
        {words('connection.channel.default')}
        <span className="pipeline-messenger__hidden">: {channel.name}</span>
      </label>
      {isAsked && <DisconnectQuestion channel={channel} disconnecting={disconnecting} />}
      {isReconnecting && service !== undefined && <AttemptPlace service={service} channel={channel} />}
      {state.can_change && !isAsked && !isReconnecting && (
        <div className="pipeline-messenger__buttons" role="group" aria-labelledby={titleId}>
          {channel.state === 'disconnected' && service !== undefined && (
            <ActionButton
              isPrimary
              onClick={() => {
                connections.openAttempt({
                  service: channel.service,
                  method: channel.method,
                  channel_id: channel.id,
                });
              }}
            >
              {words('connection.channel.reconnect')}
            </ActionButton>
          )}
          <ActionButton
            onClick={() => {
              connections.askToDisconnect(channel.id);
            }}
          >
            {words('connection.channel.disconnect')}
          </ActionButton>
        </div>
      )}
    </li>
  );
}

function ChannelState({ channel }: { channel: Channel }) {
  const { words } = usePanel();
  const state = channel.state === 'connected' && !channel.is_saved ? 'unsaved' : channel.state;
  return (
    <span className={`pipeline-messenger__state pipeline-messenger__state_${state}`}>
      {words(`connection.states.${state}`)}
    </span>
  );
}
