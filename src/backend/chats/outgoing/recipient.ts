import { and, asc, desc, eq } from 'drizzle-orm';
import { channels } from '../../connections/tables.js';
import { toE164 } from '../../delivery/planning/e164.js';
import type { Installation } from '../../installations/tables.js';
import type { Database } from '../../store/store.js';
import { areSaved } from '../connection.js';
import { type Conversation, readConversationId } from '../conversations.js';
import { isUuid } from '../../uuid.js';
import type { WrittenMessage } from './hook-body.js';

/** To whom a message of the account goes, and through which channel; or why it can't. */
export type Recipient =
  (Conversation & { readonly isBegun: boolean }) | { readonly problem: 'no_channel' | 'no_phone' };

/**
 * | the hook has                                          | the channel         | the number          |
 * | ----------------------------------------------------- | ------------------- | ------------------- |
 * | `conversation.client_id` of ours                      | is in it            | is in it            |
 * | none: a user begins the conversation ("write first") | the source's        | `receiver.phone`    |
 * | none, and no source of ours                           | the default one     | `receiver.phone`    |
 *
 * (`platform/server.md §6.4`.) The channel is one of this installation, though it need not be saved any more.
 */
export async function recipientOf(
  db: Database,
  installation: Pick<Installation, 'id' | 'country'>,
  { conversation, receiver, source }: WrittenMessage,
): Promise<Recipient> {
  const known = conversation.client_id === undefined ? undefined : readConversationId(conversation.client_id);
  if (known !== undefined) {
    const isOurs = await isChannelOf(db, installation.id, known.channelId);
    return isOurs ? { ...known, isBegun: false } : { problem: 'no_channel' };
  }
  const channelId = await channelOfSource(db, installation.id, source?.external_id);
  if (channelId === undefined) return { problem: 'no_channel' };
  const phone = toE164(receiver?.phone ?? '', installation.country ?? undefined);
  return phone === undefined ? { problem: 'no_phone' } : { channelId, phone, isBegun: true };
}

async function channelOfSource(
  db: Database,
  installationId: string,
  source: string | undefined,
): Promise<string | undefined> {
  if (source !== undefined && isUuid(source) && (await isChannelOf(db, installationId, source)))
    return source;
  const [usual] = await db
    .select({ id: channels.id })
    .from(channels)
    .where(areSaved(installationId))
    .orderBy(desc(channels.isDefault), asc(channels.createdAt))
    .limit(1);
  return usual?.id;
}

async function isChannelOf(db: Database, installationId: string, channelId: string): Promise<boolean> {
  const isIt = and(eq(channels.id, channelId), eq(channels.installationId, installationId));
  return (await db.$count(channels, isIt)) > 0;
}
