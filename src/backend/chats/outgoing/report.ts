import { and, eq } from 'drizzle-orm';
import type { StatusUpdate } from '../../chat-services/chat-service.js';
import type { Context } from '../../context.js';
import { isUuid } from '../../uuid.js';
import { chatMessages } from '../tables.js';
import { moveOfReport, moveOutgoing } from './states.js';

/** A message of a report: of a channel that has signed for it, and by our id where its address names that. */
export interface ReportedMessage {
  readonly channelId: string;
  readonly messageId?: string | undefined;
}

/**
 * Takes note of what a chat service reports of a message that a user of the account wrote. False when there is no such
 * message: it is one of the pipeline, or was removed.
 *
 * @param onMoved Called when it has moved on.
 */
export async function takeReport(
  { channelId, messageId }: ReportedMessage,
  update: StatusUpdate,
  context: Pick<Context, 'store' | 'config' | 'metrics'>,
  { onMoved }: { onMoved: (messageId: string) => Promise<void> },
): Promise<boolean> {
  const isNamed = isUuid(messageId)
    ? eq(chatMessages.id, messageId)
    : eq(chatMessages.serviceMessageId, update.id);
  const [message] = await context.store.db
    .select({ id: chatMessages.id, installationId: chatMessages.installationId })
    .from(chatMessages)
    .where(and(eq(chatMessages.channelId, channelId), eq(chatMessages.direction, 'out'), isNamed));
  if (message === undefined) return false;
  const move = await moveOfReport(context, message, update);
  if (await moveOutgoing(context, message.id, move)) await onMoved(message.id);
  return true;
}
