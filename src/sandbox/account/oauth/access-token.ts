import { randomUUID } from 'node:crypto';
import { generateKeyPair, SignJWT } from 'jose';
import { flavourFacts } from './flavour.js';
import { nowSeconds } from '../context.js';
import type { AccountContext, TokenBearer } from '../context.js';
import type { Integration } from '../state.js';

/** Signs access tokens with a key pair of its own. The platform publishes no key: nobody can check them. */
export interface AccessTokenSigner {
  sign(claims: Readonly<Record<string, unknown>>): Promise<string>;
}

/** The key pair is made at the first token. */
export function createAccessTokenSigner(): AccessTokenSigner {
  let keys: ReturnType<typeof generateKeyPair> | undefined;
  return {
    async sign(claims) {
      keys ??= generateKeyPair('RS256');
      return new SignJWT({ ...claims })
        .setProtectedHeader({ typ: 'JWT', alg: 'RS256' })
        .sign((await keys).privateKey);
    },
  };
}

/**
 * A new access token, an RS256 JWT with the claims of `platform/server.md §1.6`, known to
 * {@link verifyAccessToken} from now on.
 *
 * @param options.lifetime Seconds.
 */
export async function issueAccessToken(
  context: AccountContext,
  signer: AccessTokenSigner,
  integration: Integration,
  { userId, scopes, lifetime }: { userId: number; scopes: readonly string[]; lifetime: number },
): Promise<string> {
  const { account } = context;
  const now = nowSeconds(context);
  const expires_at = now + lifetime;
  const token = await signer.sign({
    aud: integration.client_uuid,
    jti: randomUUID(),
    iat: now,
    nbf: now,
    exp: expires_at,
    sub: String(userId),
    // The claims of this name and of `version` were seen, their values were not written down.
    grant_type: '',
    account_id: account.id,
    base_domain: flavourFacts[account.flavour].base_domain,
    version: 2,
    scopes,
    api_domain: context.apiDomain,
  });
  account.access_tokens.set(token, {
    token,
    client_uuid: integration.client_uuid,
    user_id: userId,
    scopes,
    expires_at,
    is_revoked: false,
  });
  return token;
}

/** Who holds the token; undefined when it is unknown, expired or revoked. Costs one look-up, no cryptography. */
export function verifyAccessToken(
  context: Pick<AccountContext, 'account' | 'clock'>,
  token: string,
): TokenBearer | undefined {
  const known = context.account.access_tokens.get(token);
  if (known === undefined || known.is_revoked || known.expires_at <= nowSeconds(context)) return undefined;
  return { user_id: known.user_id, client_uuid: known.client_uuid, scopes: known.scopes };
}

/** Lets every access token of the integration run out now; its refresh tokens stay. */
export function expireAccessTokens(
  context: Pick<AccountContext, 'account' | 'clock'>,
  clientUuid: string,
): void {
  const now = nowSeconds(context);
  for (const token of context.account.access_tokens.values()) {
    if (token.client_uuid === clientUuid) token.expires_at = Math.min(token.expires_at, now);
  }
}
