import type { Context } from '../context.js';
import { type QueueWorker, workQueue } from '../jobs/work-queue.js';
import { endExpired } from './attempt-rows.js';
import { type EventHandlers, lateReportsQueue, readLateReport, takeStatus } from './events.js';
import { claimUnfinished, followChannel, type FollowOptions, forgetAttempt } from './follow.js';
import { removeOldConnections } from './retention.js';
import { connectionsQueue, sendWork } from './work.js';

const upkeepQueue = 'connections-upkeep';

/** By the clock in UTC. */
const everyTenMinutes = '*/10 * * * *';

export interface ConnectionJobsOptions extends FollowOptions, Pick<EventHandlers, 'onChatStatus'> {
  /** Milliseconds between looks at a queue that was empty. */
  readonly interval?: number | undefined;
  /** Seconds before what a service did not take is tried again; twice as many each further time. */
  readonly retryDelay?: number | undefined;
  /** After channels were removed because nobody has saved them. */
  readonly onSaved: (installationId: string) => unknown;
}

/**
 * Works on what is left to do at chat services, and looks every ten minutes for what was left lying: attempts that
 * nobody finished, channels that nobody saved, access data that nobody may use any more, services that call an address that
 * was ours before.
 */
export async function startConnectionJobs(
  context: Context,
  { interval = 500, retryDelay = 5, onSaved, ...options }: ConnectionJobsOptions,
): Promise<Pick<QueueWorker, 'stop' | 'wake'>> {
  const { store, log, clock, config } = context;
  const { jobs, db } = store;
  const retries = { retryLimit: 10, retryDelay, retryBackoff: true } as const;
  await store.alone(async () => {
    await jobs.createQueue(connectionsQueue, { name: connectionsQueue, policy: 'standard', ...retries });
    await jobs.createQueue(lateReportsQueue, { name: lateReportsQueue, policy: 'standard', ...retries });
    await jobs.createQueue(upkeepQueue, { name: upkeepQueue, policy: 'short', ...retries });
  });
  await jobs.schedule(upkeepQueue, everyTenMinutes);

  const followUnfinished = async (options: { readonly isDue: boolean }): Promise<void> => {
    const ids = await claimUnfinished(store, config, options);
    await sendWork(
      store,
      db,
      ids.map((channelId) => ({ channelId })),
    );
  };
  const upkeep = async (): Promise<void> => {
    await endExpired(store, { now: clock.now() });
    for (const id of await removeOldConnections(store, { now: clock.now(), config })) await onSaved(id);
    await followUnfinished({ isDue: true });
  };
  const workers = [
    workQueue(
      connectionsQueue,
      async ({ channelId, attemptId, released }) => {
        if (typeof attemptId === 'string') await forgetAttempt(context, attemptId, options);
        if (typeof channelId !== 'string') return;
        const old = typeof released === 'string' ? { released } : {};
        await followChannel(context, { channelId, ...old }, options);
      },
      { jobs, log, interval, batchSize: 10 },
    ),
    workQueue(
      lateReportsQueue,
      async (data) => {
        const report = await readLateReport(db, data);
        if (report !== undefined) await takeStatus(context, report.channel, report.update, options);
      },
      { jobs, log, interval },
    ),
    workQueue(upkeepQueue, upkeep, { jobs, log, interval: interval * 10 }),
  ];
  // What was tried too often may work now.
  await followUnfinished({ isDue: false });
  return {
    wake() {
      for (const worker of workers) worker.wake();
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}
