import { and, eq, inArray, sql } from 'drizzle-orm';
import type { MessageReason } from '../../contract/message-outcomes.js';
import type { Event } from '../receiving/tables.js';
import { idList, rowsOf } from '../store/rows.js';
import { storable } from '../store/storable.js';
import type { Database } from '../store/store.js';
import { type DueEvents, releaseLane } from './queue/lanes.js';
import { moveStatement, type SentMove } from './outcomes.js';
import type { PlannedMessage } from './planning/plan.js';
import { type Message, messages } from './tables.js';

/** The messages of these events, each event's in the order in which they were planned. */
export function messagesOf(db: Database, eventIds: readonly number[]): Promise<Message[]> {
  return db
    .select()
    .from(messages)
    .where(sql`${messages.eventId} = any(${idList(eventIds)})`)
    .orderBy(messages.place, messages.createdAt);
}

/** What an attempt has to know of a message. */
export type Outcome = Pick<
  Message,
  'id' | 'phone' | 'text' | 'state' | 'reason' | 'service' | 'channelId' | 'serviceDetail' | 'triedAt'
>;

export interface KeepOptions {
  /** Within these minutes the same text does not go to the same number again; 0 for no limit. */
  readonly repeatMinutes: number;
  /** The chat service to which the messages are about to go; they count as tried from here on. */
  readonly service?: string | undefined;
  /** The channel through which they go there; null for the chat service of the configuration. */
  readonly channelId?: string | null | undefined;
}

/**
 * Keeps the plan of an event, so that every later attempt sends what the first one meant to. A text that went to the
 * same number within `repeatMinutes`, or is about to, is skipped: whichever of two events takes the text's row first
 * sends it. All in one statement. A plan that is there already stays.
 */
export async function keepPlan(
  db: Database,
  event: Event,
  planned: readonly PlannedMessage[],
  { repeatMinutes, service, channelId = null }: KeepOptions,
): Promise<readonly Outcome[]> {
  const rows = planned.map(({ contactId, contactName, phone, text, textHash, state, reason }, place) => ({
    place,
    contact_id: contactId,
    contact_name: storable(contactName),
    phone,
    text,
    text_hash: textHash,
    state,
    reason,
  }));
  const kept = await rowsOf<Pick<Outcome, 'id' | 'state' | 'reason'> & { place: number }>(
    db,
    sql`
    with planned as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
        place int, contact_id bigint, contact_name text, phone text, text text, text_hash text, state text, reason text
      )
    ),
    taken as (
      insert into recent_texts (text_hash, event_id, taken_at)
      -- In one order everywhere, so that two plans never wait for each other.
      select distinct text_hash, ${event.id}::bigint, now() from planned
      where state = 'queued' and ${repeatMinutes}::float8 > 0 order by text_hash
      on conflict (text_hash) do update set event_id = excluded.event_id, taken_at = excluded.taken_at
        where recent_texts.event_id = excluded.event_id
          or recent_texts.taken_at <= now() - make_interval(mins => 1) * ${repeatMinutes}::float8
      returning text_hash
    ),
    decided as (
      select planned.*, state = 'queued' and ${repeatMinutes}::float8 > 0
        and text_hash not in (select text_hash from taken) as is_repeated
      from planned
    )
    insert into messages (installation_id, event_id, element_type, element_id, place, contact_id, contact_name, phone,
      text, text_hash, state, reason, service, channel_id, tried_at)
    select ${event.installationId}::uuid, ${event.id}::bigint, ${event.elementType}::int, ${event.elementId}::bigint,
      place, contact_id, contact_name, phone, text, text_hash,
      case when is_repeated then 'skipped' else state end,
      case when is_repeated then 'repeated_text' else reason end,
      case when state = 'queued' and not is_repeated then ${service ?? null}::text end,
      case when state = 'queued' and not is_repeated then ${channelId}::uuid end,
      case when state = 'queued' and not is_repeated and ${service ?? null}::text is not null then now() end
    from decided order by place
    on conflict do nothing
    returning id, place, state, reason
  `,
  );
  if (kept.length < planned.length) return messagesOf(db, [event.id]);
  return kept.flatMap(({ place, ...decided }) => {
    const message = planned[place];
    return message === undefined
      ? []
      : [{ ...message, ...decided, service: service ?? null, channelId, serviceDetail: null, triedAt: null }];
  });
}

/**
 * Writes down that these messages are about to be sent, before they are: if nobody sees the end of the attempt, the
 * next one knows that they may be on their way. Gives the ids of those that still wait: a report of the service may have
 * told of one in the meantime.
 */
export async function markTried(
  db: Database,
  ids: readonly string[],
  through: { readonly service: string; readonly channelId: string | null },
): Promise<ReadonlySet<string>> {
  const marked = await db
    .update(messages)
    .set({ triedAt: sql`coalesce(${messages.triedAt}, now())`, ...through })
    .where(and(inArray(messages.id, [...ids]), eq(messages.state, 'queued')))
    .returning({ id: messages.id });
  return new Set(marked.map(({ id }) => id));
}

/** How an attempt at an event ended. */
export type EventEnd =
  | { readonly end: 'done' }
  | { readonly end: 'retry'; readonly pauseSeconds: number; readonly error: string }
  | { readonly end: 'dead'; readonly error: string };

/**
 * Seconds from the end of an event to its note: by then most services have told whether the messages were delivered, so
 * that the first text is the last one, too.
 */
const firstNotePause = 1;

export interface EndOptions {
  /** Why messages that still wait have failed, when the event is given up. */
  readonly reason?: MessageReason;
  /** Moves this message, which was sent, in the same statement. */
  readonly sent?: SentMove | undefined;
  /** Gives the event's lane back in the same statement, with this as all that was due in it. */
  readonly release?: DueEvents | undefined;
}

/**
 * Ends the attempt. Messages that still wait when the event is given up have failed. Whatever is final is told in the
 * feed by a note, which is due from now on.
 *
 * @returns Whether the lane was given back.
 */
export async function endAttempt(
  db: Database,
  event: Event,
  end: EventEnd,
  { reason = 'service_unavailable', sent, release }: EndOptions = {},
): Promise<boolean> {
  const dueIn = end.end === 'retry' ? end.pauseSeconds : undefined;
  const parts = [
    sql`ended as (
      update events set ${
        end.end === 'retry'
          ? sql`attempts = attempts + 1, due_at = now() + make_interval(secs => ${end.pauseSeconds}::float8)`
          : sql`state = ${end.end}, finished_at = now()`
      }, last_error = ${end.end === 'done' ? null : storable(end.error)}
      where id = ${event.id}::bigint and state = 'waiting'
    )`,
  ];
  if (sent !== undefined) parts.push(sql`moved as (${moveStatement({ id: sent.id }, sent.move)})`);
  if (end.end === 'dead') {
    parts.push(
      sql`failed as (
        update messages set state = 'failed', reason = ${reason}, updated_at = now()
        where event_id = ${event.id}::bigint and state = 'queued' and id is distinct from ${sent?.id ?? null}::uuid
        returning text_hash
      )`,
      // They may be sent by the next event.
      sql`freed as (
        delete from recent_texts
        where event_id = ${event.id}::bigint and text_hash in (select text_hash from failed)
      )`,
    );
  }
  if (end.end !== 'retry') {
    parts.push(sql`noted as (
      insert into event_notes (event_id, installation_id, element_type, element_id, due_at)
      values (${event.id}::bigint, ${event.installationId}::uuid, ${event.elementType}::int, ${event.elementId}::bigint,
        now() + make_interval(secs => ${firstNotePause}::float8))
      on conflict (event_id) do update
      set due_at = greatest(event_notes.due_at, now()), version = event_notes.version + 1, attempts = 0
    )`);
  }
  parts.push(
    sql`released as (${release === undefined ? sql`select 1 where false` : releaseLane(release, { eventId: event.id, dueIn })})`,
  );
  // One statement: nothing of it goes without the rest.
  const released = await rowsOf(db, sql`with ${sql.join(parts, sql`, `)} select 1 as released from released`);
  return released.length > 0;
}
