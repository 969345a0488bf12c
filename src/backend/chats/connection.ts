import { and, eq, isNotNull, isNull, ne } from 'drizzle-orm';
import { channels } from '../connections/tables.js';
import type { Context } from '../context.js';
import { retryPause } from '../delivery/backoff.js';
import { type Installation, installations } from '../installations/tables.js';
import { type KommoApis, KommoApiError } from '../kommo-api/kommo-api.js';
import type { SendHttp } from '../kommo-api/http.js';
import type { Database } from '../store/store.js';
import { chatsChannelOf, chatsOrigin } from './amojo/address.js';
import { type ChatsApi, ChatsApiError, createChatsApi } from './amojo/chats-api.js';
import { chatConnections } from './tables.js';

/** As the account's users see the channel. */
const title = 'Pipeline Messenger';

/** An account's chats API, and under which scope it knows us there. */
export interface Connection {
  readonly api: ChatsApi;
  readonly scopeId: string;
}

export interface ConnectionOptions {
  readonly apis: KommoApis;
  readonly http: SendHttp;
}

/** The channels of an installation that are used. */
export function areSaved(installationId: string) {
  return and(
    eq(channels.installationId, installationId),
    isNotNull(channels.savedAt),
    isNull(channels.removedAt),
  );
}

/** Undefined for one that has uninstalled the integration or is gone. */
export async function installationOf(db: Database, id: string): Promise<Installation | undefined> {
  const [found] = await db
    .select()
    .from(installations)
    .where(and(eq(installations.id, id), ne(installations.state, 'uninstalled')));
  return found;
}

/** The chats API as this installation may use it; undefined when no chats channel of its platform is configured. */
export function chatsApiOf(
  installation: Pick<Installation, 'platform' | 'origin'>,
  { config, clock }: Pick<Context, 'config' | 'clock'>,
  { http }: Pick<ConnectionOptions, 'http'>,
): ChatsApi | undefined {
  const channel = chatsChannelOf(installation, config);
  if (channel === undefined) return undefined;
  return createChatsApi({ http, channel, origin: chatsOrigin(installation), now: () => clock.now() });
}

/** Undefined while the account is not connected to our chats channel. */
export async function connectionOf(
  installation: Installation,
  context: Context,
  { http }: Pick<ConnectionOptions, 'http'>,
): Promise<Connection | undefined> {
  const api = chatsApiOf(installation, context, { http });
  if (api === undefined) return undefined;
  const [row] = await context.store.db
    .select({ scopeId: chatConnections.scopeId })
    .from(chatConnections)
    .where(eq(chatConnections.installationId, installation.id));
  return row === undefined ? undefined : { api, scopeId: row.scopeId };
}

/**
 * - `connected`: it is now, and was not before or had to be again;
 * - `present`, `absent`: it was as it should be, connected or not;
 * - `disconnected`: it is not any more;
 * - `no_access`: the account does not let us in, and is connected once it does again.
 */
export type Brought =
  'connected' | 'present' | 'absent' | 'disconnected' | 'no_access' | { readonly again: number };

/**
 * Connects the account to our chats channel while it has saved channels, and disconnects it while it has none
 * (`platform/server.md §6.3`). What fails is told in the log and to be tried again after so many seconds.
 *
 * @param isForced Connects it even if it is connected already as far as we know: an installation anew has disconnected
 *   it.
 * @param attempt 1 for the first.
 */
export async function bringConnection(
  context: Context,
  installationId: string,
  {
    isForced,
    attempt,
    baseSeconds = 15,
    ...options
  }: ConnectionOptions & { isForced: boolean; attempt: number; baseSeconds?: number },
): Promise<Brought> {
  const { log, metrics } = context;
  try {
    const brought = await bring(context, installationId, { isForced, ...options });
    if (brought === 'connected' || brought === 'disconnected') {
      metrics.chatsConnections.inc({ result: brought });
      log.info(
        { installation: installationId, result: brought },
        'the account’s chats channel was brought in step',
      );
    }
    return brought;
  } catch (error) {
    if (!(error instanceof ChatsApiError) && !(error instanceof KommoApiError)) throw error;
    if (error.kind === 'access_revoked') return 'no_access';
    const result = error.kind === 'temporary' ? 'unavailable' : 'refused';
    metrics.chatsConnections.inc({ result });
    const { retryAfter } = error;
    const again = retryPause({ attempt, baseSeconds, retryAfter });
    log.warn(
      { installation: installationId, result, reason: error.message, again: Math.ceil(again) },
      'the account’s chats channel is not in step; conversations wait until it is',
    );
    return { again };
  }
}

async function bring(
  context: Context,
  installationId: string,
  { isForced, apis, http }: ConnectionOptions & { isForced: boolean },
): Promise<Brought> {
  const { db } = context.store;
  const forget = () => db.delete(chatConnections).where(eq(chatConnections.installationId, installationId));
  const installation = await installationOf(db, installationId);
  if (installation === undefined) {
    // Uninstalling has disconnected it.
    await forget();
    return 'absent';
  }
  const api = chatsApiOf(installation, context, { http });
  const [row] = await db
    .select()
    .from(chatConnections)
    .where(eq(chatConnections.installationId, installationId));
  const isWanted = (await db.$count(channels, areSaved(installationId))) > 0;
  if (api === undefined || (!isWanted && row === undefined)) return 'absent';
  if (!isWanted && row !== undefined) {
    await disconnect(api, row);
    await forget();
    return 'disconnected';
  }
  if (row !== undefined && !isForced) return 'present';
  const account = await apis.of(installationId).get<{ amojo_id?: unknown }>('/account', { with: 'amojo_id' });
  const amojoId = account?.amojo_id;
  if (typeof amojoId !== 'string' || amojoId === '') {
    throw new KommoApiError('temporary', 'GET /account was answered without an amojo_id.');
  }
  const scopeId = await api.connect({ amojoId, title });
  await keep(db, { installationId, amojoId, scopeId, connectedAt: context.clock.now() });
  return 'connected';
}

/** Where the channel or the account is gone there is nothing left to disconnect. */
async function disconnect(api: ChatsApi, { amojoId }: { amojoId: string }): Promise<void> {
  try {
    await api.disconnect({ amojoId });
  } catch (error) {
    if (!(error instanceof ChatsApiError) || error.status !== 404) throw error;
  }
}

/** Two integrations of ours in one account share its scope: it is the later one's. */
async function keep(db: Database, row: typeof chatConnections.$inferInsert): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .delete(chatConnections)
      .where(
        and(eq(chatConnections.scopeId, row.scopeId), ne(chatConnections.installationId, row.installationId)),
      );
    await tx
      .insert(chatConnections)
      .values(row)
      .onConflictDoUpdate({ target: chatConnections.installationId, set: row });
  });
}
