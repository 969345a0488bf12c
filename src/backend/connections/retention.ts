import { and, eq, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import type { Config } from '../config.js';
import { installations } from '../installations/tables.js';
import type { Store } from '../store/store.js';
import { lockVersion, raiseVersion } from './changes.js';
import { markRemoved } from './removing.js';
import { channels, connectionAttempts, usedTokens } from './tables.js';

const day = 86_400_000;

/** Days for which a channel waits to be saved. */
const unsavedDays = 1;

/** Days for which the access data of an account that has uninstalled the integration waits for its return. */
const graceDays = 30;

/** Rows that one statement takes. */
const batch = 500;

/**
 * Removes what nobody needs any more:
 *
 * | what                                                          | after                                    |
 * | ------------------------------------------------------------- | ---------------------------------------- |
 * | one-time tokens that have changed something                   | their end                                |
 * | attempts                                                      | a day after their end                    |
 * | channels that nobody has saved                                | a day                                    |
 * | channels of accounts that have uninstalled the integration    | 30 days, or the retention if it is shorter |
 * | access data of removed channels whose service never answers   | the same                                 |
 * | removed channels                                              | the retention                            |
 *
 * Gives the installations whose channels were removed.
 */
export async function removeOldConnections(
  store: Pick<Store, 'db' | 'jobs'>,
  { now, config }: { now: Date; config: Pick<Config, 'retentionDays'> },
): Promise<readonly string[]> {
  const { db } = store;
  const before = (days: number): Date => new Date(now.getTime() - days * day);
  const graceBefore = before(Math.min(graceDays, config.retentionDays));
  await db.delete(usedTokens).where(lt(usedTokens.expiresAt, now));
  await db
    .delete(connectionAttempts)
    .where(and(sql`${connectionAttempts.state} <> 'waiting'`, lt(connectionAttempts.expiresAt, before(1))));
  const unsaved = await db
    .select({ id: channels.id, installationId: channels.installationId })
    .from(channels)
    .where(
      and(isNull(channels.removedAt), isNull(channels.savedAt), lt(channels.updatedAt, before(unsavedDays))),
    )
    .limit(batch);
  const left = await db
    .select({ id: channels.id, installationId: channels.installationId })
    .from(channels)
    .innerJoin(installations, eq(installations.id, channels.installationId))
    .where(
      and(
        isNull(channels.removedAt),
        eq(installations.state, 'uninstalled'),
        lt(installations.updatedAt, graceBefore),
      ),
    )
    .limit(batch);
  for (const { id, installationId } of [...unsaved, ...left]) {
    await db.transaction(async (tx) => {
      await lockVersion(tx, installationId);
      if (await markRemoved(store, tx, { installationId, id, at: now }))
        await raiseVersion(tx, installationId);
    });
  }
  await db
    .update(channels)
    .set({ credentials: null })
    .where(and(isNotNull(channels.credentials), lt(channels.removedAt, graceBefore)));
  const gone = db
    .select({ id: channels.id })
    .from(channels)
    .where(and(isNull(channels.credentials), lt(channels.removedAt, before(config.retentionDays))))
    .limit(batch);
  await db.delete(channels).where(inArray(channels.id, gone));
  return [...new Set(unsaved.map(({ installationId }) => installationId))];
}
