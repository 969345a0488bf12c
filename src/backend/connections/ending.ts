import { eq } from 'drizzle-orm';
import { type ConnectedAccount, ConnectError } from '../chat-services/definition.js';
import type { Context } from '../context.js';
import { Refusal } from '../refusal.js';
import type { Database } from '../store/store.js';
import { detailOf } from './asking.js';
import { endAttempts, lockWaiting } from './attempt-rows.js';
import { lockVersion } from './changes.js';
import { keepAccount } from './channels.js';
import type { Secrets } from './secrets.js';
import { type AttemptRow, connectionAttempts } from './tables.js';

/** How attempts at connecting a chat service end, whatever their method is. */
export interface Ending {
  /**
   * Ends an attempt with the account that it has connected, or with why it has come to nothing. The attempt's end is
   * that of the first who comes: false for everybody else.
   *
   * @param before What else belongs into the transaction.
   */
  finish(
    attempt: AttemptRow,
    outcome: ConnectedAccount | ConnectError,
    before?: (tx: Database) => Promise<void>,
  ): Promise<boolean>;
  /** @throws Refusal 404 `unknown_attempt`. */
  reread(id: string): Promise<AttemptRow>;
}

export function createEnding(
  { store, log }: Pick<Context, 'store' | 'log'>,
  { secrets }: { readonly secrets: Secrets },
): Ending {
  const { db, jobs } = store;
  return {
    async finish(attempt, outcome, before = () => Promise.resolve()) {
      return db.transaction(async (tx) => {
        await lockVersion(tx, attempt.installationId);
        await before(tx);
        if (!(await lockWaiting(tx, attempt.id))) return false;
        const kept =
          outcome instanceof ConnectError
            ? { problem: outcome.problem, detail: detailOf(outcome) }
            : await keepAccount(tx, attempt, outcome, { jobs: store, secrets });
        const end =
          'problem' in kept
            ? ({ state: 'failed', ...kept } as const)
            : ({ state: 'connected', ...kept } as const);
        await endAttempts({ jobs }, tx, [attempt.id], end);
        log.info(
          {
            installation: attempt.installationId,
            service: attempt.service,
            method: attempt.method,
            ...('problem' in kept ? { problem: kept.problem } : { channel: kept.channelId }),
          },
          'An attempt at connecting a chat service has ended',
        );
        return true;
      });
    },

    async reread(id) {
      const [row] = await db.select().from(connectionAttempts).where(eq(connectionAttempts.id, id));
      if (row === undefined)
        throw new Refusal(404, 'unknown_attempt', 'The attempt is gone: begin another one');
      return row;
    },
  };
}

export function attemptEnded(): Refusal {
  return new Refusal(409, 'attempt_ended', 'The attempt has ended: begin another one');
}
