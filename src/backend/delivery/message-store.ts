import { and, eq, inArray, sql } from 'drizzle-orm';
import type { MessageReason } from '../../contract/message-outcomes.js';
import type { Event } from '../receiving/tables.js';
import { events } from '../receiving/tables.js';
import { storable } from '../store/storable.js';
import type { Database } from '../store/store.js';
import type { PlannedMessage } from './plan.js';
import { eventNotes, type Message, messages } from './tables.js';

/** The event's messages, in the order in which they were planned. */
export function messagesOf(db: Database, eventId: number): Promise<Message[]> {
  return db
    .select()
    .from(messages)
    .where(eq(messages.eventId, eventId))
    .orderBy(messages.place, messages.createdAt);
}

/**
 * Keeps the plan of an event, so that every later attempt sends what the first one meant to. A text that went to the
 * same number within `repeatMinutes`, or is about to, is skipped; two events that plan it at the same time wait for
 * each other here. A plan that is there already stays.
 */
export async function keepPlan(
  db: Database,
  event: Event,
  planned: readonly PlannedMessage[],
  { repeatMinutes }: { repeatMinutes: number },
): Promise<Message[]> {
  const rows = planned.map((message, place) => ({
    ...message,
    contactName: storable(message.contactName),
    place,
    installationId: event.installationId,
    eventId: event.id,
    elementType: event.elementType,
    elementId: event.elementId,
  }));
  const hashes = planned.flatMap(({ state, textHash }) =>
    state === 'queued' && textHash !== null ? [textHash] : [],
  );
  if (repeatMinutes <= 0 || hashes.length === 0) {
    return insertMessages(db, event.id, rows);
  }
  return db.transaction(async (tx) => {
    // In one order everywhere, so that two plans never wait for each other.
    await tx.execute(sql`
      select pg_advisory_xact_lock(key) from (
        select distinct hashtextextended(value, 0) as key
        from jsonb_array_elements_text(${JSON.stringify(hashes)}::jsonb) as hash(value) order by key
      ) as keys
    `);
    const repeated = await tx
      .selectDistinct({ textHash: messages.textHash })
      .from(messages)
      .where(
        and(
          eq(messages.installationId, event.installationId),
          inArray(messages.textHash, hashes),
          sql`${messages.createdAt} > now() - make_interval(mins => ${repeatMinutes})`,
          inArray(messages.state, ['queued', 'sent', 'delivered', 'read']),
          sql`${messages.eventId} <> ${event.id}`,
        ),
      );
    const known = new Set(repeated.map(({ textHash }) => textHash));
    return insertMessages(
      tx,
      event.id,
      rows.map((row) =>
        row.state === 'queued' && known.has(row.textHash)
          ? { ...row, state: 'skipped', reason: 'repeated_text' }
          : row,
      ),
    );
  });
}

async function insertMessages(
  db: Database,
  eventId: number,
  rows: readonly (typeof messages.$inferInsert)[],
): Promise<Message[]> {
  const inserted = await db
    .insert(messages)
    .values([...rows])
    .onConflictDoNothing()
    .returning();
  return inserted.length === rows.length ? inserted : messagesOf(db, eventId);
}

/**
 * Writes down that these messages are about to be sent, before they are: if nobody sees the end of the attempt, the
 * next one knows that they may be on their way. Gives the ids of those that still wait: a report of the service may have
 * told of one in the meantime.
 */
export async function markTried(
  db: Database,
  ids: readonly string[],
  service: string,
): Promise<ReadonlySet<string>> {
  const marked = await db
    .update(messages)
    .set({ triedAt: sql`coalesce(${messages.triedAt}, now())`, service })
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
 * Ends the attempt. Messages that still wait when the event is given up have failed for `reason`. Whatever is final is
 * told in the feed by a note, which is due from now on.
 */
export async function endAttempt(
  db: Database,
  event: Event,
  end: EventEnd,
  reason?: MessageReason,
): Promise<void> {
  if (end.end === 'retry') {
    await db
      .update(events)
      .set({
        attempts: sql`${events.attempts} + 1`,
        lastError: storable(end.error),
        dueAt: sql`now() + make_interval(secs => ${end.pauseSeconds})`,
      })
      .where(and(eq(events.id, event.id), eq(events.state, 'waiting')));
    return;
  }
  const ended = db.$with('ended').as(
    db
      .update(events)
      .set({
        state: end.end,
        finishedAt: sql`now()`,
        lastError: end.end === 'dead' ? storable(end.error) : null,
      })
      .where(and(eq(events.id, event.id), eq(events.state, 'waiting')))
      .returning({ id: events.id }),
  );
  const failed = db.$with('failed').as(
    db
      .update(messages)
      .set({ state: 'failed', reason: reason ?? 'service_unavailable', updatedAt: sql`now()` })
      .where(and(eq(messages.eventId, event.id), eq(messages.state, 'queued')))
      .returning({ id: messages.id }),
  );
  // One statement: nothing of it goes without the rest.
  await db
    .with(...(end.end === 'dead' ? [ended, failed] : [ended]))
    .insert(eventNotes)
    .values({
      eventId: event.id,
      installationId: event.installationId,
      elementType: event.elementType,
      elementId: event.elementId,
      dueAt: sql`now()`,
    })
    .onConflictDoUpdate({
      target: eventNotes.eventId,
      set: { dueAt: sql`greatest(${eventNotes.dueAt}, now())`, attempts: 0 },
    });
}
