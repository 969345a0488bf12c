import { useEffect, useId, useRef } from 'react';
import type { Channel, ConnectableService } from '../../../contract/connections-api.js';
import { usePanel } from '../../settings/panel-context.js';
import type { AttemptView } from './attempt.js';
import { KeyPanel } from './KeyPanel.js';
import { OAuthPanel } from './OAuthPanel.js';
import { QrPanel } from './QrPanel.js';

interface Props {
  service: ConnectableService;
  attempt: AttemptView;
  /** A channel that is connected again. */
  channel?: Channel;
}

const panels = { oauth: OAuthPanel, qr: QrPanel, api_key: KeyPanel } as const;

/** One way to connect, open. The focus goes to what the person does first. */
export function AttemptPanel({ service, attempt, channel }: Props) {
  const { words } = usePanel();
  const titleId = useId();
  const panel = useRef<HTMLDivElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const { method } = attempt.request;
  useEffect(() => {
    const first =
      method === 'qr' ? title.current : panel.current?.querySelector<HTMLElement>('input, button');
    (first ?? title.current)?.focus();
  }, [method]);
  const Panel = panels[method];
  return (
    <div ref={panel} role="group" aria-labelledby={titleId} className="pipeline-messenger__card">
      <h3 id={titleId} ref={title} tabIndex={-1} className="pipeline-messenger__card-title">
        {channel === undefined
          ? words('connection.attempt.new', { service: service.title })
          : words('connection.attempt.again', { name: channel.name })}
      </h3>
      <Panel service={service} attempt={attempt} />
      <p aria-live="polite" className="pipeline-messenger__hint">
        {attempt.isShaky
          ? words('connection.attempt.shaky')
          : attempt.isSlow
            ? words('connection.slow')
            : undefined}
      </p>
    </div>
  );
}
