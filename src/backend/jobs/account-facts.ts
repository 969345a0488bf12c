import type { Context } from '../context.js';
import { fillMissingFacts } from '../installations/missing-facts.js';
import type { KommoApis } from '../kommo-api/kommo-api.js';
import { type QueueWorker, workQueue } from './work-queue.js';

const queue = 'account-facts';

/** By the clock in UTC. */
const daily = '29 3 * * *';

export interface AccountFacts extends Pick<QueueWorker, 'stop'> {
  /** Asks accounts of which something is missing, soon. */
  fill(): Promise<void>;
}

export interface AccountFactsOptions {
  readonly interval?: number;
  /** Seconds before an account that did not answer is asked again; twice as many each further time. */
  readonly retryDelay?: number;
}

/** Fills in what accounts did not tell at their installation: then, whenever a backend starts, and every day. */
export async function startAccountFacts(
  context: Context,
  apis: KommoApis,
  { interval = 1000, retryDelay = 30 }: AccountFactsOptions = {},
): Promise<AccountFacts> {
  const { store, log } = context;
  const { jobs } = store;
  // One job that waits is enough: it asks all accounts.
  const options = { name: queue, policy: 'short', retryLimit: 8, retryDelay, retryBackoff: true } as const;
  await store.alone(() => jobs.createQueue(queue, options));
  await jobs.schedule(queue, daily);
  const worker = workQueue(queue, () => fillMissingFacts(context, apis), { jobs, log, interval });
  const fill = async (): Promise<void> => {
    await jobs.send(queue, {});
  };
  await fill();
  return { fill, stop: () => worker.stop() };
}
