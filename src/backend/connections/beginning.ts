import { eq } from 'drizzle-orm';
import { type AttemptRequest, mostChannels } from '../../contract/connections-api.js';
import type { Caller } from '../auth/authenticate.js';
import type { ChatServiceDefinition } from '../chat-services/definition.js';
import type { Context } from '../context.js';
import { Refusal } from '../refusal.js';
import type { Database } from '../store/store.js';
import { makeRoom } from './attempt-rows.js';
import { channelsOf } from './channels.js';
import { beginOAuth, redirectUriOf } from './methods/oauth.js';
import { definitionOf, methodsOf } from './offered.js';
import type { Secrets } from './secrets.js';
import { type AttemptRow, connectionAttempts } from './tables.js';

/** Attempts at connecting a chat service that begin. */
export interface Beginning {
  /** @throws Refusal What cannot be connected, or not in this way, or not any more. */
  check(caller: Caller, request: AttemptRequest): Promise<void>;
  /** Adds an attempt that waits. */
  add(tx: Database, caller: Caller, request: AttemptRequest): Promise<AttemptRow>;
}

/** Minutes in which an attempt has to be finished: a key may have to be looked for. */
const minutes: Readonly<Record<AttemptRow['method'], number>> = { oauth: 15, qr: 10, api_key: 60 };

export function createBeginning(
  { store, config, clock }: Pick<Context, 'store' | 'config' | 'clock'>,
  {
    definitions,
    secrets,
  }: { readonly definitions: ReadonlyMap<string, ChatServiceDefinition>; readonly secrets: Secrets },
): Beginning {
  return {
    async check(caller, request) {
      const { service, method, channel_id: channelId } = request;
      const offered = methodsOf(definitionOf(definitions, request));
      if (!offered.includes(method)) {
        throw new Refusal(400, 'bad_request', `method: ${service} is connected by ${offered.join(', ')}`);
      }
      const present = await channelsOf(store.db, caller.installation.id);
      if (channelId === undefined) {
        if (present.length < mostChannels) return;
        throw new Refusal(
          409,
          'limit_reached',
          `The account has ${mostChannels} channels already: disconnect one first`,
        );
      }
      if (!present.some((channel) => channel.id === channelId && channel.service === service)) {
        throw new Refusal(404, 'unknown_channel', `The account has no channel of ${service} with this id`);
      }
    },

    async add(tx, caller, { service, method, channel_id: channelId }) {
      await makeRoom(store, tx, caller.installation.id);
      const definition = definitions.get(service);
      const [row] = await tx
        .insert(connectionAttempts)
        .values({
          installationId: caller.installation.id,
          userId: caller.userId,
          service,
          method,
          channelId: channelId ?? null,
          state: 'waiting',
          expiresAt: new Date(clock.now().getTime() + minutes[method] * 60_000),
        })
        .returning();
      if (row === undefined) throw new Error('The attempt was added and is not there.');
      if (method !== 'oauth' || definition?.oauth === undefined) return row;
      const { stateHash, step } = beginOAuth(definition.oauth, {
        redirectUri: redirectUriOf(config, service),
        origin: caller.origin,
      });
      const kept = { stateHash, memory: secrets.sealStep(row.id, step) };
      await tx.update(connectionAttempts).set(kept).where(eq(connectionAttempts.id, row.id));
      return { ...row, ...kept };
    },
  };
}
