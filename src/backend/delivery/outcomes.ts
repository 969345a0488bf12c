import { and, eq, inArray, isNull, or, sql, type SQL } from 'drizzle-orm';
import {
  isForward,
  messageStates,
  type MessageReason,
  type MessageState,
} from '../../contract/message-outcomes.js';
import type { Database } from '../store/store.js';
import { eventNotes, messages, type Message } from './tables.js';

/**
 * Which message: by our id, or by the one that the chat service gave it. With all three the service's id must not
 * contradict what is stored; a message that has none yet takes it, so that a report of the service tells what an
 * answer that was lost did not.
 */
export type MessageKey =
  | { readonly id: string }
  | { readonly service: string; readonly serviceMessageId: string }
  | { readonly id: string; readonly service: string; readonly serviceMessageId: string };

/** Where to move it, and what is to be known about it from then on; what is left out stays as it is. */
export interface MessageMove {
  readonly state: MessageState;
  readonly reason?: MessageReason | undefined;
  readonly service?: string | undefined;
  readonly serviceMessageId?: string | undefined;
  /** The service's own code and words. */
  readonly serviceCode?: string | undefined;
  readonly serviceDetail?: string | undefined;
}

/**
 * Moves a message forward and has the event's note, where there is one, written anew a little later, so that several
 * changes make one new text. One statement: whatever comes at the same time and in whatever order, the message ends
 * in the state furthest on, and no change goes without its note.
 *
 * @returns The message as it is now; undefined when it is unknown or the move would not be forward (`isForward`).
 */
export async function moveMessage(
  db: Database,
  by: MessageKey,
  { state, ...known }: MessageMove,
): Promise<Message | undefined> {
  const from = messageStates.filter((earlier) => isForward(earlier, state));
  if (from.length === 0) return undefined;
  const moved = db.$with('moved').as(
    db
      .update(messages)
      .set({ ...identity(by), ...known, state, triedAt: null, updatedAt: sql`now()` })
      .where(and(which(by), inArray(messages.state, from)))
      .returning(),
  );
  const noted = db.$with('noted').as(
    db
      .update(eventNotes)
      .set({ dueAt: sql`now() + interval '3 seconds'` })
      .where(inArray(eventNotes.eventId, sql`(select event_id from moved)`))
      .returning({ eventId: eventNotes.eventId }),
  );
  const [message] = await db.with(moved, noted).select().from(moved);
  return message;
}

/** Whether there is such a message, however far it is. */
export async function isKnownMessage(db: Database, by: MessageKey): Promise<boolean> {
  const found = await db.select({ id: messages.id }).from(messages).where(which(by)).limit(1);
  return found.length > 0;
}

function identity(by: MessageKey): { service?: string; serviceMessageId?: string } {
  return 'id' in by && 'service' in by ? { service: by.service, serviceMessageId: by.serviceMessageId } : {};
}

function which(by: MessageKey): SQL | undefined {
  if (!('service' in by)) return eq(messages.id, by.id);
  const ofService = and(eq(messages.service, by.service), eq(messages.serviceMessageId, by.serviceMessageId));
  if (!('id' in by)) return ofService;
  const unclaimed = and(
    isNull(messages.serviceMessageId),
    or(isNull(messages.service), eq(messages.service, by.service)),
    // The same report again, under the name of another message.
    sql`not exists (select 1 from ${messages} as other where other.service = ${by.service}
      and other.service_message_id = ${by.serviceMessageId})`,
  );
  return and(eq(messages.id, by.id), or(ofService, unclaimed));
}
