import type { Client, Config } from '../config.js';
import { readAccount } from '../installations/account.js';
import { requestTokens, TokenError } from '../installations/token-endpoint.js';
import { NoAnswerError, type SendHttp } from '../kommo-api/http.js';
import { KommoApiError } from '../kommo-api/kommo-api.js';
import type { KnownAccount } from '../store/inspect.js';
import type { CheckResult } from './check.js';

const titles = { kommo: 'Kommo', amocrm: 'amoCRM' } as const;
const sites = { kommo: 'https://www.kommo.com', amocrm: 'https://www.amocrm.ru' } as const;

/** Whether each integration can get tokens, and whether the long-lived token is taken. */
export async function checkAccess(
  config: Config,
  accounts: readonly KnownAccount[],
  { http }: { http: SendHttp },
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const client of config.clients) {
    const account =
      accounts.find(({ clientId }) => clientId === client.id)?.origin ?? config.localAccounts[0];
    results.push(
      account === undefined
        ? await checkSite(client, http)
        : await checkClient(client, account, config, http),
    );
  }
  if (config.longLived !== undefined) results.push(await checkLongLived(config.longLived, http));
  return results;
}

/**
 * A pair is known to be right only when a code is exchanged, and there is none. An account refuses a made-up code in
 * other words than a wrong id or secret; those words are observed, not documented (`platform/server.md §1.5`).
 */
async function checkClient(
  client: Client,
  origin: string,
  config: Config,
  http: SendHttp,
): Promise<CheckResult> {
  const what = titles[client.platform];
  const grant = { grant_type: 'authorization_code', code: 'check' } as const;
  try {
    await requestTokens(origin, client, grant, { config, http, now: () => new Date() });
    return { what, isFine: true, message: `${origin} takes the client id and the secret.` };
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    if (error.kind === 'void') {
      const message = `${origin} refuses a made-up code and not the client id, the secret or the redirect address: these seem right.`;
      return { what, isFine: true, message };
    }
    const step =
      error.kind === 'client'
        ? `Compare ${what.toUpperCase()}_CLIENT_ID, ${what.toUpperCase()}_CLIENT_SECRET and the redirect address ${config.publicUrl}/oauth/callback with the page of the integration.`
        : 'Try again later; see whether this machine reaches it.';
    return { what, isFine: false, message: `${error.message}. ${step}` };
  }
}

/** No account has installed the integration yet, and only accounts have the address that takes the pair. */
async function checkSite(client: Client, http: SendHttp): Promise<CheckResult> {
  const [what, site] = [titles[client.platform], sites[client.platform]];
  try {
    await http({ method: 'GET', url: site });
    const message = `${site} answers. Whether client id and secret are right cannot be known before the first account installs the integration.`;
    return { what, isFine: true, message };
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error;
    return {
      what,
      isFine: false,
      message: `${site} cannot be reached: ${error.message}. Let this machine reach it.`,
    };
  }
}

async function checkLongLived(
  { origin, token }: NonNullable<Config['longLived']>,
  http: SendHttp,
): Promise<CheckResult> {
  const what = 'Long-lived token';
  try {
    const { subdomain } = await readAccount(origin, token, { http, now: new Date() });
    return {
      what,
      isFine: true,
      message: `${origin} takes it${subdomain === undefined ? '' : ` (account ${subdomain})`}.`,
    };
  } catch (error) {
    if (!(error instanceof KommoApiError)) throw error;
    const step =
      error.kind === 'temporary'
        ? 'Try again later; see whether this machine reaches it.'
        : 'Make a new one on the page of the integration and set KOMMO_LONG_LIVED_TOKEN.';
    return { what, isFine: false, message: `${error.message} ${step}` };
  }
}
