import { Spinner } from '@kommo-crm/crm-react-ui-kit/Spinner';
import { useState } from 'react';
import type { ConnectableService } from '../../../contract/connections-api.js';
import { usePanel } from '../../settings/panel-context.js';
import { ActionButton } from '../ActionButton.js';
import type { AttemptView } from './attempt.js';
import { AttemptProblem } from './AttemptProblem.js';
import { Notice } from '../Notice.js';

/** The method `qr`: a code to be scanned with the phone whose account is connected. */
export function QrPanel({ service, attempt }: { service: ConnectableService; attempt: AttemptView }) {
  const { words, connections } = usePanel();
  const [broken, setBroken] = useState<string>();
  const image = imageOf(attempt);
  const isBroken = image !== undefined && (image === broken || !image.startsWith('data:image/'));
  return (
    <div className="pipeline-messenger__stack">
      {attempt.phase !== 'failed' && (
        <div className="pipeline-messenger__scan">
          <div className="pipeline-messenger__code" aria-busy={image === undefined}>
            {image === undefined || isBroken ? (
              <CodePlace isBroken={isBroken} />
            ) : (
              <img
                src={image}
                alt={words('connection.qr.alt', { service: service.title })}
                onError={() => {
                  setBroken(image);
                }}
              />
            )}
          </div>
          <ol className="pipeline-messenger__list pipeline-messenger__steps">
            {(['open', 'find', 'scan'] as const).map((step) => (
              <li key={step}>{words(`connection.qr.${step}`)}</li>
            ))}
          </ol>
        </div>
      )}
      {attempt.phase !== 'failed' && (
        <p className="pipeline-messenger__hint">{words('connection.qr.note')}</p>
      )}
      <AttemptProblem service={service} attempt={attempt} />
      <div className="pipeline-messenger__buttons">
        {(attempt.phase === 'failed' || isBroken) && (
          <ActionButton isPrimary onClick={() => connections.attempt()?.start('')}>
            {words('connection.qr.again')}
          </ActionButton>
        )}
        <ActionButton onClick={connections.closeAttempt}>{words('connection.cancel')}</ActionButton>
      </div>
    </div>
  );
}

function CodePlace({ isBroken }: { isBroken: boolean }) {
  const { words, themes } = usePanel();
  if (isBroken) return <Notice kind="error" isAlert text={words('connection.qr.broken')} />;
  return (
    <>
      <Spinner theme={themes.spinner} aria-hidden="true" />
      <span className="pipeline-messenger__hidden" role="status">
        {words('connection.qr.making')}
      </span>
    </>
  );
}

function imageOf({ prompt }: AttemptView): string | undefined {
  return prompt?.kind === 'qr' ? (prompt.image ?? undefined) : undefined;
}
