import { and, desc, eq, getTableColumns, gte, inArray, lt, sql } from 'drizzle-orm';
import type { ApiMessage, MessagePage } from '../../contract/messages-api.js';
import { messages, type Message } from '../delivery/tables.js';
import type { Database } from '../store/store.js';
import { writeCursor } from './cursor.js';
import type { ReadQuery } from './query.js';

const exactTime = sql<string>`to_char(${messages.createdAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/**
 * A page of an installation's messages, the newest first. It goes on after the last message seen, not after a number
 * of them: what comes in meanwhile shifts nothing.
 */
export async function pageOfMessages(
  db: Database,
  installationId: string,
  { element_type, element_id, state, from, to, cursor, limit }: ReadQuery,
): Promise<MessagePage> {
  const rows = await db
    .select({ ...getTableColumns(messages), exactTime })
    .from(messages)
    .where(
      and(
        eq(messages.installationId, installationId),
        element_type === undefined ? undefined : eq(messages.elementType, element_type),
        element_id === undefined ? undefined : eq(messages.elementId, element_id),
        state === undefined ? undefined : inArray(messages.state, state),
        from === undefined ? undefined : gte(messages.createdAt, new Date(from * 1000)),
        to === undefined ? undefined : lt(messages.createdAt, new Date((to + 1) * 1000)),
        cursor === undefined
          ? undefined
          : sql`(${messages.createdAt}, ${messages.id}) < (${cursor.createdAt}::timestamptz, ${cursor.id}::uuid)`,
      ),
    )
    .orderBy(desc(messages.createdAt), desc(messages.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    messages: page.map(asApiMessage),
    next_cursor:
      rows.length > limit && last !== undefined
        ? writeCursor({ createdAt: last.exactTime, id: last.id })
        : null,
  };
}

function asApiMessage(message: Message): ApiMessage {
  const { contactId, contactName } = message;
  return {
    id: message.id,
    event_id: message.eventId,
    element_type: message.elementType as ApiMessage['element_type'],
    element_id: message.elementId,
    contact: contactId === null ? null : { id: contactId, name: contactName },
    phone: message.phone,
    text: message.text,
    state: message.state,
    reason: message.reason,
    service: message.service,
    service_message_id: message.serviceMessageId,
    service_code: message.serviceCode,
    service_detail: message.serviceDetail,
    created_at: seconds(message.createdAt),
    updated_at: seconds(message.updatedAt),
  };
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
