import type { signDisposableToken } from './disposable-token.js';
import type { AccountContext } from '../context.js';

/** Tokens live for 30 minutes: the last five are left for the call that the token is fetched for. */
const lifetimeMs = 25 * 60_000;

/** Hands out the same token to the same user of the same integration for 25 minutes. */
export function createTokenCache(
  { clock }: Pick<AccountContext, 'clock'>,
  sign: typeof signDisposableToken,
): typeof signDisposableToken {
  const kept = new Map<string, { readonly token: Promise<string>; readonly until: number }>();
  return (context, integration, userId) => {
    const { client_uuid, client_secret, redirect_uri } = integration;
    // A new secret or address makes the old token useless.
    const key = JSON.stringify([client_uuid, client_secret, redirect_uri, userId]);
    const known = kept.get(key);
    if (known !== undefined && known.until > clock.now()) return known.token;
    const token = sign(context, integration, userId);
    kept.set(key, { token, until: clock.now() + lifetimeMs });
    return token;
  };
}
