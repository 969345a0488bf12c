import { Link } from '@kommo-crm/crm-react-ui-kit/Link';
import { useEffect, useRef } from 'react';
import { usePanel } from '../settings/panel-context.js';
import { SupportLink } from '../settings/SupportLink.js';
import { Notice } from './Notice.js';
import { failureText } from './texts.js';
import { useConnectionsView } from './use-connections.js';

/** Why the last save came to nothing, where the person finds it. */
export function SaveFailure() {
  const { words, themes } = usePanel();
  const { saveFailure } = useConnectionsView();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (saveFailure !== undefined) place.current?.focus();
  }, [saveFailure]);
  if (saveFailure === undefined) return null;
  const signInUrl =
    saveFailure !== 'no_channels' && saveFailure.kind === 'session_expired'
      ? saveFailure.signInUrl
      : undefined;
  return (
    <div ref={place} tabIndex={-1} className="pipeline-messenger__focusable">
      <Notice
        kind="error"
        isAlert
        title={words('connection.save.failed')}
        text={
          saveFailure === 'no_channels'
            ? words('connection.save.no_channels')
            : failureText(saveFailure, words)
        }
      >
        {signInUrl !== undefined && (
          <Link theme={themes.link} href={signInUrl} target="_blank" rel="noopener noreferrer">
            {words('connection.oauth.again')}
          </Link>
        )}
        {saveFailure !== 'no_channels' && <SupportLink />}
      </Notice>
    </div>
  );
}
