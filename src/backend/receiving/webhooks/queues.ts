import type PgBoss from 'pg-boss';
import type { Subscriber } from './subscriber.js';

/** Subscribes one installation at its account. */
export const subscribeQueue = 'webhooks-subscribe';

/** Does that for every installation. */
export const renewQueue = 'webhooks-renew';

export function queueOf({ name }: Pick<Subscriber, 'name'>): string {
  return `webhooks-${name}`;
}

/** Where the work of a queue ends that has failed too often. */
export function deadQueueOf(queue: string): string {
  return `${queue}-dead`;
}

/** Attempts: at once and with pauses of about 5, 10, 20 … seconds, over three quarters of an hour in all. */
const retries = { retryLimit: 9, retryDelay: 5, retryBackoff: true } as const;

/** Work for a queue that is not there would vanish without a word. */
export async function createQueues(jobs: PgBoss, subscribers: readonly Subscriber[]): Promise<void> {
  for (const name of [...subscribers.map(queueOf), subscribeQueue]) {
    const deadLetter = deadQueueOf(name);
    await jobs.createQueue(deadLetter, { name: deadLetter });
    // One job an installation that waits is enough.
    const policy = name === subscribeQueue ? 'short' : 'standard';
    await jobs.createQueue(name, { name, policy, deadLetter, ...retries });
  }
  await jobs.createQueue(renewQueue, { name: renewQueue, policy: 'short', ...retries });
}
