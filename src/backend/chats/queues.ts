import type PgBoss from 'pg-boss';

export const chatQueues = {
  /** Connects the account to our chats channel, or disconnects it. */
  connect: 'chats-connect',
  /** Brings the account's sources in step with the saved channels. */
  sources: 'chats-sources',
  /** Does both for every installation, and looks for messages that nobody works on. */
  renew: 'chats-renew',
  /** What clients write: a conversation each. */
  incoming: 'chats-incoming',
  /** What users of the account write: a conversation each. */
  outgoing: 'chats-outgoing',
  /** Tells the account what became of its messages: a message each. */
  statuses: 'chats-statuses',
} as const;

export type ConversationQueue = typeof chatQueues.incoming | typeof chatQueues.outgoing;

/** Attempts at once and with pauses of about 5, 10, 20 … seconds, over three quarters of an hour in all. */
const retries = { retryLimit: 9, retryDelay: 5, retryBackoff: true } as const;

/** A process that has died with a job is noticed after so many seconds. */
const expireInSeconds = 120;

/**
 * In every queue one job that waits is enough for what its `singletonKey` names: it looks for itself what there is to
 * do.
 */
export async function createChatQueues(jobs: PgBoss): Promise<void> {
  for (const name of Object.values(chatQueues)) {
    await jobs.createQueue(name, { name, policy: 'short', expireInSeconds, ...retries });
  }
}
