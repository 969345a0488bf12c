import type { Context } from '../../context.js';
import { KommoApiError } from '../../kommo-api/kommo-api.js';
import type { KommoApi, KommoApis } from '../../kommo-api/kommo-api.js';
import type { Subscriber } from './subscriber.js';

/** `given_up`: the account does not let us, which a repetition would not change. */
export type Subscription = 'present' | 'added' | 'changed' | 'renewed' | 'given_up';

/** What `GET /api/v4/webhooks` gives (`platform/server.md §4.1`). */
interface AccountWebhook {
  readonly destination: string;
  readonly disabled: boolean;
  readonly settings: readonly string[];
}

/** Where accounts send their general webhooks, with the secret. */
export function webhookAddress({ publicUrl, hookSecrets }: Context['config']): string {
  return `${publicUrl}/hooks/webhooks/${hookSecrets[0]}`;
}

/**
 * Sees to it that the account tells us what the subscribers want to know (`platform/server.md §4.1`).
 *
 * | the account has for our address          | done             |
 * | ---------------------------------------- | ---------------- |
 * | the events that are wanted, switched on  | nothing          |
 * | nothing                                  | POST             |
 * | other events                             | POST             |
 * | a webhook that it has disabled           | DELETE and POST  |
 * | one with an old secret                   | DELETE           |
 *
 * Rejects with a {@link KommoApiError} that is `temporary`; with every other the reason is logged and that is all: the
 * account's plan may have no webhooks (402, 403), the access may be withdrawn.
 */
export async function subscribeWebhooks(
  context: Context,
  apis: KommoApis,
  installationId: string,
  { subscribers }: { subscribers: readonly Subscriber[] },
): Promise<Subscription> {
  const { config, log } = context;
  const wanted = [...new Set(subscribers.flatMap(({ settings }) => settings))].sort();
  try {
    const result = await subscribe(apis.of(installationId), webhookAddress(config), wanted);
    if (result !== 'present') log.info({ installation: installationId, result }, 'webhooks are subscribed');
    return result;
  } catch (error) {
    if (!(error instanceof KommoApiError) || error.kind === 'temporary') throw error;
    log.warn(
      { installation: installationId, kind: error.kind, status: error.status },
      'the account does not let us subscribe to its webhooks: names in the logs will be old',
    );
    return 'given_up';
  }
}

async function subscribe(
  api: KommoApi,
  destination: string,
  settings: readonly string[],
): Promise<Subscription> {
  const answer = await api.get<{ _embedded?: { webhooks?: AccountWebhook[] } }>('/webhooks', { limit: 250 });
  const present = answer?._embedded?.webhooks ?? [];
  const ours = present.find((webhook) => webhook.destination === destination);
  const result = await bring(api, ours, { destination, settings });

  const place = destination.slice(0, destination.lastIndexOf('/') + 1);
  for (const old of present) {
    if (old !== ours && old.destination.startsWith(place)) await remove(api, old.destination);
  }
  return result;
}

async function bring(
  api: KommoApi,
  ours: AccountWebhook | undefined,
  wanted: { destination: string; settings: readonly string[] },
): Promise<Subscription> {
  if (ours?.disabled === true) {
    // Whether a POST alone would switch it on again is not known.
    await remove(api, ours.destination);
    await api.post('/webhooks', wanted);
    return 'renewed';
  }
  if (ours !== undefined && [...ours.settings].sort().join() === [...wanted.settings].sort().join()) {
    return 'present';
  }
  await api.post('/webhooks', wanted);
  return ours === undefined ? 'added' : 'changed';
}

async function remove(api: KommoApi, destination: string): Promise<void> {
  try {
    await api.delete('/webhooks', { destination });
  } catch (error) {
    if (!(error instanceof KommoApiError) || error.kind !== 'not_found') throw error;
  }
}
