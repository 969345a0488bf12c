import { createHash, randomBytes } from 'node:crypto';
import type { ConnectedAccount, OAuthMethod } from '../../chat-services/definition.js';
import { ConnectError } from '../../chat-services/definition.js';
import type { Step } from '../step.js';

type OAuthStep = Extract<Step, { method: 'oauth' }>;

/** Where chat services send people back to. */
export function redirectUriOf({ publicUrl }: { readonly publicUrl: string }, service: string): string {
  return `${publicUrl}/chat-services/${service}/callback`;
}

/** What is stored of a state: whoever reads the store cannot finish an attempt. */
export function hashOfState(state: string): string {
  return createHash('sha256').update(state).digest('hex');
}

/** What is stored of the token of our page: a state is none, although both stand in one column. */
export function hashOfPageToken(token: string): string {
  return createHash('sha256').update(`page ${token}`).digest('hex');
}

/** Something that nobody can guess: 256 bits, as text for an address or a field. */
export function secretText(): string {
  return randomBytes(32).toString('base64url');
}

/** A fresh state, verifier (RFC 7636) and proof, and the service's page that has the first two. */
export function beginOAuth(
  method: OAuthMethod,
  { redirectUri, origin }: { redirectUri: string; origin: string },
): { readonly stateHash: string; readonly step: OAuthStep } {
  const [state, codeVerifier, proof] = [secretText(), secretText(), secretText()];
  const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url');
  const url = method.consentUrl({ state, codeChallenge, redirectUri });
  return { stateHash: hashOfState(state), step: { method: 'oauth', codeVerifier, url, origin, proof } };
}

/**
 * The code that came back with the person.
 *
 * @throws ConnectError when the person did not agree, or the service has sent none.
 */
export function codeOf(query: URLSearchParams): string {
  const error = query.get('error');
  if (error !== null) {
    const words = query.get('error_description') ?? '';
    // What else there is (RFC 6749, 4.1.2.1) is a fault of ours or of the service, not the person's will.
    throw new ConnectError(error === 'access_denied' ? 'declined' : 'service_unavailable', words);
  }
  const code = query.get('code');
  if (code === null || code === '') throw new ConnectError('service_unavailable');
  return code;
}

/** Rejects with {@link ConnectError}, and with whatever the service's adapter does wrong. */
export function completeOAuth(
  method: OAuthMethod,
  { codeVerifier, returned = '' }: OAuthStep,
  { redirectUri }: { readonly redirectUri: string },
): Promise<ConnectedAccount> {
  const query = new URLSearchParams(returned);
  return method.complete({ code: codeOf(query), codeVerifier, redirectUri, query });
}
