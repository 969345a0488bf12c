import { randomBytes } from 'node:crypto';
import { issueAccessToken } from './access-token.js';
import { flavourFacts } from './flavour.js';
import { OAuthProblem } from './problem.js';
import { nowSeconds } from '../context.js';
import type { AccessTokenSigner } from './access-token.js';
import type { AccountContext } from '../context.js';
import type { Integration, RefreshToken } from '../state.js';

const day = 86_400;

/** Seconds (`platform/server.md §1.3`). Three months are counted as the shortest that they can be. */
export const lifetimes = { code: 20 * 60, access: day, refresh: 89 * day } as const;

/** Days that a long-lived token may be asked for (`platform/server.md §1.3`). */
export const longLivedDays = { least: 1, most: 5 * 365 } as const;

/** The answer to a granted call (`platform/server.md §1.2`). */
export interface TokenPair {
  readonly token_type: 'Bearer';
  /** Seconds. */
  readonly expires_in: number;
  /** Unix seconds. */
  readonly server_time: number;
  readonly access_token: string;
  readonly refresh_token: string;
}

/** A code for the integration's redirect address, good once and for 20 minutes (`platform/server.md §1.1`). */
export function issueCode(context: AccountContext, integration: Integration, userId: number): string {
  const code = opaqueToken();
  context.account.authorization_codes.set(code, {
    code,
    client_uuid: integration.client_uuid,
    user_id: userId,
    redirect_uri: integration.redirect_uri,
    scopes: integration.scopes,
    expires_at: nowSeconds(context) + lifetimes.code,
    is_used: false,
  });
  return code;
}

/**
 * Changes a code for the first pair of tokens.
 *
 * @throws OAuthProblem when the code is not one of this integration, was used, or is older than 20 minutes.
 */
export async function exchangeCode(
  context: AccountContext,
  signer: AccessTokenSigner,
  integration: Integration,
  code: string,
): Promise<TokenPair> {
  const known = context.account.authorization_codes.get(code);
  if (known?.client_uuid !== integration.client_uuid) {
    throw new OAuthProblem('The code is not one that this integration was given.', {
      hint: 'Cannot decrypt the authorization code',
    });
  }
  if (known.is_used) {
    throw new OAuthProblem('The code was used before or its access was withdrawn.', {
      hint: 'Authorization code has been revoked',
    });
  }
  if (known.expires_at <= nowSeconds(context)) {
    throw new OAuthProblem('The code is older than 20 minutes.', { hint: 'Authorization code has expired' });
  }
  known.is_used = true;
  return issuePair(context, signer, integration, known, null);
}

/**
 * Changes a refresh token for a new pair (`platform/server.md §1.4`). What becomes of the old token:
 *
 * | | amoCRM | Kommo |
 * |---|---|---|
 * | the old one comes again | refused | a new pair, until the new refresh token was used |
 * | the pair of the first answer, then | – | its refresh token is refused |
 *
 * The second line is not documented: of two pairs for one token the sandbox keeps the younger, which is what
 * makes two refreshes at a time end an installation. Access tokens live on until they expire.
 *
 * @throws OAuthProblem when the token is unknown, another integration's, used up, withdrawn or expired.
 */
export async function refreshTokens(
  context: AccountContext,
  signer: AccessTokenSigner,
  integration: Integration,
  refreshToken: string,
): Promise<TokenPair> {
  const tokens = context.account.refresh_tokens;
  const old = tokens.get(refreshToken);
  if (old?.client_uuid !== integration.client_uuid || !isUsable(context, old)) {
    throw new OAuthProblem('The refresh token is not known, was used, was withdrawn or is too old.', {
      status: 401,
      hint: 'Invalid refresh token',
    });
  }
  if (flavourFacts[context.account.flavour].refreshGrace) {
    revoke(tokens.get(old.replaces ?? ''));
    revoke(tokens.get(old.replaced_by ?? ''));
  } else {
    revoke(old);
  }
  return issuePair(context, signer, integration, old, old);
}

/** The integration whose refresh token this is, or undefined when the token gives no access any more. */
export function verifyRefreshToken(context: AccountContext, refreshToken: string): Integration | undefined {
  const known = context.account.refresh_tokens.get(refreshToken);
  if (known === undefined || !isUsable(context, known)) return undefined;
  return context.account.integrations.get(known.client_uuid);
}

/**
 * A long-lived token (`platform/server.md §1.9`): a Bearer without a refresh token.
 *
 * @param options.userId Must be an administrator.
 * @throws OAuthProblem when the user is none, or when `days` is not a whole number within {@link longLivedDays}.
 */
export async function issueLongLivedToken(
  context: AccountContext,
  signer: AccessTokenSigner,
  integration: Integration,
  { userId, days }: { userId: number; days: number },
): Promise<string> {
  if (context.account.users.get(userId)?.rights.is_admin !== true) {
    throw new OAuthProblem('An administrator was expected: only one can make a long-lived token.');
  }
  if (!Number.isInteger(days) || days < longLivedDays.least || days > longLivedDays.most) {
    throw new OAuthProblem(
      `A life of ${longLivedDays.least} to ${longLivedDays.most} whole days was expected, not ${days}.`,
    );
  }
  return issueAccessToken(context, signer, integration, {
    userId,
    scopes: integration.scopes,
    lifetime: days * day,
  });
}

/** Takes every code and token of the integration back, long-lived ones too. */
export function revokeGrants({ account }: AccountContext, clientUuid: string): void {
  for (const code of account.authorization_codes.values()) {
    if (code.client_uuid === clientUuid) code.is_used = true;
  }
  for (const tokens of [account.access_tokens, account.refresh_tokens]) {
    for (const token of tokens.values()) {
      if (token.client_uuid === clientUuid) revoke(token);
    }
  }
}

async function issuePair(
  context: AccountContext,
  signer: AccessTokenSigner,
  integration: Integration,
  { user_id, scopes }: Pick<RefreshToken, 'user_id' | 'scopes'>,
  replaces: RefreshToken | null,
): Promise<TokenPair> {
  const now = nowSeconds(context);
  const refresh_token = opaqueToken();
  // Stored before the first await, so that of two calls at a time the second one sees the first.
  if (replaces !== null) replaces.replaced_by = refresh_token;
  context.account.refresh_tokens.set(refresh_token, {
    token: refresh_token,
    client_uuid: integration.client_uuid,
    user_id,
    scopes,
    expires_at: now + lifetimes.refresh,
    replaces: replaces?.token ?? null,
    replaced_by: null,
    is_revoked: false,
  });
  const access_token = await issueAccessToken(context, signer, integration, {
    userId: user_id,
    scopes,
    lifetime: lifetimes.access,
  });
  return {
    token_type: 'Bearer',
    expires_in: lifetimes.access,
    server_time: now,
    access_token,
    refresh_token,
  };
}

function isUsable(context: AccountContext, token: RefreshToken): boolean {
  return !token.is_revoked && token.expires_at > nowSeconds(context);
}

function revoke(token: { is_revoked: boolean } | undefined): void {
  if (token !== undefined) token.is_revoked = true;
}

/** Opaque, with the beginning that was seen; the length varies from one to the next (`platform/server.md §1.2`). */
function opaqueToken(): string {
  const random = randomBytes(340);
  return `def502${random.subarray(0, 300 + ((random[339] ?? 0) % 40)).toString('hex')}`;
}
