import { createHmac } from 'node:crypto';
import { ask, type Answer } from '../../../../src/backend/chat-services/ask.js';
import { ChatServiceError } from '../../../../src/backend/chat-services/chat-service.js';
import {
  type ChatServiceDefinition,
  type ConnectedAccount,
  type ConnectedService,
  ConnectError,
  type Credentials,
  type ServiceEvent,
} from '../../../../src/backend/chat-services/definition.js';

/** Signs what the service calls us with. */
export function courierSignature(body: string | Buffer, token: string): string {
  return createHmac('sha256', token).update(body).digest('hex');
}

export const appSecret = 'app-secret-of-the-courier';
export const verifyToken = 'verify-token-of-the-courier';

/** The chat service of {@link startCourierServer} as a definition; `name` lets there be two of them. */
export function courier(url: string, { name = 'courier', timeout = 10_000 } = {}): ChatServiceDefinition {
  const options = { fetch: globalThis.fetch, timeout, now: () => new Date() };
  const call = (path: string, body: unknown, token?: string, signal?: AbortSignal): Promise<Answer> =>
    ask(
      {
        url: `${url}${path}`,
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body),
        signal,
      },
      options,
    );
  const demand = ({ status, json }: Answer): Readonly<Record<string, unknown>> => {
    const message = typeof json?.['message'] === 'string' ? json['message'] : '';
    if (status === 401) throw new ChatServiceError('not_connected', message, { reason: 'not_connected' });
    if (status !== 200 || json === undefined) {
      throw new ChatServiceError('temporary', message, { reason: 'service_unavailable' });
    }
    return json;
  };
  const toAccount = (json: Readonly<Record<string, unknown>>): ConnectedAccount => ({
    key: String(json['key']),
    name: String(json['name']),
    phone: typeof json['phone'] === 'string' ? json['phone'] : undefined,
    credentials: { token: String(json['token']) },
  });

  const open = ({ token = '' }: Credentials): ConnectedService => ({
    name,
    title: 'Courier',
    async send({ to, text, idempotencyKey, statusUrl, signal }) {
      const json = demand(
        await call('/messages', { to, text, key: idempotencyKey, statusUrl }, token, signal),
      );
      return { id: String(json['id']) };
    },
    readStatus: () => undefined,
    async check(signal) {
      demand(await call('/account', {}, token, signal));
    },
    async describe(signal) {
      return toAccount(demand(await call('/account', {}, token, signal)));
    },
    async listen(hook) {
      demand(await call('/listen', { url: hook }, token));
    },
    async disconnect(hook) {
      demand(await call('/silence', { url: hook }, token));
    },
    readHook({ headers, body }) {
      if (headers['x-courier-signature'] !== courierSignature(body, token)) return undefined;
      return eventsOf(body);
    },
  });

  return {
    name,
    title: 'Courier',
    oauth: {
      consentUrl({ state, codeChallenge, redirectUri }) {
        const query = { state, code_challenge: codeChallenge, redirect_uri: redirectUri };
        return `${url}/consent?${new URLSearchParams(query).toString()}`;
      },
      async complete({ code, codeVerifier, redirectUri }) {
        const answer = await call('/token', {
          code,
          code_verifier: codeVerifier,
          redirect_uri: redirectUri,
        });
        if (answer.status === 400) {
          throw new ConnectError('wrong_credentials', String(answer.json?.['message']));
        }
        return toAccount(demand(answer));
      },
    },
    qr: {
      async begin({ id }) {
        demand(await call('/sessions', { id }));
        return { session: id };
      },
      async poll({ session = '' }) {
        const { account, code } = demand(await call(`/sessions/${session}`, {})) as {
          account?: Record<string, unknown>;
          code?: { png?: string; text?: string };
        };
        if (account !== undefined) return { state: 'connected', account: toAccount(account) };
        const expiresAt = new Date(Date.now() + 30_000);
        if (code?.png !== undefined) {
          return { state: 'waiting', code: { png: Buffer.from(code.png, 'base64'), expiresAt } };
        }
        return {
          state: 'waiting',
          code: code?.text === undefined ? undefined : { text: code.text, expiresAt },
        };
      },
      async cancel({ session = '' }) {
        demand(await call(`/sessions/${session}/forget`, {}));
      },
    },
    apiKey: {
      fields: [
        { name: 'account', label: 'account_id', is_secret: false, is_required: true, example: 'account-1' },
        { name: 'token', label: 'secret', is_secret: true, is_required: true, example: null },
        { name: 'sender', label: 'sender', is_secret: false, is_required: false, example: '+15550100' },
      ],
      async complete({ account, token = '' }) {
        const found = toAccount(demand(await call('/account', {}, token)));
        if (found.key !== account) throw new ConnectError('wrong_credentials', 'No such account.');
        return found;
      },
    },
    appHook: {
      verify: (query) =>
        query.get('verify_token') === verifyToken ? (query.get('challenge') ?? '') : undefined,
      read({ headers, body }) {
        if (headers['x-courier-signature'] !== courierSignature(body, appSecret)) return undefined;
        const { key } = JSON.parse(body.toString()) as { key: string };
        return eventsOf(body).map((event) => ({ key, event }));
      },
    },
    open,
  };
}

/** Bodies are `{ events: [...] }`, times in milliseconds. */
function eventsOf(body: Buffer): ServiceEvent[] {
  const { events } = JSON.parse(body.toString()) as { events: ServiceEvent[] };
  return events.map((event) =>
    event.kind === 'message' ? { ...event, at: new Date(Number(event.at)) } : event,
  );
}
