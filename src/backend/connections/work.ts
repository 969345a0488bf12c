import { executorOf } from '../jobs/in-transaction.js';
import type { Database, Store } from '../store/store.js';

/** The queue of what is left to do at chat services. */
export const connectionsQueue = 'connections';

/**
 * - of a channel: brings the service in step with what is stored, see `follow.ts`; with `released`, sealed access data
 *   that another took the place of, that one is signed out first;
 * - of an attempt: has the service forget what was begun.
 */
export type ConnectionWork =
  { readonly channelId: string; readonly released?: string } | { readonly attemptId: string };

/** Gives work to the queue, in the transaction of what makes it necessary. */
export async function sendWork(
  { jobs }: Pick<Store, 'jobs'>,
  tx: Database,
  work: readonly ConnectionWork[],
): Promise<void> {
  if (work.length === 0) return;
  await jobs.insert(
    work.map((data) => ({ name: connectionsQueue, data })),
    { db: executorOf(tx) },
  );
}
