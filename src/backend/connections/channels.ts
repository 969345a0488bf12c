import { randomUUID } from 'node:crypto';
import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { type Channel as ChannelView, mostChannels } from '../../contract/connections-api.js';
import type { ConnectedAccount } from '../chat-services/definition.js';
import type { Store } from '../store/store.js';
import { storable } from '../store/storable.js';
import type { Database } from '../store/store.js';
import { raiseVersion } from './changes.js';
import type { Secrets } from './secrets.js';
import { type AttemptRow, type Channel, channels } from './tables.js';
import { sendWork } from './work.js';

/** Characters of a name that are kept. */
const longestName = 200;

/** The installation's channels, the oldest first. */
export function channelsOf(db: Database, installationId: string): Promise<Channel[]> {
  return db
    .select()
    .from(channels)
    .where(and(eq(channels.installationId, installationId), isNull(channels.removedAt)))
    .orderBy(asc(channels.createdAt), asc(channels.id));
}

/** Those of them that are saved: that send and receive. */
export function savedChannels(db: Database, installationId: string): Promise<Channel[]> {
  return db
    .select()
    .from(channels)
    .where(
      and(
        eq(channels.installationId, installationId),
        isNull(channels.removedAt),
        isNotNull(channels.savedAt),
      ),
    )
    .orderBy(asc(channels.createdAt), asc(channels.id));
}

/** As the account's page may see it. */
export function toView(channel: Channel): ChannelView {
  const { id, service, method, name, phone, state, pipelineId, isDefault, savedAt } = channel;
  return {
    id,
    service,
    method,
    name,
    phone,
    state,
    pipeline_id: pipelineId,
    is_default: isDefault,
    is_saved: savedAt !== null,
  };
}

/** What became of an account that somebody has connected. */
export type Kept = { readonly channelId: string } | { readonly problem: 'limit_reached' | 'other_account' };

/**
 * Keeps a connected account as a channel: the one that is connected again, the one that has this account already, or a
 * new one. A channel that is connected again keeps its pipeline and whether it is the default. To be called while the
 * version is locked (`lockVersion`).
 */
export async function keepAccount(
  tx: Database,
  attempt: Pick<AttemptRow, 'installationId' | 'service' | 'method' | 'channelId'>,
  account: ConnectedAccount,
  { jobs, secrets }: { jobs: Pick<Store, 'jobs'>; secrets: Secrets },
): Promise<Kept> {
  const { installationId, service, method } = attempt;
  const accountKey = storable(account.key);
  const known = await channelsOf(tx, installationId);
  const again = known.find(({ id }) => id === attempt.channelId);
  if (again !== undefined && again.accountKey !== accountKey) return { problem: 'other_account' };
  const same = again ?? known.find((one) => one.service === service && one.accountKey === accountKey);
  const id = same?.id ?? randomUUID();
  const values = {
    method,
    name: storable(account.name).slice(0, longestName),
    phone: storable(account.phone) ?? null,
    state: 'connected',
    credentials: secrets.sealCredentials(id, account.credentials),
  } as const;
  if (same === undefined) {
    if (known.length >= mostChannels) return { problem: 'limit_reached' };
    await tx.insert(channels).values({ id, installationId, service, accountKey, ...values });
  } else {
    await tx
      .update(channels)
      .set({ ...values, updatedAt: sql`now()` })
      .where(eq(channels.id, id));
    // A session of its own was begun for the code: the one before is of no use to anybody.
    const released = same.method === 'qr' && method === 'qr' ? same.credentials : null;
    await sendWork(jobs, tx, [{ channelId: id, ...(released !== null && { released }) }]);
  }
  await raiseVersion(tx, installationId);
  return { channelId: id };
}

/** Takes note that the service does not let us in any more. */
export async function markDisconnected(db: Database, id: string): Promise<void> {
  await db
    .update(channels)
    .set({ state: 'disconnected', updatedAt: sql`now()` })
    .where(and(eq(channels.id, id), eq(channels.state, 'connected')));
}
