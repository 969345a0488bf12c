import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { MessageReason } from '../../contract/message-outcomes.js';
import { events } from '../receiving/tables.js';
import type { Store } from '../store/store.js';
import { deliveryLanes, messages } from './tables.js';

/** Failures behind which there is no refusal of the message itself: it may go once somebody has mended the cause. */
export const redrivableReasons = [
  'not_connected',
  'service_unavailable',
  'access_revoked',
  'subscription_lapsed',
  'kommo_unavailable',
  'kommo_refused',
  'internal',
] as const satisfies readonly MessageReason[];

export interface RedriveOptions {
  /** One installation's events alone. */
  readonly installationId?: string | undefined;
  /** Counts, and changes nothing. */
  readonly dryRun?: boolean;
}

/**
 * Brings the events that were given up back to work, with all their attempts before them. What was sent stays sent;
 * only messages that failed for a {@link redrivableReasons} reason are queued again. Gives the number of events.
 */
export async function redrive(
  store: Store,
  { installationId, dryRun = false }: RedriveOptions = {},
): Promise<number> {
  const dead = and(
    eq(events.state, 'dead'),
    installationId === undefined ? undefined : eq(events.installationId, installationId),
  );
  if (dryRun) return store.db.$count(events, dead);
  return store.db.transaction(async (tx) => {
    const revived = await tx
      .update(events)
      .set({ state: 'waiting', attempts: 0, dueAt: sql`now()`, lastError: null, finishedAt: null })
      .where(dead)
      .returning({ id: events.id, laneId: events.laneId });
    if (revived.length === 0) return 0;
    const ids = revived.map(({ id }) => id);
    const failed = and(
      inArray(messages.eventId, ids),
      eq(messages.state, 'failed'),
      inArray(messages.reason, [...redrivableReasons]),
    );
    // Without a recipient it stood for the whole event, whose recipients are read now.
    await tx.delete(messages).where(and(failed, isNull(messages.contactId)));
    await tx
      .update(messages)
      .set({ state: 'queued', reason: null, serviceCode: null, serviceDetail: null, updatedAt: sql`now()` })
      .where(failed);
    await tx
      .update(deliveryLanes)
      .set({ dueAt: sql`now()`, version: sql`${deliveryLanes.version} + 1` })
      .where(
        inArray(
          deliveryLanes.id,
          revived.map(({ laneId }) => laneId),
        ),
      );
    return revived.length;
  });
}
