import type { Context } from '../context.js';
import { removeOlderThan } from './retention.js';
import { type QueueWorker, workQueue } from './work-queue.js';

const queue = 'housekeeping';

/** By the clock in UTC, at an hour in which few people work. */
const nightly = '41 2 * * *';

const day = 86_400_000;

export interface HousekeepingOptions {
  /** Milliseconds between looks at the queue. */
  readonly interval?: number;
  /** As cron writes it, in UTC. */
  readonly schedule?: string;
}

/** Removes every night what is older than `config.retentionDays`; in one process, however many there are. */
export async function startHousekeeping(
  { store, config, clock, log }: Context,
  { interval = 10_000, schedule = nightly }: HousekeepingOptions = {},
): Promise<Pick<QueueWorker, 'stop'>> {
  const { jobs } = store;
  // One job is enough, however many nights it has waited for.
  const options = { name: queue, policy: 'short', retryLimit: 3, retryDelay: 60 } as const;
  await store.alone(() => jobs.createQueue(queue, options));
  await jobs.schedule(queue, schedule);
  const end = new AbortController();
  const worker = workQueue(
    queue,
    async () => {
      const before = new Date(clock.now().getTime() - config.retentionDays * day);
      const removed = await removeOlderThan(before, store, { signal: end.signal });
      log.info({ removed, before }, 'What is older than the retention was removed');
    },
    { jobs, log, interval },
  );
  return {
    async stop() {
      end.abort();
      await worker.stop();
    },
  };
}
