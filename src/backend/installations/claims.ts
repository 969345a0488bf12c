import { decodeJwt } from 'jose';

/** What an access token says of itself (`platform/server.md §1.6`); fields are undefined where it is silent. */
export interface TokenClaims {
  /** Ids of the clients that the token is for; empty when it does not say. */
  readonly clientIds: readonly string[];
  readonly accountId: number | undefined;
  /** Host, as `api-b.kommo.com`; only in tokens from 21 August 2024 on. */
  readonly apiDomain: string | undefined;
  readonly expiresAt: Date | undefined;
}

/**
 * Reads the claims without a check of the signature, for which the platform publishes no key: they are as good as the
 * connection to the account's host that the token came by. Undefined when the token is no JWT.
 */
export function readClaims(accessToken: string): TokenClaims | undefined {
  try {
    const { aud = [], account_id, api_domain, exp } = decodeJwt(accessToken);
    return {
      clientIds: Array.isArray(aud) ? aud : [aud],
      accountId: wholeNumber(account_id),
      apiDomain: typeof api_domain === 'string' ? api_domain : undefined,
      expiresAt: typeof exp === 'number' && exp < 1e11 ? new Date(exp * 1000) : undefined,
    };
  } catch {
    return undefined;
  }
}

function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}
