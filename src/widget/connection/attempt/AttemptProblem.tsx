import type { ConnectableService } from '../../../contract/connections-api.js';
import { usePanel } from '../../settings/panel-context.js';
import type { AttemptView } from './attempt.js';
import { Notice } from '../Notice.js';
import { failureText } from '../texts.js';

/** Why a try has failed, in our words and in the service's own; nothing while it has not. */
export function AttemptProblem({ service, attempt }: { service: ConnectableService; attempt: AttemptView }) {
  const { words } = usePanel();
  const { problem, detail, failure } = attempt;
  if (failure !== undefined) return <Notice kind="error" isAlert text={failureText(failure, words)} />;
  if (problem === null) return null;
  const own =
    detail === null ? undefined : words('connection.attempt.detail', { service: service.title, detail });
  return (
    <Notice
      kind="error"
      isAlert
      text={[words(`connection.problems.${problem}`), own].filter(Boolean).join(' ')}
    />
  );
}
