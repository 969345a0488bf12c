import { isDeepStrictEqual } from 'node:util';
import { eq } from 'drizzle-orm';
import { channels } from '../connections/tables.js';
import type { Context } from '../context.js';
import { type KommoApi, KommoApiError, type KommoApis } from '../kommo-api/kommo-api.js';
import { chatsChannelOf } from './amojo/address.js';
import { installationOf } from './connection.js';
import { withMainPipeline, type WantedSource, wantedSources } from './wanted-sources.js';

/** The most that an integration may have in an account (`platform/server.md §5.11`). */
const mostSources = 100;

/** What `GET /api/v4/sources` gives. */
interface Source {
  readonly id: number;
  readonly name: string;
  readonly external_id: string;
  readonly pipeline_id: number | null;
}

type SourceList = { _embedded?: { sources?: Source[] } } | undefined;

/** What was done to the account's sources. */
export interface SourcesChanged {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** Refused by the account, each of them told in the log. */
  readonly refused: number;
}

const nothing: SourcesChanged = { added: 0, changed: 0, removed: 0, refused: 0 };

/**
 * Brings the account's sources in step with the installation's saved channels (`platform/server.md §5.11`):
 *
 * | the account has                           | and the channel  | done    |
 * | ----------------------------------------- | ---------------- | ------- |
 * | no source with its id                     | is saved         | POST    |
 * | one with another name or pipeline         | is saved         | PATCH   |
 * | one                                       | is not saved     | DELETE  |
 * | one whose `external_id` is no channel's   |                  | nothing |
 *
 * The sources are read first, so that doing it again after an answer was lost makes none twice. Rejects with a
 * {@link KommoApiError} that is `temporary`; everything else is told in the log, and tried again at the next occasion.
 */
export async function bringSources(
  context: Context,
  apis: KommoApis,
  installationId: string,
): Promise<SourcesChanged> {
  const { log } = context;
  try {
    const changed = await bring(context, apis.of(installationId), installationId);
    if (changed.added + changed.changed + changed.removed > 0) {
      log.info({ installation: installationId, ...changed }, 'the account’s sources were brought in step');
    }
    return changed;
  } catch (error) {
    if (!(error instanceof KommoApiError) || error.kind === 'temporary') throw error;
    log.warn(
      { installation: installationId, kind: error.kind, status: error.status },
      'the account does not let us keep its sources: its incoming leads come into the main pipeline',
    );
    return nothing;
  }
}

async function bring(context: Context, api: KommoApi, installationId: string): Promise<SourcesChanged> {
  const { db } = context.store;
  const installation = await installationOf(db, installationId);
  if (installation?.state !== 'active') return nothing;
  if (chatsChannelOf(installation, context.config) === undefined) return nothing;
  const wanted = await wantedSources(context, installationId);
  const changed = await bringTo(wanted, context, { api, installationId });
  // Settings that were saved meanwhile may have been brought in step by another process, and by us out of it again.
  const isStill = isDeepStrictEqual(wanted, await wantedSources(context, installationId));
  return isStill ? changed : bring(context, api, installationId);
}

async function bringTo(
  wanted: ReadonlyMap<string, WantedSource>,
  context: Context,
  { api, installationId }: { api: KommoApi; installationId: string },
): Promise<SourcesChanged> {
  const { db } = context.store;
  const ours = await db
    .select({ id: channels.id, sourceId: channels.sourceId })
    .from(channels)
    .where(eq(channels.installationId, installationId));
  if (wanted.size === 0 && ours.every(({ sourceId }) => sourceId === null)) return nothing;

  const list = (await api.get<NonNullable<SourceList>>('/sources', { limit: 250 }))?._embedded?.sources ?? [];
  const ids = new Set(ours.map(({ id }) => id));
  const present = new Map(
    list.filter(({ external_id }) => ids.has(external_id)).map((source) => [source.external_id, source]),
  );
  const tally = { added: 0, changed: 0, removed: 0, refused: 0 };
  const attempt = async (what: 'added' | 'changed' | 'removed', work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      tally[what] += 1;
    } catch (error) {
      if (!isOfOne(error)) throw error;
      tally.refused += 1;
      context.log.warn(
        { installation: installationId, status: error.status, reason: error.message },
        'the account refuses a source: incoming leads of its channel come into the main pipeline',
      );
    }
  };
  const keep = (channelId: string, sourceId: number | null): Promise<unknown> =>
    db.update(channels).set({ sourceId }).where(eq(channels.id, channelId));

  for (const [channelId, source] of present) {
    if (!wanted.has(channelId)) await attempt('removed', () => remove(api, source));
  }
  // A channel whose source somebody has removed in the account has none any more.
  for (const { id, sourceId } of ours) {
    if (sourceId !== null && !(wanted.has(id) && present.has(id))) await keep(id, null);
  }
  let room = mostSources - list.length + tally.removed;
  for (const [channelId, source] of await withMainPipeline(wanted, api)) {
    const known = present.get(channelId);
    if (known !== undefined) {
      if (known.name !== source.name || known.pipeline_id !== source.pipeline_id) {
        const { name, pipeline_id } = source;
        await attempt('changed', async () => {
          await api.patch(`/sources/${known.id}`, { name, pipeline_id });
        });
      }
      await keep(channelId, known.id);
    } else if (room > 0) {
      room -= 1;
      await attempt('added', async () => {
        const id = await add(api, source);
        await keep(channelId, id);
      });
    } else {
      tally.refused += 1;
      context.log.warn(
        { installation: installationId, most: mostSources },
        'the account has as many sources as it may have: incoming leads of a channel come into the main pipeline',
      );
    }
  }
  return tally;
}

async function add(api: KommoApi, source: WantedSource<number>): Promise<number> {
  const answer = await api.post<NonNullable<SourceList>>('/sources', [source]);
  const id = answer?._embedded?.sources?.find(({ external_id }) => external_id === source.external_id)?.id;
  if (typeof id === 'number') return id;
  throw new KommoApiError('temporary', 'POST /sources was answered without the source.', { mayBeDone: true });
}

async function remove(api: KommoApi, { id }: Source): Promise<void> {
  try {
    await api.delete(`/sources/${id}`);
  } catch (error) {
    if (!(error instanceof KommoApiError) || error.kind !== 'not_found') throw error;
  }
}

/** Such as a pipeline that is not there any more: the other sources are none the worse for it. */
function isOfOne(error: unknown): error is KommoApiError {
  return error instanceof KommoApiError && (error.kind === 'refused' || error.kind === 'not_found');
}
