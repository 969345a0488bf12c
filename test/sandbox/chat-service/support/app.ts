import { createHash } from 'node:crypto';
import type { DemoAccount, DemoApp, SandboxOptions } from '../../../../src/sandbox/index.js';
import type { Json } from '../../site/support/sandbox.js';
import { openService, type ServiceAnswer, type TestService } from './service.js';

export const app: DemoApp = {
  clientId: 'app-1',
  clientSecret: 'secret of the app',
  name: '<b>Pipeline</b>',
  redirectUris: ['http://127.0.0.1:4567/callback?tenant=1'],
};
export const otherApp: DemoApp = {
  clientId: 'app-2',
  clientSecret: 'another secret',
  name: 'Other',
  redirectUris: ['http://127.0.0.1:4567/callback?tenant=1'],
};
export const accounts: readonly [DemoAccount, DemoAccount] = [
  { id: 'first', name: 'First & Co', phone: '+12025550140', secret: 'secret of the first' },
  { id: 'second', name: 'Second', phone: '+12025550141', secret: 'secret of the second' },
];
export const redirectUri = 'http://127.0.0.1:4567/callback?tenant=1';
export const codeVerifier = 'a-verifier-of-at-least-forty-three-characters.';

export interface TestApp extends TestService {
  /** `POST /oauth/token`; what is not given fits, but for the code. */
  readonly redeem: (fields: Readonly<Record<string, string>>) => Promise<ServiceAnswer>;
  /** As an app; another one's credentials may be given. */
  readonly basic: (method: string, path: string, as?: DemoApp) => Promise<ServiceAnswer>;
  /** Posts the consent page's form; what is not given fits. Gives the address that the browser is led to. */
  readonly consent: (
    fields?: Readonly<Record<string, string>>,
  ) => Promise<{ status: number; to: URL | null }>;
  /** Connects an account by its secret, and has the service call this address. */
  readonly connect: (account: DemoAccount, webhook?: string) => Promise<string>;
  /** A call with another key than the sandbox's own. */
  readonly as: (token: string, method: string, path: string, body?: unknown) => Promise<ServiceAnswer>;
}

export const question = {
  response_type: 'code',
  client_id: app.clientId,
  redirect_uri: redirectUri,
  state: 'a b&c',
  code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
  code_challenge_method: 'S256',
} as const;

/** A sandbox whose chat service knows two apps and two accounts. */
export async function openApp(options: Partial<SandboxOptions> = {}): Promise<TestApp> {
  const service = await openService({ accounts, apps: [app, otherApp] }, options);
  const { call, sandbox } = service;
  const form = (path: string, fields: Readonly<Record<string, string>>): Promise<Response> =>
    fetch(`${sandbox.demoChat.url}${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
  const as: TestApp['as'] = (token, method, path, body) =>
    call(method, path, body, { Authorization: `Bearer ${token}` });
  return {
    ...service,
    as,
    async redeem(fields) {
      const response = await form('/oauth/token', {
        grant_type: 'authorization_code',
        redirect_uri: redirectUri,
        code_verifier: codeVerifier,
        client_id: app.clientId,
        client_secret: app.clientSecret,
        ...fields,
      });
      return { status: response.status, body: (await response.json()) as Json, headers: response.headers };
    },
    basic: (method, path, { clientId, clientSecret } = app) =>
      call(method, path, undefined, {
        Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      }),
    async consent(fields = {}) {
      const { status, headers } = await form('/oauth/authorize', {
        ...question,
        account: 'second',
        decision: 'allow',
        ...fields,
      });
      const location = headers.get('location');
      return { status, to: location === null ? null : new URL(location) };
    },
    async connect({ id, secret }, webhook) {
      const { body } = await call('POST', '/tokens', { account_id: id, secret });
      const token = String(body['access_token']);
      if (webhook !== undefined) await as(token, 'PUT', '/webhook', { url: webhook });
      return token;
    },
  };
}
