import { channels } from '../connections/tables.js';
import type { Context } from '../context.js';
import { phoneForPeople } from '../delivery/planning/e164.js';
import { type KommoApi, KommoApiError } from '../kommo-api/kommo-api.js';
import { areSaved } from './connection.js';

/** The source that an account is to have for a channel. */
export interface WantedSource<PipelineId extends number | null = number | null> {
  /** By this alone users of the account tell the channels apart: our chats channel has one title for all of them. */
  readonly name: string;
  readonly external_id: string;
  readonly pipeline_id: PipelineId;
}

/**
 * A source for each saved channel of an installation, by the channel's id: without one a user of the account sees
 * neither where a client has written nor the channel where they write first (`platform/server.md §5.11`). Null stands
 * for the main pipeline, where none was chosen.
 */
export async function wantedSources(
  { store }: Pick<Context, 'store'>,
  installationId: string,
): Promise<Map<string, WantedSource>> {
  const saved = await store.db
    .select({ id: channels.id, name: channels.name, phone: channels.phone, pipelineId: channels.pipelineId })
    .from(channels)
    .where(areSaved(installationId))
    .orderBy(channels.createdAt, channels.id);
  return new Map(
    saved.map((channel) => {
      const { id, pipelineId } = channel;
      return [id, { name: nameOf(channel, saved), external_id: id, pipeline_id: pipelineId }];
    }),
  );
}

type Named = Pick<typeof channels.$inferSelect, 'id' | 'name' | 'phone'>;

/** Several numbers of one account have its name at some services: the number tells them apart. */
function nameOf({ id, name, phone }: Named, all: readonly Named[]): string {
  const own = name.trim();
  if (own === '') return phone ?? id;
  const isShared = all.some((other) => other.id !== id && other.name.trim() === own);
  return isShared && phone !== null ? `${own}, ${phoneForPeople(phone)}` : own;
}

interface ApiPipelines {
  readonly _embedded?: {
    readonly pipelines?: readonly { readonly id: number; readonly is_main?: boolean }[];
  };
}

/** The same with the id of the main pipeline, which is asked for when it is needed. */
export async function withMainPipeline(
  wanted: ReadonlyMap<string, WantedSource>,
  api: KommoApi,
): Promise<Map<string, WantedSource<number>>> {
  const isNeeded = [...wanted.values()].some(({ pipeline_id }) => pipeline_id === null);
  const main = isNeeded ? await readMainPipeline(api) : 0;
  return new Map(
    [...wanted].map(([id, source]) => [id, { ...source, pipeline_id: source.pipeline_id ?? main }]),
  );
}

async function readMainPipeline(api: KommoApi): Promise<number> {
  const answer = await api.get<ApiPipelines>('/leads/pipelines');
  const main = answer?._embedded?.pipelines?.find(({ is_main }) => is_main === true);
  if (main !== undefined) return main.id;
  throw new KommoApiError('temporary', 'GET /leads/pipelines was answered without a main pipeline.');
}
