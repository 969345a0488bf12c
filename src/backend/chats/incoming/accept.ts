import { type Channel, channels } from '../../connections/tables.js';
import type { IncomingMessage } from '../../chat-services/definition.js';
import type { Context } from '../../context.js';
import { executorOf } from '../../jobs/in-transaction.js';
import { installations } from '../../installations/tables.js';
import { storable } from '../../store/storable.js';
import { eq } from 'drizzle-orm';
import { chatsChannelOf } from '../amojo/address.js';
import { workOn } from '../conversations.js';
import { chatMessages } from '../tables.js';

/**
 * - `accepted`: it is stored and on its way into the account;
 * - `duplicate`: it was told before;
 * - `dropped`: its channel is not saved or was removed, or no chats channel is configured;
 * - `empty`: there is neither a text nor a picture or file in it, or nobody whom it is from.
 */
export type IncomingAcceptance = 'accepted' | 'duplicate' | 'dropped' | 'empty';

const e164 = /^\+[1-9]\d{1,14}$/;

/** Stores what a client wrote through a channel, once. Rejects with what the store throws. */
export async function acceptIncoming(
  { store, config, metrics }: Pick<Context, 'store' | 'config' | 'metrics'>,
  { id: channelId }: Pick<Channel, 'id'>,
  message: IncomingMessage,
): Promise<IncomingAcceptance> {
  const acceptance = await accept({ store, config }, channelId, message);
  metrics.chatMessages.inc({ direction: 'in', result: acceptance });
  return acceptance;
}

async function accept(
  { store, config }: Pick<Context, 'store' | 'config'>,
  channelId: string,
  { id, from, name, at, text, media }: IncomingMessage,
): Promise<IncomingAcceptance> {
  const { db, jobs } = store;
  const [channel] = await db
    .select({
      installationId: channels.installationId,
      savedAt: channels.savedAt,
      removedAt: channels.removedAt,
      platform: installations.platform,
      state: installations.state,
    })
    .from(channels)
    .innerJoin(installations, eq(installations.id, channels.installationId))
    .where(eq(channels.id, channelId));
  const isUsed = channel?.savedAt != null && channel.removedAt === null && channel.state !== 'uninstalled';
  if (channel === undefined || !isUsed || chatsChannelOf(channel, config) === undefined) return 'dropped';
  const words = storable(text ?? '');
  if (!e164.test(from) || (words.trim() === '' && media === undefined)) return 'empty';

  return db.transaction(async (tx) => {
    const [stored] = await tx
      .insert(chatMessages)
      .values({
        installationId: channel.installationId,
        channelId,
        direction: 'in',
        phone: from,
        clientName: storable(name?.trim()) ?? null,
        text: words,
        media: media === undefined ? null : storableMedia(media),
        serviceMessageId: storable(id),
        state: 'waiting',
        writtenAt: at.getTime(),
      })
      .onConflictDoNothing()
      .returning();
    if (stored === undefined) return 'duplicate';
    await jobs.insert([workOn(stored)], { db: executorOf(tx) });
    return 'accepted';
  });
}

function storableMedia(media: NonNullable<IncomingMessage['media']>): typeof media {
  return Object.fromEntries(
    Object.entries(media).map(([key, value]) => [key, typeof value === 'string' ? storable(value) : value]),
  ) as typeof media;
}
