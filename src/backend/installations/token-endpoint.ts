import { z } from 'zod';
import type { Client, Config } from '../config.js';
import { recordOf, retryAfterOf } from '../kommo-api/answers.js';
import { accountOrigin, subdomainOf } from '../kommo-api/hosts.js';
import { NoAnswerError, type HttpAnswer, type SendHttp } from '../kommo-api/http.js';

/** What an account gives for a code or a refresh token. */
export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: Date;
}

/**
 * Why there are no tokens. How the platform words its refusals is observed, not documented (`platform/server.md §1.5`).
 *
 * | kind        | seen as                                                                   | what helps          |
 * | ----------- | ------------------------------------------------------------------------- | ------------------- |
 * | `void`      | 400 or 401 with a hint about the code or the token                        | to authorise again  |
 * | `moved`     | 404 or a redirect: the account is not at this host                        | its present host    |
 * | `client`    | 400 or 401 without such a hint: client id, secret or redirect address     | the configuration   |
 * | `temporary` | 403, 429, 5xx, any other status, no answer, or one that cannot be read    | to try again        |
 */
export type TokenErrorKind = 'void' | 'moved' | 'client' | 'temporary';

/** The message names neither a token, nor a code, nor a secret. */
export class TokenError extends Error {
  override readonly name = 'TokenError';

  constructor(
    readonly kind: TokenErrorKind,
    message: string,
    {
      isLost = false,
      isUnreachable = false,
      retryAfter,
      ...options
    }: ErrorOptions & { isLost?: boolean; isUnreachable?: boolean; retryAfter?: number | undefined } = {},
  ) {
    super(message, options);
    this.isLost = isLost;
    this.isUnreachable = isUnreachable;
    this.retryAfter = retryAfter;
  }

  /** Whether the tokens may have been given although nothing of it came. */
  readonly isLost: boolean;
  /** Nobody answered at this host, which may be because the account has moved. */
  readonly isUnreachable: boolean;
  /** Seconds. */
  readonly retryAfter: number | undefined;
}

export type Grant =
  | { readonly grant_type: 'authorization_code'; readonly code: string }
  | { readonly grant_type: 'refresh_token'; readonly refresh_token: string };

export interface TokenEndpointOptions {
  readonly config: Pick<Config, 'publicUrl'>;
  readonly http: SendHttp;
  readonly now: () => Date;
}

/** Where the platform sends codes; it must be the integration's own to the letter (`platform/server.md §1.1`). */
export function redirectUri({ publicUrl }: Pick<Config, 'publicUrl'>): string {
  return `${publicUrl}/oauth/callback`;
}

/**
 * `POST /oauth2/access_token` at an account (`platform/server.md §1.2`). While a secret is being replaced two are good:
 * each is tried until one is taken.
 *
 * @throws TokenError
 */
export async function requestTokens(
  origin: string,
  client: Client,
  grant: Grant,
  options: TokenEndpointOptions,
): Promise<TokenPair> {
  const [first, ...others] = client.secrets;
  try {
    return await requestWith(first, origin, client, grant, options);
  } catch (error) {
    if (!(error instanceof TokenError) || error.kind !== 'client') throw error;
    for (const secret of others) {
      try {
        return await requestWith(secret, origin, client, grant, options);
      } catch (next) {
        if (!(next instanceof TokenError) || next.kind !== 'client') throw next;
      }
    }
    throw error;
  }
}

async function requestWith(
  secret: string,
  origin: string,
  client: Client,
  grant: Grant,
  { config, http, now }: TokenEndpointOptions,
): Promise<TokenPair> {
  const answer = await sendOrTell(http, origin, {
    client_id: client.id,
    client_secret: secret,
    ...grant,
    redirect_uri: redirectUri(config),
  });
  if (answer.status !== 200) throw refusal(answer, origin, now());
  const pair = pairSchema.safeParse(recordOf(answer.text));
  if (!pair.success) {
    throw new TokenError('temporary', `${origin} answered 200 without a pair of tokens.`, { isLost: true });
  }
  const { access_token, refresh_token, expires_in } = pair.data;
  return {
    accessToken: access_token,
    refreshToken: refresh_token,
    // By our clock: `server_time` is not always there, and the platform's clock is not the one we compare with.
    expiresAt: new Date(now().getTime() + expires_in * 1000),
  };
}

const pairSchema = z.object({
  access_token: z
    .string()
    .min(1)
    .regex(/^[\x21-\x7e]+$/),
  refresh_token: z
    .string()
    .min(1)
    .regex(/^[\x21-\x7e]+$/),
  expires_in: z.coerce.number().positive().max(1e9).default(86_400),
});

async function sendOrTell(http: SendHttp, origin: string, body: object): Promise<HttpAnswer> {
  try {
    return await http({
      method: 'POST',
      url: `${origin}/oauth2/access_token`,
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(body),
    });
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error;
    throw new TokenError('temporary', `${origin} gave no tokens: ${error.message}.`, {
      isLost: error.mayBeDone,
      isUnreachable: true,
      cause: error,
    });
  }
}

function refusal(answer: HttpAnswer, origin: string, now: Date): TokenError {
  const { status, text } = answer;
  const { hint, detail, title } = recordOf(text);
  const words = [hint, detail, title].filter((part) => typeof part === 'string' && part !== '');
  const message = `${origin} refused to give tokens with ${status}: ${words.join(' – ').slice(0, 300) || 'no reason given'}`;
  if (status === 404 || (status >= 300 && status < 400)) return new TokenError('moved', message);
  if (status === 400 || status === 401) {
    // Only these name what was handed in; a wrong client id, secret or address has other words or none.
    const isVoid = typeof hint === 'string' && /token|authorization code/i.test(hint);
    return new TokenError(isVoid ? 'void' : 'client', message);
  }
  return new TokenError('temporary', message, {
    isLost: status >= 500 && status !== 503,
    retryAfter: retryAfterOf(answer, now),
  });
}

/** Where an account is. */
export interface Place {
  readonly origin: string;
  readonly subdomain: string;
}

/**
 * Where the account is now, from the host that its tokens name (`platform/server.md §1.7`): with the refresh token at
 * `/oauth2/account/current/subdomain`, or for a long-lived token, which has none, with itself at the older
 * `/oauth2/account/subdomain`. Undefined when the answer is none that can be followed.
 */
export async function currentPlace(
  apiDomain: string,
  tokens: { readonly refreshToken: string } | { readonly accessToken: string },
  { config, http }: { config: Pick<Config, 'localAccounts'>; http: SendHttp },
): Promise<Place | undefined> {
  // It came out of a token: a secret goes to no host that the list does not have.
  const origin = accountOrigin(apiDomain, config);
  if (origin === undefined) return undefined;
  const call =
    'refreshToken' in tokens
      ? { path: 'current/subdomain', headers: { 'X-Refresh-Token': tokens.refreshToken } }
      : { path: 'subdomain', headers: { Authorization: `Bearer ${tokens.accessToken}` } };
  try {
    const { path, headers } = call;
    const answer = await http({ method: 'GET', url: `${origin}/oauth2/account/${path}`, headers });
    const { domain, subdomain } = answer.status === 200 ? recordOf(answer.text) : {};
    const present = typeof domain === 'string' ? accountOrigin(domain, config) : undefined;
    if (present === undefined) return undefined;
    return {
      origin: present,
      subdomain: typeof subdomain === 'string' && subdomain !== '' ? subdomain : subdomainOf(present),
    };
  } catch (error) {
    if (error instanceof NoAnswerError) return undefined;
    throw error;
  }
}
