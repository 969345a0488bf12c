import { and, eq, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import { ChatServiceError } from '../chat-services/chat-service.js';
import type { ChatServiceDefinition, ConnectedService } from '../chat-services/definition.js';
import type { Context } from '../context.js';
import { isUuid } from '../uuid.js';
import { within } from '../within.js';
import { markDisconnected } from './channels.js';
import { hookUrl } from './hook-url.js';
import type { Opening } from './opening.js';
import type { Secrets } from './secrets.js';
import { type Channel, channels, connectionAttempts } from './tables.js';

export interface FollowOptions {
  readonly definitions: ReadonlyMap<string, ChatServiceDefinition>;
  readonly secrets: Secrets;
  readonly opening: Opening;
  /** Milliseconds that a service has for one call. */
  readonly patience?: number | undefined;
}

/** Longer than any call of a service's adapter takes. */
const usualPatience = 60_000;

/**
 * Brings the chat service in step with what is stored of a channel. It reads what is stored anew, so that it may run in
 * any order and any number of times.
 *
 * | the channel                | what is done                                                     |
 * | -------------------------- | ---------------------------------------------------------------- |
 * | saved                      | the service tells us what comes in                               |
 * | connected, and not saved   | nothing: what comes in is dropped                                |
 * | removed                    | that is undone, then the access data is erased                   |
 *
 * Rejects with what may pass, to be tried again.
 *
 * @param released Sealed access data whose place another has taken: it is signed out first.
 */
export async function followChannel(
  context: Context,
  { channelId, released }: { channelId: string; released?: string | undefined },
  options: FollowOptions,
): Promise<void> {
  const { opening, patience = usualPatience } = options;
  const { db } = context.store;
  if (!isUuid(channelId)) return;
  const read = async (): Promise<Channel | undefined> => {
    const [row] = await db.select().from(channels).where(eq(channels.id, channelId));
    return row;
  };
  const channel = await read();
  if (channel === undefined) return;
  const { publicUrl } = context.config;
  /** It may have been told of an address that was ours before. */
  const disconnect = async (service: ConnectedService): Promise<void> => {
    for (const base of new Set([channel.hookBase ?? publicUrl, publicUrl])) {
      const url = hookUrl({ publicUrl: base }, channel);
      await unlessOver(context, channel, within(patience, service.disconnect(url)));
    }
  };

  if (released !== undefined) {
    const before = opening.open({ ...channel, credentials: released });
    if (before !== undefined) await disconnect(before);
  }
  const service = opening.open(channel);
  if (channel.removedAt !== null) {
    if (service !== undefined) await disconnect(service);
    await eraseCredentials(context, channelId);
    return;
  }
  if (channel.savedAt === null || channel.state === 'disconnected' || service === undefined) return;
  try {
    await within(patience, service.listen(hookUrl({ publicUrl }, channel)));
    await db.update(channels).set({ hookBase: publicUrl, followAt: null }).where(eq(channels.id, channelId));
  } catch (error) {
    if (!(error instanceof ChatServiceError) || error.kind === 'temporary') throw error;
    if (error.kind === 'not_connected') await markDisconnected(db, channelId);
    context.log.warn(
      { err: error, channel: channelId, service: channel.service },
      'A chat service refuses to tell what comes in; it is asked again in an hour',
    );
    return;
  }
  // It was removed while the service was asked: whoever undid it may have come before.
  if ((await read())?.removedAt !== null) await disconnect(service);
}

/** What the service refuses for good is over as far as it goes. */
async function unlessOver({ log }: Context, channel: Channel, undoing: Promise<void>): Promise<void> {
  try {
    await undoing;
  } catch (error) {
    if (!(error instanceof ChatServiceError) || error.kind === 'temporary') throw error;
    log.warn(
      { err: error, channel: channel.id, service: channel.service },
      'A chat service refused to sign a channel out',
    );
  }
}

async function eraseCredentials({ store }: Pick<Context, 'store'>, id: string): Promise<void> {
  await store.db
    .update(channels)
    .set({ credentials: null, updatedAt: sql`now()` })
    .where(eq(channels.id, id));
}

/** Has the service forget what an attempt has begun there that came to nothing. */
export async function forgetAttempt(
  { store }: Pick<Context, 'store'>,
  attemptId: string,
  { definitions, secrets, patience = usualPatience }: FollowOptions,
): Promise<void> {
  if (!isUuid(attemptId)) return;
  const [attempt] = await store.db
    .select()
    .from(connectionAttempts)
    .where(and(eq(connectionAttempts.id, attemptId), eq(connectionAttempts.state, 'failed')));
  const step = attempt === undefined ? undefined : secrets.openStep(attempt);
  const qr = attempt === undefined ? undefined : definitions.get(attempt.service)?.qr;
  if (step?.method !== 'qr' || step.memory === undefined) return;
  if (qr !== undefined) await within(patience, qr.cancel(step.memory));
  await store.db.update(connectionAttempts).set({ memory: null }).where(eq(connectionAttempts.id, attemptId));
}

/** Minutes until what did not work is tried again, whatever became of the retries of its job. */
const pause = 60;

/**
 * Channels whose service is not in step with what is stored: it calls an address that is ours no more (`PUBLIC_URL` has
 * changed) or none, or there is something to be undone yet. Each is given out once in a while.
 *
 * @param isDue Only those whose time has come; else all.
 */
export async function claimUnfinished(
  { db }: Context['store'],
  { publicUrl }: Context['config'],
  { isDue }: { readonly isDue: boolean },
): Promise<readonly string[]> {
  const isListening = and(
    isNull(channels.removedAt),
    isNotNull(channels.savedAt),
    eq(channels.state, 'connected'),
  );
  const rows = await db
    .update(channels)
    .set({ followAt: sql`now() + make_interval(mins => ${pause}::int)` })
    .where(
      and(
        isNotNull(channels.credentials),
        or(
          and(isListening, sql`${channels.hookBase} is distinct from ${publicUrl}`),
          isNotNull(channels.removedAt),
        ),
        ...(isDue ? [or(isNull(channels.followAt), lte(channels.followAt, sql`now()`))] : []),
      ),
    )
    .returning({ id: channels.id });
  return rows.map(({ id }) => id);
}
