import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm';
import type { ConnectionProblem } from '../../contract/connections-api.js';
import type { Caller } from '../auth/authenticate.js';
import { Refusal } from '../refusal.js';
import type { Database, Store } from '../store/store.js';
import { isUuid } from '../uuid.js';
import { type AttemptRow, connectionAttempts } from './tables.js';
import { sendWork } from './work.js';

/** Attempts of one installation that may wait at a time; the oldest are given up. */
const mostWaiting = 20;

/**
 * An attempt of this very caller.
 *
 * @throws Refusal 404 `unknown_attempt`.
 */
export async function attemptOf(db: Database, caller: Caller, id: string): Promise<AttemptRow> {
  const [row] = isUuid(id)
    ? await db
        .select()
        .from(connectionAttempts)
        .where(
          and(
            eq(connectionAttempts.id, id),
            eq(connectionAttempts.installationId, caller.installation.id),
            eq(connectionAttempts.userId, caller.userId),
          ),
        )
    : [];
  if (row === undefined) {
    throw new Refusal(404, 'unknown_attempt', 'You have begun no attempt of this id: begin another one');
  }
  return row;
}

/** Whether it still waits; locked until the transaction ends. */
export async function lockWaiting(tx: Database, id: string): Promise<boolean> {
  const waiting = await tx
    .select({ id: connectionAttempts.id })
    .from(connectionAttempts)
    .where(and(eq(connectionAttempts.id, id), eq(connectionAttempts.state, 'waiting')))
    .for('update');
  return waiting.length > 0;
}

export type AttemptEnd =
  | { readonly state: 'connected'; readonly channelId: string }
  | { readonly state: 'failed'; readonly problem: ConnectionProblem; readonly detail?: string | null };

/**
 * Ends attempts that still wait. What was begun at the service and came to nothing is undone by a job, which needs what
 * the attempt remembers. Gives the ids of those that have ended now.
 */
export async function endAttempts(
  { jobs }: Pick<Store, 'jobs'>,
  tx: Database,
  ids: readonly string[],
  end: AttemptEnd,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const ended = await tx
    .update(connectionAttempts)
    .set(
      end.state === 'connected'
        ? { state: end.state, channelId: end.channelId, stateHash: null, memory: null }
        : {
            state: end.state,
            problem: end.problem,
            detail: end.detail ?? null,
            stateHash: null,
            memory: sql`case when ${connectionAttempts.method} = 'qr' then ${connectionAttempts.memory} end`,
          },
    )
    .where(and(inArray(connectionAttempts.id, [...ids]), eq(connectionAttempts.state, 'waiting')))
    .returning({ id: connectionAttempts.id, method: connectionAttempts.method });
  if (end.state === 'failed') {
    const begun = ended.filter(({ method }) => method === 'qr');
    await sendWork(
      { jobs },
      tx,
      begun.map(({ id }) => ({ attemptId: id })),
    );
  }
  return ended.map(({ id }) => id);
}

/** Gives up the oldest of the installation's attempts that wait, so that there is room for another one. */
export async function makeRoom(
  store: Pick<Store, 'jobs'>,
  tx: Database,
  installationId: string,
): Promise<void> {
  const waiting = await tx
    .select({ id: connectionAttempts.id })
    .from(connectionAttempts)
    .where(
      and(eq(connectionAttempts.installationId, installationId), eq(connectionAttempts.state, 'waiting')),
    )
    .orderBy(asc(connectionAttempts.createdAt));
  const most = waiting.slice(0, Math.max(0, waiting.length - mostWaiting + 1)).map(({ id }) => id);
  await endAttempts(store, tx, most, { state: 'failed', problem: 'expired' });
}

/** Attempts that were not finished in time. Gives how many. */
export async function endExpired(
  { db, jobs }: Pick<Store, 'db' | 'jobs'>,
  { now, limit = 500 }: { now: Date; limit?: number },
): Promise<number> {
  return db.transaction(async (tx) => {
    const late = await tx
      .select({ id: connectionAttempts.id })
      .from(connectionAttempts)
      .where(and(eq(connectionAttempts.state, 'waiting'), lte(connectionAttempts.expiresAt, now)))
      .limit(limit)
      .for('update', { skipLocked: true });
    const ids = late.map(({ id }) => id);
    return (await endAttempts({ jobs }, tx, ids, { state: 'failed', problem: 'expired' })).length;
  });
}

/**
 * Lets one caller at a time ask the service how far an attempt is, whatever process it is in. False: somebody asks now,
 * or has just asked.
 *
 * @param seconds For which nobody else asks.
 */
export async function claimPoll(db: Database, id: string, seconds: number): Promise<boolean> {
  const claimed = await db
    .update(connectionAttempts)
    .set({ pollAt: sql`now() + make_interval(secs => ${seconds}::float8)` })
    .where(
      and(
        eq(connectionAttempts.id, id),
        eq(connectionAttempts.state, 'waiting'),
        sql`coalesce(${connectionAttempts.pollAt}, '-infinity') <= now()`,
      ),
    )
    .returning({ id: connectionAttempts.id });
  return claimed.length > 0;
}

/** Keeps what an attempt knows now, as long as it waits; the service may be asked again after `seconds`. */
export async function keepStep(
  db: Database,
  id: string,
  { memory, seconds }: { memory: string; seconds: number },
): Promise<void> {
  await db
    .update(connectionAttempts)
    .set({ memory, pollAt: sql`now() + make_interval(secs => ${seconds}::float8)` })
    .where(and(eq(connectionAttempts.id, id), eq(connectionAttempts.state, 'waiting')));
}
