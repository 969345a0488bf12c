import { Text } from '@kommo-crm/crm-react-ui-kit/Text';
import type { ConnectableService } from '../../../contract/connections-api.js';
import { usePanel } from '../../settings/panel-context.js';
import { ActionButton } from '../ActionButton.js';
import type { AttemptView } from './attempt.js';
import { AttemptProblem } from './AttemptProblem.js';
import { Notice } from '../Notice.js';

/** The method `oauth`: consent in a window of the service. */
export function OAuthPanel({ service, attempt }: { service: ConnectableService; attempt: AttemptView }) {
  const { words, themes, connections } = usePanel();
  const { phase } = attempt;
  const isTried = phase === 'blocked' || phase === 'left' || phase === 'failed';
  return (
    <div className="pipeline-messenger__stack">
      <Text as="p" size="l" theme={themes.text} className="pipeline-messenger__text" aria-live="polite">
        {phase === 'waiting'
          ? words('connection.oauth.waiting')
          : words('connection.oauth.text', { service: service.title })}
      </Text>
      {(phase === 'blocked' || phase === 'left') && (
        <Notice kind="warning" isAlert text={words(`connection.oauth.${phase}`)} />
      )}
      <AttemptProblem service={service} attempt={attempt} />
      <div className="pipeline-messenger__buttons">
        <ActionButton
          isPrimary
          isBusy={phase === 'working' || phase === 'waiting'}
          onClick={() => connections.attempt()?.start(words('panel.loading'))}
        >
          {isTried
            ? words('connection.oauth.again')
            : words('connection.oauth.start', { service: service.title })}
        </ActionButton>
        <ActionButton onClick={connections.closeAttempt}>{words('connection.cancel')}</ActionButton>
      </div>
    </div>
  );
}
