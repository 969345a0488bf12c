import { and, eq } from 'drizzle-orm';
import type { FastifyRequest } from 'fastify';
import { disposableToken } from '../../kommo/disposable-token.js';
import type { Context } from '../context.js';
import { installations, type Installation } from '../installations/tables.js';
import { Refusal } from '../refusal.js';
import { isAccountOrigin } from './account-cors.js';
import { readOneTimeToken } from './one-time-token.js';

/** Who calls: a user of an account, through the widget. */
export interface Caller {
  readonly installation: Installation;
  readonly userId: number;
  /** Of the page that calls; a renamed account has a new one before the installation knows of it. */
  readonly origin: string;
  /** Undefined when the token does not tell, as it is not documented (`platform/server.md §2`). */
  readonly isAdmin: boolean | undefined;
  /** The token's id and end, for calls that use it up. */
  readonly token: { readonly id: string; readonly expiresAt: Date };
}

/**
 * Who calls, by the one-time token in `X-Auth-Token`. The token is not used up: a call that changes something has to
 * do that in the transaction of its change.
 *
 * @throws Refusal 401 `token_missing`, `token_expired`, `token_invalid`; 403 `wrong_origin`, `not_installed`.
 */
export async function authenticate(
  request: FastifyRequest,
  { config, store, clock }: Pick<Context, 'config' | 'store' | 'clock'>,
): Promise<Caller> {
  const token = request.headers[disposableToken.header.toLowerCase()];
  if (typeof token !== 'string' || token === '') {
    throw new Refusal(
      401,
      'token_missing',
      `Expected a one-time token in ${disposableToken.header}: call through $authorizedAjax`,
    );
  }
  const claims = await readOneTimeToken(token, { config, now: clock.now() });
  const account = new URL(claims.iss).origin;
  if (!isAccountOrigin(account, config)) {
    throw new Refusal(401, 'token_invalid', 'The one-time token is not good. Its claim "iss" is no account');
  }
  const { origin } = request.headers;
  if (origin !== undefined && origin !== account) {
    throw new Refusal(403, 'wrong_origin', 'The one-time token belongs to a page of another account');
  }
  // Not by the address: an account that was renamed has a new one before we know of it.
  const [installation] = await store.db
    .select()
    .from(installations)
    .where(
      and(eq(installations.clientId, claims.client_uuid), eq(installations.accountId, claims.account_id)),
    );
  if (installation === undefined || installation.state === 'uninstalled') {
    throw new Refusal(403, 'not_installed', 'The integration is not installed in this account');
  }
  return {
    installation,
    userId: claims.user_id,
    origin: account,
    isAdmin: typeof claims.is_admin === 'boolean' ? claims.is_admin : undefined,
    token: { id: claims.jti, expiresAt: new Date(claims.exp * 1000) },
  };
}
