import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createAdministrators } from '../../../src/backend/connections/administrators.js';
import { KommoApiError } from '../../../src/backend/kommo-api/kommo-api.js';
import { connectionState } from '../../../src/contract/connections-api.js';
import { sharedStore } from '../installations/support/connected.js';
import { openConnections, type Route, type TestConnections } from './support/connections.js';

const store = sharedStore();

interface Ids {
  readonly attempt: string;
  readonly channel: string;
}

/** The routes that pages of accounts call; whoever adds one finds it tested here. */
async function accountRoutesOf({ app, routes }: TestConnections): Promise<readonly Route[]> {
  await app.ready();
  const found = routes.filter(({ url }) => url.startsWith('/connections'));
  expect(found.length).toBeGreaterThanOrEqual(7);
  return found;
}

const addressOf = ({ url }: Route, { attempt, channel }: Ids): string =>
  url.replace(/(?<=\/attempts\/):id/, attempt).replace(/(?<=\/channels\/):id/, channel);

/** What would be taken from an administrator of the account. */
function bodyOf({ method, url }: Route, { channel }: Ids, version = 0): object | undefined {
  if (!['POST', 'PUT'].includes(method)) return undefined;
  if (url.endsWith('/attempts')) return { service: 'courier', method: 'api_key', channel_id: channel };
  if (url.endsWith('/fields')) return { fields: { account: 'account-1', token: 'x' } };
  return { version, channels: [{ id: channel, pipeline_id: null }], default_channel_id: channel };
}

async function ids(connections: TestConnections, options = {}): Promise<Ids> {
  const channel = await connections.connect(undefined, options);
  const { id } = await connections.begin('api_key', options);
  return { attempt: id, channel: channel.id };
}

describe('Every route of the connections', () => {
  it('refuses a call without a good token, from a page of another account, or of another site', async () => {
    const connections = await openConnections(store());
    const { call, token, sandbox } = connections;
    const known = await ids(connections);
    const { version } = await connections.state();
    const good = await token();
    const [header, payload] = good.split('.');
    const hour = Math.floor(Date.now() / 1000) - 3600;
    const cases: [string, object, object][] = [
      ['none', { token: '' }, { status: 401, body: { code: 'token_missing' } }],
      ['no JWT', { token: 'x' }, { status: 401, body: { code: 'token_invalid' } }],
      ['a wrong signature', { token: `${good}x` }, { status: 401, body: { code: 'token_invalid' } }],
      ['no signature', { token: `${header}.${payload}.` }, { status: 401, body: { code: 'token_invalid' } }],
      ['an old one', { claims: { exp: hour } }, { status: 401, body: { code: 'token_expired' } }],
      [
        'one for another server',
        { claims: { aud: 'https://else.example.com' } },
        { status: 401, body: { code: 'token_invalid' } },
      ],
      [
        'one of another integration',
        { claims: { client_uuid: randomUUID() } },
        { status: 401, body: { code: 'token_invalid' } },
      ],
      [
        'one of an account that has not installed',
        { claims: { account_id: 1 } },
        { status: 403, body: { code: 'not_installed' } },
      ],
      [
        'one from the page of another account',
        { origin: 'https://other.kommo.com' },
        { status: 403, body: { code: 'wrong_origin' } },
      ],
      [
        'one from another site',
        { origin: 'https://evil.example.com' },
        { status: 403, body: { code: 'wrong_origin' } },
      ],
    ];
    for (const route of await accountRoutesOf(connections)) {
      for (const [name, options, expected] of cases) {
        const body = bodyOf(route, known, version);
        const answer = await call(route.method, addressOf(route, known), { body, ...options });
        expect(answer, `${route.method} ${route.url} with ${name}`).toMatchObject(expected);
        const allowed = answer.headers['access-control-allow-origin'];
        expect(['https://other.kommo.com', sandbox.url, undefined]).toContain(allowed);
        if (name === 'one from another site') expect(allowed).toBeUndefined();
      }
    }
    // None of them has changed anything.
    expect(await connections.state()).toMatchObject({ version, channels: [{ id: known.channel }] });
  });

  it('changes something once with one token', async () => {
    const connections = await openConnections(store());
    const { call } = connections;
    const known = await ids(connections);
    const { version } = await connections.state();
    const used = await connections.token();
    await connections.begin('api_key', { token: used });
    for (const route of await accountRoutesOf(connections)) {
      const body = bodyOf(route, known, version);
      const answer = await call(route.method, addressOf(route, known), { body, token: used });
      const name = `${route.method} ${route.url}`;
      // Looking is no change.
      if (route.method === 'GET') expect(answer, name).toMatchObject({ status: 200 });
      else expect(answer, name).toMatchObject({ status: 401, body: { code: 'token_used' } });
    }
    expect(await connections.state()).toMatchObject({ version, channels: [{ is_saved: false }] });
  });

  it('changes something as often as asked where tokens are good until they expire', async () => {
    const connections = await openConnections(store(), { config: { oneTimeTokens: 'until_expiry' } });
    const token = await connections.token();
    await connections.begin('api_key', { token });
    await connections.begin('api_key', { token });
  });

  it('keeps a token that could not change anything', async () => {
    const connections = await openConnections(store());
    const token = await connections.token();
    const answer = await connections.call('POST', '/connections/attempts', {
      token,
      body: { service: 'unheard-of', method: 'qr' },
    });
    expect(answer).toMatchObject({ status: 404, body: { code: 'unknown_service' } });
    await connections.begin('api_key', { token });
  });

  it('knows nothing of what belongs to another account, or to another user', async () => {
    const connections = await openConnections(store());
    const { call } = connections;
    const theirs = await ids(connections);
    const { account } = await connections.addAccount();
    const before = await connections.state();
    for (const route of await accountRoutesOf(connections)) {
      const name = `${route.method} ${route.url}`;
      const answer = await call(route.method, addressOf(route, theirs), {
        account,
        body: bodyOf(route, theirs),
      });
      if (route.url === '/connections') {
        expect(connectionState.parse(answer.body), name).toMatchObject({ channels: [], version: 0 });
        continue;
      }
      expect(answer, name).toMatchObject({ status: 404 });
      expect(answer.body, name).toMatchObject({ code: expect.stringMatching(/^unknown_/) as unknown });
      // As for one that never was: the answer tells nothing.
      const nobodys = { attempt: randomUUID(), channel: randomUUID() };
      const other = await call(route.method, addressOf(route, nobodys), {
        account,
        body: bodyOf(route, nobodys),
      });
      expect({ status: other.status, code: (other.body as { code: string }).code }, name).toEqual({
        status: answer.status,
        code: (answer.body as { code: string }).code,
      });
    }
    expect(await connections.state()).toEqual(before);

    // An attempt is that of who began it, even beside another administrator of the account.
    const claims = { user_id: 4711, is_admin: true };
    const look = await call('GET', `/connections/attempts/${theirs.attempt}`, { claims });
    expect(look).toMatchObject({ status: 404, body: { code: 'unknown_attempt' } });
  });

  it('is for administrators, but for looking', async () => {
    const connections = await openConnections(store());
    const { call, account } = connections;
    const known = await ids(connections);
    const [, manager] = [...account.context.account.users.values()];
    const nobodies: Record<string, unknown>[] = [{ user_id: manager?.id }, { is_admin: false }];
    for (const claims of nobodies) {
      for (const route of await accountRoutesOf(connections)) {
        const answer = await call(route.method, addressOf(route, known), {
          claims,
          body: bodyOf(route, known),
        });
        const name = `${route.method} ${route.url}`;
        if (route.url === '/connections') {
          expect(answer, name).toMatchObject({ status: 200, body: { can_change: false } });
        } else expect(answer, name).toMatchObject({ status: 403, body: { code: 'not_admin' } });
      }
    }
  });

  it.each(['x', `${randomUUID()}x`, "1' or 1=1", '%00', '..%2F..'])(
    'has no use for the id %s',
    async (id) => {
      const connections = await openConnections(store());
      for (const route of await accountRoutesOf(connections)) {
        if (!route.url.includes(':id')) continue;
        const known = { attempt: id, channel: id };
        const answer = await connections.call(route.method, addressOf(route, known), {
          body: bodyOf(route, known),
        });
        expect(answer, `${route.method} ${route.url}`).toMatchObject({ status: 404 });
      }
    },
  );

  it.each([
    undefined,
    {},
    [],
    { service: 1, method: 'api_key' },
    { service: 'courier', method: 'letter' },
    { version: -1, channels: [], default_channel_id: 'x' },
    { fields: { token: 1 } },
    { fields: { other: 'x' } },
    { fields: { account: '' } },
    JSON.parse('{"__proto__":{"service":"courier"}}') as object,
  ])('refuses a body that is not what it expects, and says what is wrong: %j', async (body) => {
    const connections = await openConnections(store());
    const known = await ids(connections);
    for (const route of await accountRoutesOf(connections)) {
      if (!['POST', 'PUT'].includes(route.method)) continue;
      const answer = await connections.call(route.method, addressOf(route, known), { body });
      expect(answer, `${route.method} ${route.url}`).toMatchObject({
        status: 400,
        body: { code: 'bad_request', message: expect.stringMatching(/\w/) as unknown },
      });
    }
  });

  it('answers the preflight of an account’s page alone', async () => {
    const { app, sandbox } = await openConnections(store());
    for (const [origin, isAllowed] of [
      [sandbox.url, true],
      ['https://demo.kommo.com', true],
      ['https://evil.example.com', false],
      ['null', false],
    ] as const) {
      const { headers } = await app.inject({
        method: 'OPTIONS',
        url: '/connections/settings',
        headers: { origin, 'access-control-request-method': 'PUT' },
      });
      expect(headers['access-control-allow-origin']).toBe(isAllowed ? origin : undefined);
      if (isAllowed) expect(headers['access-control-allow-methods']).toContain('PUT');
    }
  });
});

describe('An administrator', () => {
  it('who has lost the right is refused within ten seconds, and asked for once in that time', async () => {
    const { account, installationId, context } = await openConnections(store());
    let asked = 0;
    let now = 0;
    let isAdmin: boolean | undefined = true;
    const get = () => {
      asked += 1;
      if (isAdmin === undefined) return Promise.reject(new KommoApiError('temporary', 'GET /users: 503'));
      return Promise.resolve({ rights: { is_admin: isAdmin } });
    };
    const api = { get, post: get, patch: get, delete: () => Promise.resolve() };
    const administrators = createAdministrators({ of: () => api as never }, { now: () => now });
    const caller = {
      installation: { id: installationId } as never,
      userId: account.context.currentUserId(),
      origin: account.sandbox.url,
      isAdmin: undefined,
      token: { id: 'x', expiresAt: context.clock.now() },
    };
    await administrators.demand(caller);
    isAdmin = false;
    await administrators.demand(caller);
    expect(asked).toBe(1);
    now = 10_001;
    await expect(administrators.demand(caller)).rejects.toMatchObject({ status: 403, code: 'not_admin' });
    isAdmin = undefined;
    now = 30_000;
    await expect(administrators.demand(caller)).rejects.toMatchObject({
      status: 502,
      code: 'kommo_unavailable',
    });
    expect(await administrators.isAdmin(caller)).toBeUndefined();
    await administrators.demand({ ...caller, isAdmin: true });
  });
});
