import { and, eq, inArray, isNull, not, or, sql, type SQL } from 'drizzle-orm';
import {
  isForward,
  messageStates,
  type MessageReason,
  type MessageState,
} from '../../contract/message-outcomes.js';
import type { Database } from '../store/store.js';
import { eventNotes, messages, recentTexts, type Message } from './tables.js';

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
  readonly serviceCode?: string | null | undefined;
  readonly serviceDetail?: string | null | undefined;
}

/** Seconds between a change of a message and the new text of the note, so that several changes make one. */
export const notePause = 3;

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
  move: MessageMove,
): Promise<Message | undefined> {
  const { state } = move;
  const from = messageStates.filter((earlier) => isForward(earlier, state));
  if (from.length === 0) return undefined;
  const moved = db.$with('moved').as(
    db
      .update(messages)
      .set({
        ...(wentOut.has(state) ? noFailure : {}),
        ...move,
        ...serviceId({ ...move, ...by }),
        triedAt: null,
        updatedAt: sql`now()`,
      })
      .where(and(which(by), inArray(messages.state, from)))
      .returning(),
  );
  const noted = db.$with('noted').as(
    db
      .update(eventNotes)
      // Never sooner than it is due already: while it is being written, that is when the lease of its writer ends.
      .set({
        dueAt: sql`greatest(${eventNotes.dueAt}, now() + make_interval(secs => ${notePause}))`,
        version: sql`${eventNotes.version} + 1`,
      })
      .where(inArray(eventNotes.eventId, sql`(select event_id from moved)`))
      .returning({ eventId: eventNotes.eventId }),
  );
  const [message] = await db
    .with(moved, noted, ...(wentOut.has(state) ? [] : [freed(db)]))
    .select()
    .from(moved);
  return message;
}

/** A text that did not go out may be sent by the next event. */
function freed(db: Database) {
  return db.$with('freed').as(
    db
      .delete(recentTexts)
      .where(
        sql`(${recentTexts.textHash}, ${recentTexts.eventId}) in (select text_hash, event_id from moved)`,
      )
      .returning({ textHash: recentTexts.textHash }),
  );
}

/** A message that went out after all has no reason why it did not. */
const noFailure = { reason: null, serviceCode: null, serviceDetail: null };

const wentOut: ReadonlySet<MessageState> = new Set(['sent', 'delivered', 'read']);

/** Whether there is such a message, however far it is. */
export async function isKnownMessage(db: Database, by: MessageKey): Promise<boolean> {
  const found = await db.select({ id: messages.id }).from(messages).where(which(by)).limit(1);
  return found.length > 0;
}

/**
 * An id that belongs to another message stays there: a service without idempotency keys may take one of two equal
 * messages for the other.
 */
function serviceId({ service, serviceMessageId }: Pick<MessageMove, 'service' | 'serviceMessageId'>): {
  service?: string;
  serviceMessageId?: SQL;
} {
  if (service === undefined || serviceMessageId === undefined) return {};
  const kept = messages.serviceMessageId;
  return {
    service,
    serviceMessageId: sql`case when ${isElsewhere(service, serviceMessageId)} then ${kept} else ${serviceMessageId} end`,
  };
}

function isElsewhere(service: string, serviceMessageId: string): SQL {
  return sql`exists (select 1 from ${messages} as other where other.service = ${service}
    and other.service_message_id = ${serviceMessageId} and other.id <> ${messages.id})`;
}

function which(by: MessageKey): SQL | undefined {
  if (!('service' in by)) return eq(messages.id, by.id);
  const ofService = and(eq(messages.service, by.service), eq(messages.serviceMessageId, by.serviceMessageId));
  if (!('id' in by)) return ofService;
  const unclaimed = and(
    isNull(messages.serviceMessageId),
    or(isNull(messages.service), eq(messages.service, by.service)),
    // A report about another message, under the name of this one.
    not(isElsewhere(by.service, by.serviceMessageId)),
  );
  return and(eq(messages.id, by.id), or(ofService, unclaimed));
}
