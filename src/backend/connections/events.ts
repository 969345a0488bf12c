import { eq } from 'drizzle-orm';
import type { StatusUpdate } from '../chat-services/chat-service.js';
import type { IncomingMessage, ServiceEvent } from '../chat-services/definition.js';
import type { Context } from '../context.js';
import { isKnownMessage } from '../delivery/outcomes.js';
import { moveByReport } from '../delivery/reports.js';
import { executorOf } from '../jobs/in-transaction.js';
import type { JobData } from '../jobs/work-queue.js';
import type { Database } from '../store/store.js';
import { isUuid } from '../uuid.js';
import { markDisconnected } from './channels.js';
import { type Channel, channels } from './tables.js';

/** What others do with what a service tells of a saved channel. Each resolves once nothing of it can be lost. */
export interface EventHandlers {
  /** A client has written. May be called again with the same message. */
  readonly onIncoming?: ((channel: Channel, message: IncomingMessage) => Promise<void>) | undefined;
  /**
   * How far a message of a conversation is, which the address of the report may name. Resolves to false when it is
   * none of the channel's conversations.
   */
  readonly onChatStatus?:
    ((channel: Channel, update: StatusUpdate, messageId: string | undefined) => Promise<boolean>) | undefined;
}

/** Where reports wait that came before the answer to the sending of what they are about. */
export const lateReportsQueue = 'connections-late-reports';

/** Seconds after which such a report is looked at once more. */
const secondLook = 5;

export interface TakeOptions extends EventHandlers {
  /** Id of a message of ours that the address of the report named. */
  readonly messageId?: string | undefined;
}

/**
 * Takes what a service tells of a channel. A channel that is not saved takes note of being signed out, and of nothing
 * else. Rejects when the store does not answer.
 */
export async function takeEvent(
  context: Context,
  channel: Channel,
  event: ServiceEvent,
  options: TakeOptions = {},
): Promise<void> {
  if (event.kind === 'signed_out') {
    await markDisconnected(context.store.db, channel.id);
    context.log.warn(
      { channel: channel.id, service: channel.service },
      'A chat service has signed a channel out',
    );
    return;
  }
  if (event.kind === 'message') {
    if (channel.savedAt !== null) await options.onIncoming?.(channel, event);
    return;
  }
  if (await takeStatus(context, channel, event, options)) return;
  // Of what is sent from the phone itself there are reports as well, so that it is not asked for again and again.
  const data = { channelId: channel.id, update: { ...event } };
  await context.store.jobs.insert(
    [
      {
        name: lateReportsQueue,
        data,
        startAfter: new Date(context.clock.now().getTime() + secondLook * 1000),
      },
    ],
    { db: executorOf(context.store.db) },
  );
}

/** Whether the report was about a message that we know, or that is gone. */
export async function takeStatus(
  context: Context,
  channel: Channel,
  update: StatusUpdate,
  { messageId, onChatStatus }: TakeOptions,
): Promise<boolean> {
  const id = [messageId, update.key].find(isUuid);
  const key = { id, service: channel.service, serviceMessageId: update.id, channelId: channel.id };
  if (await moveByReport(key, update, context)) return true;
  if (await isKnownMessage(context.store.db, key)) return true;
  if (await onChatStatus?.(channel, update, id)) return true;
  // What is named in an address or by its key was there before it was sent: it was deleted, and nobody waits for it.
  return id !== undefined;
}

/** What such a job is about; undefined when the channel is gone. */
export async function readLateReport(
  db: Database,
  { channelId, update }: JobData,
): Promise<{ readonly channel: Channel; readonly update: StatusUpdate } | undefined> {
  if (!isUuid(channelId)) return undefined;
  const [channel] = await db.select().from(channels).where(eq(channels.id, channelId));
  return channel === undefined ? undefined : { channel, update: update as StatusUpdate };
}
