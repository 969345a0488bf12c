import { useEffect, useId, useRef } from 'react';
import type { Channel } from '../../contract/connections-api.js';
import { usePanel } from '../settings/panel-context.js';
import { ActionButton } from './ActionButton.js';
import type { ConnectionsView } from './connections-view.js';
import { Notice } from './Notice.js';
import { failureText } from './texts.js';

interface Props {
  channel: Channel;
  disconnecting: NonNullable<ConnectionsView['disconnecting']>;
}

/** Asks before a channel is disconnected; the focus is on the answer that changes nothing. */
export function DisconnectQuestion({ channel, disconnecting }: Props) {
  const { words, connections } = usePanel();
  const textId = useId();
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    keep.current?.focus();
  }, []);
  return (
    <div role="group" aria-labelledby={textId} className="pipeline-messenger__question">
      <p id={textId} className="pipeline-messenger__text">
        {words('connection.channel.ask', { name: channel.name })}
      </p>
      {disconnecting.failure !== undefined && (
        <Notice kind="error" isAlert text={failureText(disconnecting.failure, words)} />
      )}
      <div className="pipeline-messenger__buttons">
        <ActionButton isBusy={disconnecting.phase === 'working'} onClick={connections.disconnect}>
          {words('connection.channel.disconnect')}
        </ActionButton>
        <ActionButton
          ref={keep}
          onClick={() => {
            connections.askToDisconnect(undefined);
          }}
        >
          {words('connection.channel.keep')}
        </ActionButton>
      </div>
    </div>
  );
}
