import { SignJWT } from 'jose';

import { nowSeconds } from '../context.js';
import type { AccountContext } from '../context.js';
import type { BotRun, Integration } from '../state.js';
import { audienceOf } from '../tokens/disposable-token.js';

/**
 * How long a bot's token is good. The platform's own time is not known; this is short, so that nobody comes to
 * rely on a long one.
 */
export const botTokenLifetimeSeconds = 300;

/** `entity_type` of the token: 1 contact, 2 lead, 12 customer. */
const elementTypes = { contacts: '1', leads: '2', customers: '12' } as const;

/**
 * The token of a `widget_request`: HS512, where one-time tokens of users are HS256; the key is the integration's
 * secret (`platform/server.md §9`). Differences of the sources, decided here: `aud` has no port, as with
 * one-time tokens; `entity_type` is the number as a string, as it was seen live, although the documentation has a
 * word; of `client_uuid` and `client_uid` the first. There is no `jti`.
 */
export async function signBotToken(
  context: AccountContext,
  integration: Integration,
  { url, run }: { readonly url: string; readonly run: BotRun },
): Promise<string> {
  const now = nowSeconds(context);
  return new SignJWT({
    iss: new URL(context.url).origin,
    aud: audienceOf(url),
    iat: now,
    nbf: now,
    exp: now + botTokenLifetimeSeconds,
    account_id: context.account.id,
    subdomain: context.account.subdomain,
    client_uuid: integration.client_uuid,
    entity_type: elementTypes[run.entity_type],
    entity_id: run.entity_id,
    bot_type: 'salesbot',
  })
    .setProtectedHeader({ alg: 'HS512', typ: 'JWT' })
    .sign(new TextEncoder().encode(integration.client_secret));
}
