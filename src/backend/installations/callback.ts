import { setTimeout as pause } from 'node:timers/promises';
import { type Client, type Config, defaultPlatform, type Platform } from '../config.js';
import type { Context } from '../context.js';
import { accountOrigin, platformOf, subdomainOf } from '../kommo-api/hosts.js';
import type { SendHttp } from '../kommo-api/http.js';
import { KommoApiError } from '../kommo-api/kommo-api.js';
import { readAccount, type AccountFacts } from './account.js';
import { readClaims } from './claims.js';
import type { PageName } from './page-words.js';
import { saveInstallation } from './save.js';
import { requestTokens, TokenError, type TokenPair } from './token-endpoint.js';

/** What the platform sends to the redirect address (`platform/server.md §1.1`); everything in it may be forged. */
export interface CallbackQuery {
  readonly code?: string | undefined;
  readonly error?: string | undefined;
  /** Host of the account; some pages of the platform spell it `referrer`. */
  readonly host?: string | undefined;
  readonly clientId?: string | undefined;
  /** `1` is amocrm.ru, `2` is amocrm.com and kommo.com. */
  readonly platform?: string | undefined;
}

export type CallbackResult =
  | {
      readonly name: 'installed';
      readonly platform: Platform;
      readonly origin: string;
      readonly installationId: string;
    }
  | {
      readonly name: Exclude<PageName, 'installed' | 'stale_state'>;
      readonly platform: Platform;
      readonly origin?: string;
      /** For the log; names no code and no token. */
      readonly reason?: string;
    };

const platforms: Readonly<Record<string, Platform>> = { 1: 'amocrm', 2: 'kommo' };

/** Milliseconds before an account that did not answer is asked a second time which one it is. */
const secondLook = 300;

/**
 * Changes the code for tokens and saves the installation. The secret goes to no host that is not on the list of account
 * hosts, and not to the other platform's. Throws only what the store throws.
 */
export async function completeInstallation(
  context: Context,
  query: CallbackQuery,
  { http }: { http: SendHttp },
): Promise<CallbackResult> {
  const { config, clock } = context;
  const origin = query.host === undefined ? undefined : accountOrigin(query.host, config);
  const client = clientFor(config, query, origin);
  const platform = client?.platform ?? named(query) ?? defaultPlatform(config);
  if (query.error !== undefined) return { name: 'declined', platform };
  const { code } = query;
  if (code === undefined || code === '' || code.length > 4096 || query.host === undefined) {
    return { name: 'no_code', platform };
  }
  if (origin === undefined) return { name: 'unknown_host', platform };
  if (client === undefined) return { name: 'unknown_client', platform };

  let pair: TokenPair;
  try {
    const grant = { grant_type: 'authorization_code', code } as const;
    pair = await requestTokens(origin, client, grant, { config, http, now: () => clock.now() });
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    return { name: refusals[error.kind], platform, origin, reason: error.message };
  }
  return settle(context, { origin, client, pair }, { http });
}

const refusals = {
  void: 'void_code',
  client: 'client_refused',
  moved: 'unavailable',
  temporary: 'unavailable',
} as const satisfies Record<TokenError['kind'], PageName>;

/**
 * Whose the tokens are is asked of the account, and has to fit what the token says of itself. An account that just now
 * does not answer is believed on the token's word: the code is used up, and the tokens would be lost.
 */
async function settle(
  context: Context,
  { origin, client, pair }: { origin: string; client: Client; pair: TokenPair },
  { http }: { http: SendHttp },
): Promise<CallbackResult> {
  const { platform } = client;
  const claims = readClaims(pair.accessToken);
  const clientIds = claims?.clientIds ?? [];
  if (clientIds.length > 0 && !clientIds.includes(client.id)) {
    return { name: 'wrong_account', platform, origin, reason: 'The token is for another client.' };
  }
  let facts: AccountFacts | undefined;
  try {
    facts = await readAccountPatiently(context, origin, pair.accessToken, http);
  } catch (error) {
    if (!(error instanceof KommoApiError)) throw error;
    const { kind, message } = error;
    if (kind !== 'temporary' && kind !== 'subscription_lapsed') {
      return { name: 'no_access', platform, origin, reason: message };
    }
    if (claims?.accountId === undefined) return { name: 'unavailable', platform, origin, reason: message };
    context.log.warn({ origin, reason: message }, 'the account was not read at its installation');
  }
  const accountId = facts?.accountId ?? claims?.accountId;
  if (accountId === undefined || (claims?.accountId ?? accountId) !== accountId) {
    return { name: 'wrong_account', platform, origin, reason: 'The token is for another account.' };
  }
  const installationId = await saveInstallation(context, {
    platform,
    clientId: client.id,
    accountId,
    origin,
    subdomain: facts?.subdomain ?? subdomainOf(origin),
    apiDomain: claims?.apiDomain,
    ...pair,
    country: facts?.country,
    currency: facts?.currency,
  });
  return { name: 'installed', platform, origin, installationId };
}

async function readAccountPatiently(
  { clock }: Context,
  origin: string,
  accessToken: string,
  http: SendHttp,
): Promise<AccountFacts> {
  const read = (): Promise<AccountFacts> => readAccount(origin, accessToken, { http, now: clock.now() });
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof KommoApiError) || error.kind !== 'temporary') throw error;
    await pause(secondLook);
    return read();
  }
}

/**
 * | client_id | platform | client                                          |
 * | --------- | -------- | ----------------------------------------------- |
 * | ours      | any      | that one                                        |
 * | another's | any      | none                                            |
 * | absent    | 1 or 2   | the platform's                                  |
 * | absent    | absent   | that of the account's host                      |
 *
 * And in every case none whose platform is not that of the account's host: Kommo and amoCRM are separate companies'
 * services (`platform/server.md §1.7`), and the secret of one is nothing for the other.
 */
function clientFor(
  { clients }: Pick<Config, 'clients'>,
  query: CallbackQuery,
  origin: string | undefined,
): Client | undefined {
  const ofHost = origin === undefined ? undefined : platformOf(origin);
  const fits = ({ platform }: Client): boolean => ofHost === undefined || platform === ofHost;
  if (query.clientId !== undefined)
    return clients.find((client) => client.id === query.clientId && fits(client));
  const platform = named(query) ?? ofHost;
  return clients.find((client) => (platform === undefined || client.platform === platform) && fits(client));
}

function named({ platform }: CallbackQuery): Platform | undefined {
  return platform !== undefined && Object.hasOwn(platforms, platform) ? platforms[platform] : undefined;
}
