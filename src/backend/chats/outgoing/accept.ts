import { and, eq } from 'drizzle-orm';
import type PgBoss from 'pg-boss';
import { type Media, mediaKinds } from '../../chat-services/definition.js';
import type { Installation } from '../../installations/tables.js';
import { executorOf } from '../../jobs/in-transaction.js';
import type { Database, Store } from '../../store/store.js';
import { storable } from '../../store/storable.js';
import { workOn } from '../conversations.js';
import { chatQueues } from '../queues.js';
import { begunChats, chatMessages } from '../tables.js';
import type { ChatsHook, WrittenMessage } from './hook-body.js';
import { type Recipient, recipientOf } from './recipient.js';
import type { Undeliverable } from './statuses.js';

/**
 * - `accepted`: it is stored and will be sent, or the account told why not;
 * - `duplicate`: it came before;
 * - `ignored`: somebody types or reacts.
 */
export type HookAcceptance = 'accepted' | 'duplicate' | 'ignored';

/**
 * Stores what a user of the account has written, once, together with the job that sends it. Nothing is stored once
 * `signal` is aborted.
 */
export async function acceptWritten(
  { db, jobs }: Pick<Store, 'db' | 'jobs'>,
  installation: Pick<Installation, 'id' | 'country'>,
  { time, message: written }: ChatsHook,
  { signal }: { signal: AbortSignal },
): Promise<HookAcceptance> {
  if (written === undefined) return 'ignored';
  const recipient = await recipientOf(db, installation, written);
  if ('problem' in recipient) {
    await jobs.insert([undeliverable(installation, written, recipient.problem)]);
    return 'accepted';
  }
  const { channelId, phone, isBegun } = recipient;
  return db.transaction(async (tx) => {
    const [stored] = await tx
      .insert(chatMessages)
      .values({
        installationId: installation.id,
        channelId,
        direction: 'out',
        phone,
        text: storable(written.message.text ?? ''),
        media: mediaOf(written.message) ?? null,
        kommoMessageId: storable(written.message.id),
        state: 'waiting',
        writtenAt: written.msec_timestamp ?? (written.timestamp ?? time) * 1000,
      })
      .onConflictDoNothing()
      .returning();
    if (stored === undefined) return 'duplicate';
    if (isBegun) await keepBegun(tx, { channelId, phone }, written);
    else await forgetBegun(tx, { channelId, phone }, written);
    await jobs.insert([workOn(stored)], { db: executorOf(tx) });
    signal.throwIfAborted();
    return 'accepted';
  });
}

type Place = Pick<typeof begunChats.$inferSelect, 'channelId' | 'phone'>;

async function keepBegun(
  tx: Database,
  place: Place,
  { conversation, receiver }: WrittenMessage,
): Promise<void> {
  const chat = { chatId: storable(conversation.id), receiverId: storable(receiver?.id) ?? null };
  await tx
    .insert(begunChats)
    .values({ ...place, ...chat })
    .onConflictDoUpdate({ target: [begunChats.channelId, begunChats.phone], set: chat });
}

/** The account knows by now that its chat is our conversation. */
async function forgetBegun(
  tx: Database,
  { channelId, phone }: Place,
  { conversation }: WrittenMessage,
): Promise<void> {
  await tx
    .delete(begunChats)
    .where(
      and(
        eq(begunChats.channelId, channelId),
        eq(begunChats.phone, phone),
        eq(begunChats.chatId, storable(conversation.id)),
      ),
    );
}

function mediaOf({ type, media, file_name, file_size }: WrittenMessage['message']): Media | undefined {
  if (typeof media !== 'string' || !/^https?:\/\//.test(media) || !URL.canParse(media)) return undefined;
  return {
    kind: mediaKinds.find((kind) => kind === type) ?? 'file',
    url: storable(media),
    ...(typeof file_name === 'string' && file_name !== '' && { fileName: storable(file_name) }),
    ...(typeof file_size === 'number' && file_size > 0 && { size: file_size }),
  };
}

function undeliverable(
  { id: installationId }: Pick<Installation, 'id'>,
  { message }: WrittenMessage,
  problem: Extract<Recipient, { problem: string }>['problem'],
): PgBoss.JobInsert {
  const data: Undeliverable = {
    installationId,
    kommoMessageId: message.id,
    reason: problem === 'no_phone' ? 'invalid_phone' : 'not_connected',
  };
  return { name: chatQueues.statuses, data, singletonKey: `${installationId} ${message.id}` };
}
