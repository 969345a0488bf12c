import type { Config, Platform } from '../config.js';
import type { Context } from '../context.js';
import { accountOrigin, platformOf, subdomainOf } from '../kommo-api/hosts.js';
import { createHttp, type SendHttp } from '../kommo-api/http.js';
import { KommoApiError } from '../kommo-api/kommo-api.js';
import { readAccount, type AccountFacts } from './account.js';
import { readClaims } from './claims.js';
import { saveInstallation } from './save.js';

export type LongLivedResult =
  | { readonly ok: true; readonly installationId: string }
  /** One line: what was expected, what came, and what to do. */
  | { readonly ok: false; readonly reason: string };

/**
 * Makes or updates the installation of the account that gave a long-lived token in the configuration
 * (`platform/server.md §1.9`), for private integrations and for a backend of one's own. Undefined without one. To be
 * called at every start; an account that does not answer then is no reason not to start when the token itself tells
 * which account it is.
 */
export async function installLongLived(
  context: Context,
  { http = createHttp() }: { http?: SendHttp } = {},
): Promise<LongLivedResult | undefined> {
  const { config, clock } = context;
  if (config.longLived === undefined) return undefined;
  const { origin, token } = config.longLived;
  if (!URL.canParse(origin) || accountOrigin(new URL(origin).host, config) !== origin) {
    return {
      ok: false,
      reason: `The address of an account was expected for the long-lived token, as https://example.kommo.com, not "${origin}".`,
    };
  }
  const claims = readClaims(token);
  let facts: AccountFacts | undefined;
  try {
    facts = await readAccount(origin, token, { http, now: clock.now() });
  } catch (error) {
    if (!(error instanceof KommoApiError)) throw error;
    if (error.kind !== 'temporary' || claims?.accountId === undefined) {
      return {
        ok: false,
        reason: `The long-lived token gives no access. ${error.message} ${nextStep(error)}`,
      };
    }
    context.log.warn({ reason: error.message }, 'the account of the long-lived token was not read');
  }
  const accountId = facts?.accountId ?? claims?.accountId;
  if (accountId === undefined || (claims?.accountId ?? accountId) !== accountId) {
    return {
      ok: false,
      reason: `The long-lived token is one of account ${String(claims?.accountId)}, and ${origin} is account ${String(accountId)}. Make a token in the account itself.`,
    };
  }
  const { platform, clientId } = clientOf(config, origin, claims?.clientIds ?? []);
  const installationId = await saveInstallation(context, {
    platform,
    clientId,
    accountId,
    origin,
    subdomain: facts?.subdomain ?? subdomainOf(origin),
    apiDomain: claims?.apiDomain,
    accessToken: token,
    refreshToken: undefined,
    expiresAt: claims?.expiresAt,
    country: facts?.country,
    currency: facts?.currency,
  });
  return { ok: true, installationId };
}

function nextStep({ kind }: KommoApiError): string {
  switch (kind) {
    case 'access_revoked':
      return 'It has run out or was revoked: make a new one on the page of the integration, under Keys and scopes.';
    case 'subscription_lapsed':
      return 'Pay for the account, then start again.';
    case 'temporary':
      return 'Start again when the account can be reached.';
    default:
      return 'Check the address of the account and the scopes of the integration.';
  }
}

/** The client that the token names, even one that is not configured: such a token needs no secret. */
function clientOf(
  { clients }: Pick<Config, 'clients'>,
  origin: string,
  ids: readonly string[],
): { platform: Platform; clientId: string } {
  const platform = platformOf(origin);
  const known =
    clients.find(({ id }) => ids.includes(id)) ?? clients.find((client) => client.platform === platform);
  return {
    platform: platform ?? known?.platform ?? 'kommo',
    // A private token may not tell which integration it is of.
    clientId: ids[0] ?? known?.id ?? 'private',
  };
}
