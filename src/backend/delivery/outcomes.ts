import { sql, type SQL } from 'drizzle-orm';
import {
  isForward,
  messageStates,
  type MessageReason,
  type MessageState,
} from '../../contract/message-outcomes.js';
import { rowsOf } from '../store/rows.js';
import type { Database } from '../store/store.js';
import { messages, type Message } from './tables.js';

/**
 * Which message: by our id, or by the one that the chat service gave it. With all three the service's id must not
 * contradict what is stored; a message that has none yet takes it, so that a report of the service tells what an
 * answer that was lost did not. With `channelId` only a message of that channel is meant, with null one of the chat
 * service of the configuration: whoever can sign for one account must not speak of the messages of another.
 */
export type MessageKey =
  | { readonly id: string }
  | {
      readonly id?: string | undefined;
      readonly service: string;
      readonly serviceMessageId: string;
      readonly channelId?: string | null;
    };

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

/** The move of a message that was sent. */
export interface SentMove {
  readonly id: string;
  readonly move: MessageMove;
}

/** Seconds between a change of a message and the new text of the note, so that several changes make one. */
export const notePause = 3;

/** What is known of a message that has moved. */
export type Moved = Pick<Message, 'id' | 'state' | 'serviceMessageId'>;

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
): Promise<Moved | undefined> {
  const [moved] = await rowsOf<Moved>(
    db,
    sql`
    with moved as (${moveStatement(by, move)}),
    noted as (
      update event_notes
      -- Never sooner than it is due already: while it is being written, that is when the lease of its writer ends.
      set due_at = greatest(due_at, now() + make_interval(secs => ${notePause})), version = version + 1
      where event_id in (select event_id from moved)
    )
    ${wentOut.has(move.state) ? sql`` : freed}
    select id, state, service_message_id as "serviceMessageId" from moved
  `,
  );
  return moved;
}

/**
 * The move alone, as a part of a statement that has the note written itself. Gives the row that has moved, with its
 * event.
 */
export function moveStatement(by: MessageKey, move: MessageMove): SQL {
  const { state, reason, serviceCode, serviceDetail } = move;
  const { service, serviceMessageId } = { serviceMessageId: undefined, service: undefined, ...move, ...by };
  // A message that went out after all has no reason why it did not.
  const missing = wentOut.has(state) ? null : undefined;
  const changes = [
    sql`state = ${state}`,
    sql`tried_at = null`,
    sql`updated_at = now()`,
    ...set(sql`reason`, reason ?? missing),
    ...set(sql`service_code`, serviceCode === undefined ? missing : serviceCode),
    ...set(sql`service_detail`, serviceDetail === undefined ? missing : serviceDetail),
    ...set(sql`service`, service),
    ...(service === undefined || serviceMessageId === undefined
      ? []
      : [takeServiceId(service, serviceMessageId)]),
  ];
  return sql`
    update messages set ${sql.join(changes, sql`, `)}
    where ${which(by)} and state = any(${earlierThan(state)}::text::text[])
    returning id, event_id, text_hash, state, service_message_id
  `;
}

function set(column: SQL, value: string | null | undefined): SQL[] {
  return value === undefined ? [] : [sql`${column} = ${value}::text`];
}

function earlierThan(state: MessageState): string {
  return `{${messageStates.filter((earlier) => isForward(earlier, state)).join()}}`;
}

/** A text that did not go out may be sent by the next event. */
const freed = sql`, freed as (
  delete from recent_texts where (text_hash, event_id) in (select text_hash, event_id from moved)
)`;

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
function takeServiceId(service: string, serviceMessageId: string): SQL {
  return sql`service_message_id = case when ${isElsewhere(service, serviceMessageId)} then service_message_id
    else ${serviceMessageId}::text end`;
}

function isElsewhere(service: string, serviceMessageId: string): SQL {
  return sql`exists (select from messages as other where other.service = ${service}
    and other.service_message_id = ${serviceMessageId} and other.id <> messages.id)`;
}

function which(by: MessageKey): SQL {
  if (!('service' in by)) return sql`messages.id = ${by.id}::uuid`;
  if (by.channelId === undefined) return ofService(by);
  return sql`(${ofService(by)}) and messages.channel_id is not distinct from ${by.channelId}::uuid`;
}

function ofService(by: Extract<MessageKey, { service: string }>): SQL {
  const named = sql`messages.service = ${by.service} and messages.service_message_id = ${by.serviceMessageId}`;
  if (by.id === undefined) return named;
  // The exception: a report about another message, under the name of this one.
  return sql`messages.id = ${by.id}::uuid and (${named} or (
    messages.service_message_id is null and (messages.service is null or messages.service = ${by.service})
    and not ${isElsewhere(by.service, by.serviceMessageId)}
  ))`;
}
