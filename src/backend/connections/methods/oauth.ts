import { createHash, randomBytes } from 'node:crypto';
import type { ConnectedAccount, OAuthMethod } from '../../chat-services/definition.js';
import { ConnectError } from '../../chat-services/definition.js';
import type { Step } from '../step.js';

type OAuthStep = Extract<Step, { method: 'oauth' }>;

/** What comes back with the person, beside the state. */
export interface ConsentAnswer {
  readonly query: URLSearchParams;
  readonly redirectUri: string;
}

/** Where chat services send people back to. */
export function redirectUriOf({ publicUrl }: { readonly publicUrl: string }, service: string): string {
  return `${publicUrl}/chat-services/${service}/callback`;
}

/** What is stored of a state: whoever reads the store cannot finish an attempt. */
export function hashOfState(state: string): string {
  return createHash('sha256').update(state).digest('hex');
}

/** A fresh state and verifier (RFC 7636), 256 bits each, and the service's page that has them. */
export function beginOAuth(
  method: OAuthMethod,
  { redirectUri, origin }: { redirectUri: string; origin: string },
): { readonly stateHash: string; readonly step: OAuthStep } {
  const state = randomBytes(32).toString('base64url');
  const codeVerifier = randomBytes(32).toString('base64url');
  const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url');
  const url = method.consentUrl({ state, codeChallenge, redirectUri });
  return { stateHash: hashOfState(state), step: { method: 'oauth', codeVerifier, url, origin } };
}

/** Rejects with {@link ConnectError}, and with whatever the service's adapter does wrong. */
export function completeOAuth(
  method: OAuthMethod,
  { codeVerifier }: OAuthStep,
  { query, redirectUri }: ConsentAnswer,
): Promise<ConnectedAccount> {
  const error = query.get('error');
  if (error !== null) {
    const words = query.get('error_description') ?? '';
    // What else there is (RFC 6749, 4.1.2.1) is a fault of ours or of the service, not the person's will.
    throw new ConnectError(error === 'access_denied' ? 'declined' : 'service_unavailable', words);
  }
  const code = query.get('code');
  if (code === null || code === '') throw new ConnectError('service_unavailable');
  return method.complete({ code, codeVerifier, redirectUri, query });
}
