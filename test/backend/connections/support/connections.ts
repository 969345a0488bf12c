import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { SignJWT } from 'jose';
import { expect, onTestFinished } from 'vitest';
import { createApp } from '../../../../src/backend/app.js';
import { accountRoutes } from '../../../../src/backend/auth/account-routes.js';
import type { Config } from '../../../../src/backend/config.js';
import {
  type Connections,
  type ConnectionsOptions,
  startConnections,
} from '../../../../src/backend/connections/start.js';
import { installations } from '../../../../src/backend/installations/tables.js';
import { createKommoApis } from '../../../../src/backend/kommo-api/client.js';
import type { Store } from '../../../../src/backend/store/store.js';
import {
  type Attempt,
  attempt,
  type Channel,
  type ConnectionMethod,
  type ConnectionState,
  connectionState,
} from '../../../../src/contract/connections-api.js';
import type { Sandbox } from '../../../../src/sandbox/index.js';
import {
  clientId,
  install,
  openAccount,
  publicUrl,
  secret,
  testContext,
  type TestAccount,
  type TestContext,
} from '../../installations/support/connected.js';
import { courier } from './courier.js';
import { type CourierAccount, type CourierServer, startCourierServer } from './courier-server.js';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface Route {
  readonly method: string;
  /** With its parameters, as `/connections/channels/:id`. */
  readonly url: string;
}

export interface CallOptions {
  readonly body?: unknown;
  /** In the place of a fresh one. */
  readonly token?: string;
  readonly origin?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Of the account that calls; the first one by default. */
  readonly account?: TestAccount;
}

/** The routes of the connections, with the sandbox as the account and a small chat service, `courier`. */
export interface TestConnections {
  readonly app: FastifyInstance;
  /** All that it answers, from the moment on that it is ready. */
  readonly routes: readonly Route[];
  readonly context: TestContext;
  readonly account: TestAccount;
  readonly sandbox: Sandbox;
  readonly installationId: string;
  readonly service: CourierServer;
  readonly connections: Connections;
  /** Installations that `onSaved` was told of. */
  readonly saved: string[];
  readonly token: (claims?: Readonly<Record<string, unknown>>, account?: TestAccount) => Promise<string>;
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<Answer>;
  /** `GET /connections`. */
  readonly state: (options?: CallOptions) => Promise<ConnectionState>;
  readonly begin: (
    method: ConnectionMethod,
    options?: CallOptions & { channelId?: string },
  ) => Promise<Attempt>;
  /** Connects an account of the chat service by its key. */
  readonly connect: (account?: CourierAccount, options?: CallOptions) => Promise<Channel>;
  /** Saves these channels, the first as the default. */
  readonly save: (channels: readonly Channel[], options?: CallOptions) => Promise<Answer>;
  /** A second account of the platform with the same integration. */
  readonly addAccount: () => Promise<{ account: TestAccount; installationId: string }>;
}

export async function openConnections(
  store: Store,
  { config = {}, ...options }: { config?: Partial<Config> } & Partial<ConnectionsOptions> = {},
): Promise<TestConnections> {
  const account = await openAccount();
  const service = await startCourierServer();
  onTestFinished(() => service.close());
  // Every sandbox is the same account.
  await store.db.delete(installations);
  const context = testContext(store, { localAccounts: [account.sandbox.url], ...config });
  const installationId = await install(context, account);
  const saved: string[] = [];
  const connections = await startConnections(context, {
    apis: createKommoApis(context),
    definitions: new Map(['courier', 'other-courier'].map((name) => [name, courier(service.url, { name })])),
    onSaved: (id) => {
      saved.push(id);
    },
    interval: 20,
    retryDelay: 1,
    ...options,
  });
  onTestFinished(() => connections.stop());
  const app = createApp(context);
  const routes: Route[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) {
      if (one !== 'OPTIONS') routes.push({ method: one, url });
    }
  });
  accountRoutes(app, context, [
    (scope) => {
      connections.accountRoutes(scope);
    },
  ]);
  connections.routes(app);
  onTestFinished(() => app.close());

  const token = (
    claims: Readonly<Record<string, unknown>> = {},
    of: TestAccount = account,
  ): Promise<string> => {
    const now = Math.floor(context.clock.now().getTime() / 1000);
    return new SignJWT({
      iss: of.sandbox.url,
      aud: publicUrl,
      jti: randomUUID(),
      iat: now,
      nbf: now,
      exp: now + 1800,
      account_id: of.context.account.id,
      user_id: of.context.currentUserId(),
      client_uuid: clientId,
      ...claims,
    })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .sign(new TextEncoder().encode(secret));
  };

  const call = async (method: string, path: string, given: CallOptions = {}): Promise<Answer> => {
    const of = given.account ?? account;
    const response = await app.inject({
      method: method as 'GET',
      url: path,
      headers: {
        origin: given.origin ?? of.sandbox.url,
        'x-auth-token': given.token ?? (await token(given.claims, of)),
      },
      ...(given.body === undefined ? {} : { payload: given.body as object }),
    });
    const text = response.body;
    const isJson = String(response.headers['content-type']).includes('json');
    return {
      status: response.statusCode,
      body: isJson ? (JSON.parse(text) as unknown) : text,
      headers: response.headers,
    };
  };
  const state = async (given?: CallOptions): Promise<ConnectionState> => {
    const answer = await call('GET', '/connections', given);
    expect(answer.status).toBe(200);
    return connectionState.parse(answer.body);
  };
  const begin: TestConnections['begin'] = async (method, { channelId, ...given } = {}) => {
    const body = { service: 'courier', method, ...(channelId !== undefined && { channel_id: channelId }) };
    const answer = await call('POST', '/connections/attempts', { body, ...given });
    expect(answer).toMatchObject({ status: 200 });
    return attempt.parse(answer.body);
  };

  return {
    app,
    routes,
    context,
    account,
    sandbox: account.sandbox,
    installationId,
    service,
    connections,
    saved,
    token,
    call,
    state,
    begin,
    async connect(of = service.addAccount(), given = {}) {
      const { id } = await begin('api_key', given);
      const body = { fields: { account: of.key, token: of.token } };
      const answer = await call('POST', `/connections/attempts/${id}/fields`, { body, ...given });
      expect(answer).toMatchObject({ status: 200, body: { state: 'connected' } });
      const { channel_id: channelId } = attempt.parse(answer.body);
      const channel = (await state(given)).channels.find((one) => one.id === channelId);
      if (channel === undefined) throw new Error('The channel was connected and is not there.');
      return channel;
    },
    async save(channels, given = {}) {
      const { version } = await state(given);
      const body = {
        version,
        channels: channels.map(({ id, pipeline_id }) => ({ id, pipeline_id })),
        default_channel_id: channels[0]?.id,
      };
      return call('PUT', '/connections/settings', { body, ...given });
    },
    async addAccount() {
      const other = await openAccount();
      Object.assign(other.context.account, { id: other.context.account.id + 1 });
      const changed = context.config.localAccounts as string[];
      changed.push(other.sandbox.url);
      return { account: other, installationId: await install(context, other) };
    },
  };
}
