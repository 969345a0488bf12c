import { type ChatServiceDefinition, ConnectError } from '../chat-services/definition.js';
import type { Context } from '../context.js';
import type { AskService } from './asking.js';
import { claimPoll, keepStep } from './attempt-rows.js';
import type { Ending } from './ending.js';
import { drawCode } from './methods/qr.js';
import { definitionOf } from './offered.js';
import type { Secrets } from './secrets.js';
import type { Step } from './step.js';
import type { AttemptRow } from './tables.js';

/** Attempts by a code that a phone scans: the service is asked again and again. */
export interface QrAttempts {
  begin(attempt: AttemptRow): Promise<AttemptRow>;
  /** Asks the service how far it is, one caller at a time. */
  poll(attempt: AttemptRow, step: Extract<Step, { method: 'qr' }>): Promise<void>;
}

export interface QrAttemptsOptions {
  readonly definitions: ReadonlyMap<string, ChatServiceDefinition>;
  readonly secrets: Secrets;
  readonly ending: Ending;
  readonly ask: AskService;
}

/** Seconds between two questions to the service about one attempt. */
const pollPause = 1;

/** Answers in a row that cannot be used until an attempt has failed: one may get lost on the way. */
const mostFailures = 3;

export function createQrAttempts(
  { store: { db } }: Pick<Context, 'store'>,
  { definitions, secrets, ending, ask }: QrAttemptsOptions,
): QrAttempts {
  return {
    async begin(attempt) {
      const { qr } = definitionOf(definitions, attempt);
      if (qr === undefined) return attempt;
      try {
        const memory = await ask(attempt.service, () => qr.begin({ id: attempt.id }));
        const step: Step = { method: 'qr', memory, image: null, imageExpiresAt: null, failures: 0 };
        await keepStep(db, attempt.id, { memory: secrets.sealStep(attempt.id, step), seconds: 0 });
      } catch (error) {
        if (!(error instanceof ConnectError)) throw error;
        await ending.finish(attempt, error);
      }
      return ending.reread(attempt.id);
    },

    async poll(attempt, step) {
      const { qr } = definitionOf(definitions, attempt);
      const { memory } = step;
      // While the service is asked nobody else does; should this process die, the next one may.
      if (qr === undefined || memory === undefined || !(await claimPoll(db, attempt.id, 30))) return;
      const keep = (next: Step): Promise<void> =>
        keepStep(db, attempt.id, { memory: secrets.sealStep(attempt.id, next), seconds: pollPause });
      let isAnswered = false;
      try {
        const answer = await ask(attempt.service, () => qr.poll(memory));
        isAnswered = true;
        if (answer.state === 'connected') {
          await ending.finish(attempt, answer.account);
          return;
        }
        const { code } = answer;
        const image = code === undefined ? null : await drawCode(code);
        const imageExpiresAt =
          code?.expiresAt === undefined ? null : Math.floor(code.expiresAt.getTime() / 1000);
        await keep({ ...step, image, imageExpiresAt, failures: 0 });
      } catch (error) {
        if (!(error instanceof ConnectError)) throw error;
        const failures = step.failures + 1;
        const mayPass = error.problem === 'service_unavailable' && !isAnswered && failures < mostFailures;
        if (mayPass) await keep({ ...step, failures });
        else await ending.finish(attempt, error);
      }
    },
  };
}
