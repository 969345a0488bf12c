import { and, eq, inArray, isNull, ne, notInArray, sql } from 'drizzle-orm';
import type { ApiError } from '../../contract/api-error.js';
import { sessionExpiredCode } from '../../contract/api-error.js';
import type { SettingsRequest } from '../../contract/connections-api.js';
import type { Caller } from '../auth/authenticate.js';
import { ChatServiceError } from '../chat-services/chat-service.js';
import type { Context } from '../context.js';
import type { KommoApis } from '../kommo-api/kommo-api.js';
import { Refusal } from '../refusal.js';
import type { Database } from '../store/store.js';
import { storable } from '../store/storable.js';
import { within } from '../within.js';
import { lockVersion, raiseVersion, refuseUsedToken, useToken } from './changes.js';
import { channelsOf, markDisconnected } from './channels.js';
import type { Connecting } from './connecting.js';
import type { Opening } from './opening.js';
import { readPipelines } from './pipelines.js';
import { type Channel, channels } from './tables.js';
import { sendWork } from './work.js';

export interface SettingsOptions {
  readonly apis: KommoApis;
  readonly opening: Opening;
  readonly connecting: Pick<Connecting, 'renew'>;
  /** Milliseconds that a service has to say who is connected. */
  readonly patience?: number | undefined;
}

/** Somebody waits with the settings open: a service that says nothing does not keep them from being saved. */
const usualPatience = 5000;

/**
 * `PUT /connections/settings`: which channels are used from now on, for what, and through which one messages go out.
 * What has to be done at the services for it is work of the queue, given to it in the same transaction.
 *
 * @throws Refusal
 */
export async function saveSettings(
  { store, config, log }: Context,
  caller: Caller,
  request: SettingsRequest,
  { apis, opening, connecting, patience = usualPatience }: SettingsOptions,
): Promise<void> {
  const { db } = store;
  const installationId = caller.installation.id;
  await refuseUsedToken(db, caller, config);
  const wanted = wantedChannels(request);
  const present = await channelsOf(db, installationId);
  const chosen = request.channels.map(({ id }) => {
    const channel = present.find((one) => one.id === id);
    if (channel === undefined) throw unknownChannel(id);
    return channel;
  });
  await checkPipelines(apis, installationId, request);
  await Promise.all(
    chosen
      .filter(({ savedAt }) => savedAt === null)
      .map((channel) => refreshChannel(db, channel, { opening, log, patience })),
  );
  await refuseDisconnected(db, caller, chosen, { request, connecting });

  await db.transaction(async (tx) => {
    const version = await lockVersion(tx, installationId);
    if (version !== request.version) {
      throw new Refusal(
        409,
        'changed_elsewhere',
        `The settings were changed elsewhere since version ${request.version}; they are at ${version}: read them again`,
      );
    }
    await useToken(tx, caller, config);
    await writeSettings(tx, installationId, wanted);
    await raiseVersion(tx, installationId, { hasSaved: true });
    // For one that was saved before it changes nothing.
    await sendWork(
      store,
      tx,
      chosen.map(({ id }) => ({ channelId: id })),
    );
  });
  log.info({ installation: installationId, channels: chosen.length }, 'The connections were saved');
}

interface Wanted {
  readonly pipelines: ReadonlyMap<string, number | null>;
  readonly defaultId: string;
}

function wantedChannels({ channels: list, default_channel_id: defaultId }: SettingsRequest): Wanted {
  const pipelines = new Map(list.map(({ id, pipeline_id: pipelineId }) => [id, pipelineId]));
  if (pipelines.size < list.length) {
    throw new Refusal(400, 'bad_request', 'channels: expected each channel once');
  }
  if (!pipelines.has(defaultId)) {
    throw new Refusal(400, 'bad_request', 'default_channel_id: expected one of the channels');
  }
  return { pipelines, defaultId };
}

async function writeSettings(
  tx: Database,
  installationId: string,
  { pipelines, defaultId }: Wanted,
): Promise<void> {
  const ids = [...pipelines.keys()];
  const ours = and(eq(channels.installationId, installationId), isNull(channels.removedAt));
  const now = sql`now()`;
  // First of all: there is one default at every moment.
  await tx
    .update(channels)
    .set({ isDefault: false, updatedAt: now })
    .where(and(ours, eq(channels.isDefault, true), ne(channels.id, defaultId)));
  await tx
    .update(channels)
    .set({ savedAt: null, pipelineId: null, updatedAt: now })
    .where(and(ours, notInArray(channels.id, ids), sql`${channels.savedAt} is not null`));
  for (const [id, pipelineId] of [...pipelines].sort()) {
    const isDefault = id === defaultId;
    await tx
      .update(channels)
      .set({ pipelineId, isDefault, savedAt: sql`coalesce(${channels.savedAt}, now())`, updatedAt: now })
      .where(and(ours, eq(channels.id, id)));
  }
  const left = await tx.$count(channels, and(ours, inArray(channels.id, ids)));
  // The version says otherwise; a channel must not be lost without a word all the same.
  if (left < ids.length)
    throw new Refusal(409, 'changed_elsewhere', 'A channel was removed: read them again');
}

async function checkPipelines(
  apis: KommoApis,
  installationId: string,
  { channels: list }: SettingsRequest,
): Promise<void> {
  const ids = list.flatMap(({ pipeline_id: id }) => (id === null ? [] : [id]));
  if (ids.length === 0) return;
  const known = await readPipelines(apis, installationId);
  const unknown = ids.find((id) => !known.some((pipeline) => pipeline.id === id));
  if (unknown !== undefined) {
    throw new Refusal(
      422,
      'unknown_pipeline',
      `The account has no pipeline ${unknown}: choose one of those that it has now`,
    );
  }
}

/** Has the service tell who is connected now: the name may have changed, or the session be over. */
async function refreshChannel(
  db: Database,
  channel: Channel,
  { opening, log, patience }: { opening: Opening; log: Context['log']; patience: number },
): Promise<void> {
  const service = opening.open(channel);
  if (service === undefined) {
    await markDisconnected(db, channel.id);
    return;
  }
  try {
    const { name, phone } = await within(patience, service.describe(AbortSignal.timeout(patience)));
    await db
      .update(channels)
      .set({ name: storable(name).slice(0, 200), phone: storable(phone) ?? null, state: 'connected' })
      .where(eq(channels.id, channel.id));
  } catch (error) {
    if (error instanceof ChatServiceError && error.kind === 'not_connected') {
      await markDisconnected(db, channel.id);
      return;
    }
    // The service may be down for a moment: that does not keep the settings from being saved.
    log.warn({ err: error, channel: channel.id }, 'A chat service did not say who is connected');
  }
}

/** A channel that is saved now, or through which all messages are to go, has to be connected. */
async function refuseDisconnected(
  db: Database,
  caller: Caller,
  chosen: readonly Channel[],
  { request, connecting }: { request: SettingsRequest; connecting: Pick<Connecting, 'renew'> },
): Promise<void> {
  const now = await channelsOf(db, caller.installation.id);
  const out = chosen.find(
    ({ id, savedAt }) =>
      (savedAt === null || id === request.default_channel_id) &&
      now.find((one) => one.id === id)?.state === 'disconnected',
  );
  if (out === undefined) return;
  const message = `The channel ${out.id} is disconnected: connect it again`;
  const url = out.method === 'oauth' ? await connecting.renew(caller, out) : undefined;
  if (url === undefined) throw new Refusal(422, 'channel_disconnected', message);
  const more: Pick<ApiError, 'refresh_token_url'> = { refresh_token_url: url };
  throw new Refusal(401, sessionExpiredCode, message, more);
}

/** Of another account or of none: the answer is the same. */
export function unknownChannel(id: string): Refusal {
  return new Refusal(404, 'unknown_channel', `The account has no channel ${JSON.stringify(id.slice(0, 36))}`);
}
