import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Caller } from '../auth/authenticate.js';
import type { Context } from '../context.js';
import type { Database, Store } from '../store/store.js';
import { isUuid } from '../uuid.js';
import { lockVersion, raiseVersion, useToken } from './changes.js';
import { unknownChannel } from './settings.js';
import { channels } from './tables.js';
import { sendWork } from './work.js';

/**
 * `DELETE /connections/channels/:id`: from now on nothing goes out through it and nothing comes in. What is left to
 * undo at the service is work of the queue, which then erases the access data.
 *
 * @throws Refusal
 */
export async function removeChannel(
  { store, config, log }: Pick<Context, 'store' | 'config' | 'log'>,
  caller: Caller,
  id: string,
): Promise<void> {
  if (!isUuid(id)) throw unknownChannel(id);
  const installationId = caller.installation.id;
  await store.db.transaction(async (tx) => {
    await lockVersion(tx, installationId);
    const removed = await markRemoved(store, tx, { installationId, id });
    if (!removed) throw unknownChannel(id);
    await useToken(tx, caller, config);
    await raiseVersion(tx, installationId);
  });
  log.info({ installation: installationId, channel: id }, 'A channel was removed');
}

/** Whether there was one. */
export async function markRemoved(
  store: Pick<Store, 'jobs'>,
  tx: Database,
  { installationId, id, at }: { installationId: string; id: string; at?: Date },
): Promise<boolean> {
  const removed = await tx
    .update(channels)
    .set({ removedAt: at ?? sql`now()`, savedAt: null, isDefault: false, updatedAt: sql`now()` })
    .where(and(eq(channels.id, id), eq(channels.installationId, installationId), isNull(channels.removedAt)))
    .returning({ id: channels.id });
  if (removed.length === 0) return false;
  await sendWork(store, tx, [{ channelId: id }]);
  return true;
}
