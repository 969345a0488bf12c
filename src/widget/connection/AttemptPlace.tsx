import type { Channel, ConnectableService } from '../../contract/connections-api.js';
import { usePanel } from '../settings/panel-context.js';
import { ActionButton } from './ActionButton.js';
import { Notice } from './Notice.js';
import { useConnectionsView } from './use-connections.js';

/** Where a way to connect stands once its file has come. */
export function AttemptPlace({ service, channel }: { service: ConnectableService; channel?: Channel }) {
  const panel = usePanel();
  const { opening, attempt } = useConnectionsView();
  if (opening === undefined) return null;
  const { words, connections } = panel;
  const { request, module, isFailed } = opening;
  if (isFailed) {
    return (
      <Notice kind="error" isAlert text={words('connection.failures.unreachable')}>
        <ActionButton
          onClick={() => {
            connections.openAttempt(request);
          }}
        >
          {words('connection.retry')}
        </ActionButton>
        <ActionButton onClick={connections.closeAttempt}>{words('connection.cancel')}</ActionButton>
      </Notice>
    );
  }
  if (module === undefined || attempt === undefined) {
    return <div aria-busy="true" className="pipeline-messenger__skeleton" />;
  }
  return (
    <module.ConnectPanel
      panel={panel}
      service={service}
      attempt={attempt}
      {...(channel !== undefined && { channel })}
    />
  );
}
