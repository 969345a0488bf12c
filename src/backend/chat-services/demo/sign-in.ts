import { unreadable } from '../ask.js';
import { ChatServiceError } from '../chat-service.js';
import { connecting } from '../connect-error.js';
import { ConnectError, type ApiKeyMethod, type OAuthMethod, type QrMethod } from '../definition.js';
import { readConnected } from './account.js';
import { bodyOf, type CallDemo } from './calls.js';

/** Our app at the service. */
export interface DemoApp {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The consent page is `/oauth/authorize`; its code becomes a token at `/oauth/token`. */
export function demoOAuth({ url, clientId, clientSecret }: DemoApp, call: CallDemo): OAuthMethod {
  return {
    consentUrl({ state, codeChallenge, redirectUri }) {
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        state,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
      });
      return `${url.replace(/\/+$/, '')}/oauth/authorize?${query.toString()}`;
    },

    complete: ({ code, codeVerifier, redirectUri }) =>
      connecting('ours', async () => {
        try {
          const answer = await call({
            method: 'POST',
            path: '/oauth/token',
            body: new URLSearchParams({
              grant_type: 'authorization_code',
              code,
              redirect_uri: redirectUri,
              code_verifier: codeVerifier,
              client_id: clientId,
              client_secret: clientSecret,
            }),
            hidden: [code, codeVerifier, clientId, clientSecret],
          });
          return readConnected(answer);
        } catch (error) {
          if (hasCode(error, 'invalid_grant')) throw new ConnectError('expired', error.message);
          throw error;
        }
      }),
  };
}

/** A pairing is begun by our app, and its code scanned by the person's phone. The code changes every 20 s. */
export function demoQr({ clientId, clientSecret }: DemoApp, call: CallDemo): QrMethod {
  const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  const pathOf = (memory: Readonly<Record<string, string>>): string =>
    `/pairings/${encodeURIComponent(memory['pairing'] ?? '')}`;
  const gone = (): ConnectError => new ConnectError('expired');

  return {
    begin: () =>
      connecting('ours', async () => {
        const answer = await call({ method: 'POST', path: '/pairings', authorization });
        const { id } = bodyOf(answer);
        if (typeof id !== 'string' || id === '') throw unreadable(answer);
        return { pairing: id };
      }),

    poll: (memory) =>
      connecting('ours', async () => {
        const answer = await call({ method: 'GET', path: pathOf(memory), authorization }).catch(
          (error: unknown) => {
            throw hasCode(error, 'not_found') ? gone() : error;
          },
        );
        const { state, code, expires_at: expiresAt } = bodyOf(answer);
        if (state === 'connected') return { state, account: readConnected(answer) };
        if (state === 'expired') throw gone();
        if (state !== 'waiting') throw unreadable(answer);
        const isCode = typeof code === 'string' && code !== '';
        return {
          state,
          code: isCode
            ? { text: code, ...(isTime(expiresAt) && { expiresAt: new Date(expiresAt) }) }
            : undefined,
        };
      }),

    cancel: (memory) =>
      connecting('ours', async () => {
        try {
          await call({ method: 'DELETE', path: pathOf(memory), authorization });
        } catch (error) {
          if (!hasCode(error, 'not_found')) throw error;
        }
      }),
  };
}

/** The id of an account and a secret that its owner has made, for which `/tokens` gives a token of ours. */
export function demoApiKey(call: CallDemo): ApiKeyMethod {
  return {
    fields: [
      { name: 'account_id', label: 'account_id', is_secret: false, is_required: true, example: 'demo-1' },
      { name: 'secret', label: 'secret', is_secret: true, is_required: true, example: null },
    ],
    complete: ({ account_id: id = '', secret = '' }) =>
      connecting('theirs', async () =>
        readConnected(
          await call({
            method: 'POST',
            path: '/tokens',
            body: { account_id: id, secret },
            hidden: [id, secret],
          }),
        ),
      ),
  };
}

function hasCode(error: unknown, code: string): error is ChatServiceError {
  return error instanceof ChatServiceError && error.code === code;
}

/** In ISO 8601. */
function isTime(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}
