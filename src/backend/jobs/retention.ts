import { and, asc, eq, exists, inArray, lt, ne, not, sql, type SQL } from 'drizzle-orm';
import { chatMessages } from '../chats/tables.js';
import { deliveryLanes, eventNotes, messages, recentTexts } from '../delivery/tables.js';
import { installations } from '../installations/tables.js';
import { type Event, events } from '../receiving/tables.js';
import { webhooks } from '../receiving/webhooks/tables.js';
import type { Store } from '../store/store.js';

/** How many rows of each kind were removed. */
export interface Removed {
  readonly events: number;
  readonly lanes: number;
  readonly webhooks: number;
  /** Texts that were remembered so that they do not go to the same number twice. */
  readonly texts: number;
  /** Messages between clients and accounts. */
  readonly chatMessages: number;
  /** Accounts that have uninstalled the integration, with all that is left of them. */
  readonly installations: number;
}

export interface RemoveOptions {
  /** Rows that one transaction removes, so that nobody waits for it. */
  readonly batchSize?: number;
  /** Ends the work after the batch under way. */
  readonly signal?: AbortSignal;
}

/**
 * Removes what is older than `before`: events that are done or dead, with their messages and notes; lanes without
 * events that could still be worked on; webhooks; remembered texts; messages of conversations; accounts that have uninstalled the integration, with
 * the names of their leads. What still waits stays, however old it is; and so does an account whose tokens are void,
 * which may be authorised anew.
 */
export async function removeOlderThan(
  before: Date,
  { db }: Pick<Store, 'db'>,
  { batchSize = 500, signal }: RemoveOptions = {},
): Promise<Removed> {
  const until = async (removeBatch: () => Promise<number>): Promise<number> => {
    let total = 0;
    while (signal?.aborted !== true) {
      const removed = await removeBatch();
      total += removed;
      if (removed === 0) break;
    }
    return total;
  };
  return {
    events: await until(() => removeEvents(db, before, batchSize)),
    lanes: await until(() => removeLanes(db, batchSize)),
    webhooks: await until(() => removeWebhooks(db, before, batchSize)),
    texts: await until(() => removeTexts(db, before, batchSize)),
    chatMessages: await until(() => removeChatMessages(db, before, batchSize)),
    installations: await until(() => removeUninstalled(db, before, 1)),
  };
}

function removeEvents(db: Store['db'], before: Date, limit: number): Promise<number> {
  return db.transaction(async (tx) => {
    const old = await tx
      .select({ id: events.id })
      .from(events)
      .where(and(lt(events.receivedAt, before), ne(events.state, 'waiting'), finishedBefore(before)))
      // As they came; an index by time would cost every hook, and this runs once a night.
      .orderBy(asc(events.id))
      .limit(limit)
      .for('update', { skipLocked: true });
    if (old.length === 0) return 0;
    const ids = old.map(({ id }) => id);
    await tx.delete(messages).where(inArray(messages.eventId, ids));
    await tx.delete(eventNotes).where(inArray(eventNotes.eventId, ids));
    await tx.delete(events).where(inArray(events.id, ids));
    return ids.length;
  });
}

/** One that was given up long ago and then brought back has ended later than it came. */
function finishedBefore(before: Date): SQL {
  return lt(sql`coalesce(${events.finishedAt}, ${events.receivedAt})`, before);
}

function removeLanes(db: Store['db'], limit: number): Promise<number> {
  const has = (state: Event['state']): SQL =>
    exists(
      db
        .select({ one: sql`1` })
        .from(events)
        .where(sql`${events.laneId} = ${deliveryLanes.id} and ${events.state} = ${sql.raw(`'${state}'`)}`),
    );
  // Each of the two is found by an index of its own; events that are done need their lane no more.
  const isEmpty = and(not(has('waiting')), not(has('dead')));
  return db.transaction(async (tx) => {
    // While they are locked no event comes to them; those that got one before are found by the second look.
    const idle = await tx
      .select({ id: deliveryLanes.id })
      .from(deliveryLanes)
      .where(and(isEmpty, sql`coalesce(${deliveryLanes.leasedUntil}, '-infinity') < now()`))
      .limit(limit)
      .for('update', { skipLocked: true });
    if (idle.length === 0) return 0;
    const ids = idle.map(({ id }) => id);
    const gone = await tx
      .delete(deliveryLanes)
      .where(and(inArray(deliveryLanes.id, ids), isEmpty))
      .returning({ id: deliveryLanes.id });
    return gone.length;
  });
}

async function removeWebhooks(db: Store['db'], before: Date, limit: number): Promise<number> {
  const old = db
    .select({ id: webhooks.id })
    .from(webhooks)
    .where(lt(webhooks.receivedAt, before))
    .orderBy(asc(webhooks.receivedAt))
    .limit(limit);
  return (await db.delete(webhooks).where(inArray(webhooks.id, old)).returning({ id: webhooks.id })).length;
}

async function removeTexts(db: Store['db'], before: Date, limit: number): Promise<number> {
  const old = db
    .select({ textHash: recentTexts.textHash })
    .from(recentTexts)
    .where(lt(recentTexts.takenAt, before))
    .orderBy(asc(recentTexts.takenAt))
    .limit(limit);
  const gone = await db
    .delete(recentTexts)
    .where(inArray(recentTexts.textHash, old))
    .returning({ textHash: recentTexts.textHash });
  return gone.length;
}

async function removeChatMessages(db: Store['db'], before: Date, limit: number): Promise<number> {
  const old = db
    .select({ id: chatMessages.id })
    .from(chatMessages)
    .where(and(lt(chatMessages.createdAt, before), ne(chatMessages.state, 'waiting')))
    .orderBy(asc(chatMessages.createdAt))
    .limit(limit);
  const gone = await db
    .delete(chatMessages)
    .where(inArray(chatMessages.id, old))
    .returning({ id: chatMessages.id });
  return gone.length;
}

/** Their tokens were erased at once. What else there is of one goes with it, so that they are removed one by one. */
async function removeUninstalled(db: Store['db'], before: Date, limit: number): Promise<number> {
  const isGone = and(eq(installations.state, 'uninstalled'), lt(installations.updatedAt, before));
  const old = db.select({ id: installations.id }).from(installations).where(isGone).limit(limit);
  const gone = await db
    .delete(installations)
    .where(and(inArray(installations.id, old), isGone))
    .returning({ id: installations.id });
  return gone.length;
}
