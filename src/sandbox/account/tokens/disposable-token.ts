import { randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { disposableToken } from '../../../kommo/disposable-token.js';
import { nowSeconds } from '../context.js';
import type { DisposableTokenClaims } from '../../../kommo/disposable-token.js';
import type { AccountContext } from '../context.js';
import type { Integration } from '../state.js';

/**
 * A one-time token for the integration's own server, signed HS256 with its current secret
 * (`platform/server.md §2`). `is_admin` is not documented and therefore not there.
 */
export async function signDisposableToken(
  context: AccountContext,
  integration: Integration,
  userId: number,
): Promise<string> {
  const now = nowSeconds(context);
  const claims: DisposableTokenClaims = {
    // On the platform the account's address; here the address where this account really is.
    iss: new URL(context.url).origin,
    aud: audienceOf(integration.redirect_uri),
    jti: randomUUID(),
    iat: now,
    nbf: now,
    exp: now + disposableToken.lifetimeSeconds,
    account_id: context.account.id,
    user_id: userId,
    subdomain: context.account.subdomain,
    client_uuid: integration.client_uuid,
  };
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: disposableToken.algorithm, typ: 'JWT' })
    .sign(key(integration.client_secret));
}

/**
 * The claims of a one-time token, so that the sandbox can tell whether a widget sent a good one.
 *
 * @param now Milliseconds.
 * @throws JOSEError (of jose) when the signature, the algorithm, the audience or the time is wrong.
 */
export async function verifyDisposableToken(
  token: string,
  { secret, redirectUri, now }: { secret: string; redirectUri: string; now: number },
): Promise<DisposableTokenClaims> {
  const { payload } = await jwtVerify<DisposableTokenClaims>(token, key(secret), {
    algorithms: [disposableToken.algorithm],
    audience: audienceOf(redirectUri),
    requiredClaims: ['iss', 'jti', 'iat', 'nbf', 'exp', 'account_id', 'user_id', 'subdomain', 'client_uuid'],
    currentDate: new Date(now),
  });
  return payload;
}

/** Scheme and host of the redirect address, without its port (`platform/server.md §0`, 9). */
export function audienceOf(redirectUri: string): string {
  const { protocol, hostname } = new URL(redirectUri);
  return `${protocol}//${hostname}`;
}

function key(secret: string): Uint8Array {
  return new TextEncoder().encode(secret);
}
