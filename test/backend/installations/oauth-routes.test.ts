import fastify, { type FastifyInstance, type LightMyRequestResponse } from 'fastify';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Config } from '../../../src/backend/config.js';
import { oauthRoutes } from '../../../src/backend/installations/oauth-routes.js';
import { pageWords } from '../../../src/backend/installations/page-words.js';
import { isSigned } from '../../../src/backend/installations/uninstalled.js';
import { createKommoApis } from '../../../src/backend/kommo-api/client.js';
import { createHttp, type HttpCall, type SendHttp } from '../../../src/backend/kommo-api/http.js';
import { disconnectIntegration, disconnectSignature } from '../../../src/sandbox/account/oauth/disconnect.js';
import { sendInstallHook } from '../../../src/sandbox/account/oauth/install-hook.js';
import { openAccount, rowOf, sharedStore, type TestAccount } from './support/connected.js';
import { clientId, secret, testContext, type TestContext } from './support/context.js';

// Each test starts an account, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const store = sharedStore();

interface Routes {
  readonly app: FastifyInstance;
  readonly context: TestContext;
  readonly installed: string[];
  readonly calls: HttpCall[];
  readonly get: (path: string, headers?: Record<string, string>) => Promise<LightMyRequestResponse>;
}

function routes({ config = {}, http }: { config?: Partial<Config>; http?: SendHttp } = {}): Routes {
  const context = testContext(store(), config);
  const app = fastify();
  const installed: string[] = [];
  const calls: HttpCall[] = [];
  const real = http ?? createHttp();
  oauthRoutes(app, context, {
    apis: createKommoApis(context),
    http: (call) => {
      calls.push(call);
      return real(call);
    },
    onInstalled: (id) => installed.push(id),
  });
  onTestFinished(() => app.close());
  return {
    app,
    context,
    installed,
    calls,
    get: (path, headers = {}) => app.inject({ url: path, headers: { accept: 'text/html', ...headers } }),
  };
}

function callback(fields: Record<string, string>): string {
  return `/oauth/callback?${new URLSearchParams(fields).toString()}`;
}

function hostOf({ context }: TestAccount): string {
  return new URL(context.url).host;
}

test('the install hook of a marketplace makes an installation, a second one updates it', async () => {
  const account = await openAccount();
  const { get, context, installed } = routes();
  const fields = { referer: hostOf(account), client_id: clientId, platform: '2', from_widget: '1' };
  expect((await get(callback({ ...fields, code: account.code() }))).statusCode).toBe(200);
  const row = await rowOf(context, installed[0] ?? '');
  expect(row).toMatchObject({
    platform: 'kommo',
    clientId,
    accountId: account.context.account.id,
    origin: account.context.url,
    country: account.context.account.country,
    state: 'active',
    tokenKind: 'oauth',
  });
  const { referer, ...others } = fields;
  await get(callback({ ...others, referrer: referer, code: account.code() }));
  expect(installed).toEqual([row.id, row.id]);
  expect((await rowOf(context, row.id)).accessToken).not.toBe(row.accessToken);
  expect(context.lines.join('')).not.toMatch(/def502|eyJ/);
});

test('the account’s own hook and the hook of its end go the whole way', async () => {
  const { app, context, installed } = routes();
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const redirectUri = `${url}/oauth/callback`;
  const account = await openAccount({ redirectUri, disabledUri: `${url}/oauth/uninstalled` });
  Object.assign(context.config, { publicUrl: url });
  expect(await sendInstallHook(account.context, account.integration)).toMatchObject({ status: 200 });
  const id = installed[0] ?? '';
  expect(await disconnectIntegration(account.context, account.integration)).toMatchObject({ status: 200 });
  expect(await rowOf(context, id)).toMatchObject({
    state: 'uninstalled',
    accessToken: null,
    refreshToken: null,
  });
  // Once more changes nothing.
  expect(await disconnectIntegration(account.context, account.integration)).toMatchObject({ status: 200 });
  await expect(createKommoApis(context).of(id).get('/account')).rejects.toThrow(/was uninstalled/);
});

test('an old hook of the end, sent again, does not end an installation that works', async () => {
  const account = await openAccount();
  const { get, context, installed } = routes();
  await get(callback({ referer: hostOf(account), client_id: clientId, code: account.code() }));
  const accountId = account.context.account.id;
  const signature = disconnectSignature(secret, clientId, accountId);
  const answer = await get(
    `/oauth/uninstalled?account_id=${accountId}&client_id=${clientId}&signature=${signature}`,
  );
  expect(answer.json()).toMatchObject({ code: 'in_use' });
  expect(await rowOf(context, installed[0] ?? '')).toMatchObject({ state: 'active' });
});

test('a hook of the end without a good signature is refused', async () => {
  const { get } = routes();
  const forged = `/oauth/uninstalled?account_id=1&client_uuid=${clientId}&signature=${'0'.repeat(64)}`;
  expect((await get(forged)).statusCode).toBe(403);
  expect((await get(`/oauth/uninstalled?account_id=1&client_uuid=${clientId}&signature=x`)).statusCode).toBe(
    403,
  );
  for (const query of [
    '',
    '?account_id=1',
    `?account_id=x&client_uuid=${clientId}&signature=x`,
    '?account_id=1&account_id=2',
  ]) {
    expect((await get(`/oauth/uninstalled${query}`)).statusCode).toBe(400);
  }
});

test('the signature is that of the platform, with any of the secrets', () => {
  const signature = '1f1ae4a9791b9beedaf0c7963b51b38ad1471bbb9b306ac81d0829e50fe269e9';
  expect(isSigned({ id: clientId, secrets: [secret] }, '12345678', signature)).toBe(true);
  expect(isSigned({ id: clientId, secrets: ['newer', secret] }, '12345678', signature)).toBe(true);
  expect(isSigned({ id: clientId, secrets: ['newer'] }, '12345678', signature)).toBe(false);
  expect(isSigned({ id: clientId, secrets: [secret] }, '12345679', signature)).toBe(false);
});

test('an installation that began here ends in the same browser, in time, and once', async () => {
  const account = await openAccount();
  const { get, context, installed, calls } = routes({ config: { publicUrl: 'https://app.example.com' } });
  account.integration.redirect_uri = 'https://app.example.com/oauth/callback';
  const begun = await get('/oauth/install?platform=kommo');
  const consent = new URL(String(begun.headers.location));
  expect(consent.searchParams.get('client_id')).toBe(clientId);
  const state = consent.searchParams.get('state') ?? '';
  const setCookie = String(begun.headers['set-cookie']);
  expect(setCookie).toMatch(/; HttpOnly; SameSite=Lax; Secure$/);
  const cookie = setCookie.split(';')[0] ?? '';
  const path = callback({ referer: hostOf(account), client_id: clientId, state, code: account.code() });
  const other = String((await get('/oauth/install')).headers['set-cookie']).split(';')[0] ?? '';

  for (const headers of [{}, { cookie: other }, { cookie: `${cookie}x` }]) {
    expect((await get(path, headers)).statusCode).toBe(400);
  }
  expect((await get(path.replace(state, 'made.up.state'), { cookie })).statusCode).toBe(400);
  context.moveClock(11 * 60_000);
  expect((await get(path, { cookie })).statusCode).toBe(400);
  expect(calls).toEqual([]);

  context.moveClock(-11 * 60_000);
  const ended = await get(path, { cookie: `a=b; ${cookie}` });
  expect(ended.statusCode).toBe(200);
  expect(String(ended.headers['set-cookie'])).toMatch(/install=; .*Max-Age=0/);
  expect(installed).toHaveLength(1);
});

test('the consent pages are those of the two platforms', async () => {
  const { get } = routes({
    config: {
      localAccounts: [],
      clients: [
        { platform: 'kommo', id: 'one', secrets: ['1'] },
        { platform: 'amocrm', id: 'two', secrets: ['2'] },
      ],
    },
  });
  const where = async (query: string) => String((await get(`/oauth/install${query}`)).headers.location);
  expect(await where('?platform=kommo')).toMatch(/^https:\/\/www\.kommo\.com\/oauth\?client_id=one&/);
  expect(await where('?platform=amocrm')).toMatch(/^https:\/\/www\.amocrm\.ru\/oauth\?client_id=two&/);
  expect((await get('/oauth/install?platform=other')).statusCode).toBe(400);
});

test('the secret goes to no host that is not an account’s, and to none of the other platform', async () => {
  const { get, calls } = routes();
  const hosts = [
    'evil.com',
    'demo.kommo.com.evil.com',
    'demo.kommo.com@evil.com',
    'www.kommo.com',
    '10.0.0.1:80',
  ];
  for (const referer of hosts) {
    const answer = await get(callback({ referer, client_id: clientId, code: 'def502' }));
    expect(answer.statusCode, referer).toBe(400);
    expect(answer.body).not.toContain('evil');
  }
  for (const fields of [
    { referer: 'demo.amocrm.ru', client_id: clientId },
    { referer: 'demo.amocrm.ru', platform: '2' },
    { referer: 'demo.amocrm.ru' },
    { referer: 'demo.kommo.com', platform: '1' },
    { referer: 'demo.kommo.com', client_id: 'another' },
  ]) {
    expect((await get(callback({ ...fields, code: 'def502' }))).statusCode).toBe(400);
  }
  expect(calls).toEqual([]);
});

test.each([
  [{ client_id: 'two', platform: '2' }, 'https://demo.amocrm.ru', 'secret-2'],
  [{ platform: '1' }, 'https://demo.amocrm.ru', 'secret-2'],
  [{}, 'https://demo.amocrm.ru', 'secret-2'],
  [{ platform: '2' }, 'https://demo.kommo.com', 'secret-1'],
  [{}, 'https://demo.amocrm.com', 'secret-1'],
])('the client pair for %j at %s', async (fields, origin, used) => {
  const { get, calls } = routes({
    config: {
      clients: [
        { platform: 'kommo', id: 'one', secrets: ['secret-1'] },
        { platform: 'amocrm', id: 'two', secrets: ['secret-2'] },
      ],
    },
    http: () => Promise.resolve({ status: 500, headers: {}, text: '' }),
  });
  expect((await get(callback({ ...fields, referer: new URL(origin).host, code: 'x' }))).statusCode).toBe(503);
  expect(calls[0]?.url).toBe(`${origin}/oauth2/access_token`);
  expect(JSON.parse(calls[0]?.body ?? '')).toMatchObject({
    client_secret: used,
    grant_type: 'authorization_code',
  });
});

test('tokens of another client or another account are not saved', async () => {
  const account = await openAccount();
  const jwt = (claims: object) => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
  const giving =
    (claims: object): SendHttp =>
    (call) =>
      Promise.resolve({
        status: 200,
        headers: {},
        text: JSON.stringify(
          call.url.endsWith('access_token')
            ? { access_token: jwt(claims), refresh_token: 'r', expires_in: 86_400 }
            : { id: 5, subdomain: 'five' },
        ),
      });
  for (const claims of [
    { aud: 'another', account_id: 5 },
    { aud: clientId, account_id: 6 },
  ]) {
    const { get, installed } = routes({ http: giving(claims) });
    const answer = await get(callback({ referer: hostOf(account), client_id: clientId, code: 'x' }));
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('another account');
    expect(installed).toEqual([]);
  }
});

test('every fault ends on a page with the next step, in the language of the browser, without the code', async () => {
  const account = await openAccount();
  const referer = hostOf(account);
  const { get, context } = routes();
  const used = account.code();
  await get(callback({ referer, client_id: clientId, code: used }));
  const faults: [Record<string, string>, keyof (typeof pageWords)['en']['pages']][] = [
    [{ error: 'access_denied', client_id: clientId }, 'declined'],
    [{ referer, client_id: clientId, code: used }, 'void_code'],
    [{ referer, client_id: clientId, code: 'def502<script>' }, 'void_code'],
    [{ referer, client_id: clientId }, 'no_code'],
    [{ client_id: clientId, code: used }, 'no_code'],
    [{ referer, client_id: 'another', code: used }, 'unknown_client'],
  ];
  for (const [fields, name] of faults) {
    for (const language of ['en', 'es', 'pt', 'tr', 'id', 'ru'] as const) {
      const answer = await get(callback(fields), { 'accept-language': `fr, ${language}-XX;q=0.9, en;q=0.1` });
      expect(answer.headers['content-language']).toBe(language);
      expect(answer.body).toContain(pageWords[language].pages[name].title);
      expect(answer.body).not.toMatch(/def502|<script|at .*\.ts/);
      expect(answer.headers['referrer-policy']).toBe('no-referrer');
    }
  }
  const plain = await get(callback({ error: 'access_denied' }), { accept: 'application/json' });
  expect(plain.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(context.lines.join('')).not.toContain('def502');
});

test('a store that is away is no 500', async () => {
  const account = await openAccount();
  const context = testContext({ ...store(), db: brokenDatabase() });
  const app = fastify();
  oauthRoutes(app, context, { apis: createKommoApis(context) });
  onTestFinished(() => app.close());
  const url = callback({ referer: hostOf(account), client_id: clientId, code: account.code() });
  expect((await app.inject({ url })).statusCode).toBe(503);
  expect(context.lines.join('')).not.toMatch(/def502|eyJ|v1\./);
});

/** A database whose every statement fails as Drizzle's do: with the values in the message. */
function brokenDatabase(): TestContext['store']['db'] {
  const fail = (): never => {
    throw new Error('Failed query: insert … params: v1.sealed', {
      cause: new Error('Connection terminated'),
    });
  };
  return { insert: fail, select: fail, update: fail } as Partial<
    TestContext['store']['db']
  > as TestContext['store']['db'];
}

test('every page has its words in every language', () => {
  const keys = Object.keys(pageWords.en.pages);
  for (const { pages, openAccount: open, tryAgain } of Object.values(pageWords)) {
    expect(Object.keys(pages)).toEqual(keys);
    for (const text of [
      open,
      tryAgain,
      ...Object.values(pages).flatMap(({ title, text }) => [title, text]),
    ]) {
      expect(text.replace(/\{(platform|account)\}/g, '')).not.toMatch(/[{}]|^$/);
    }
  }
});
