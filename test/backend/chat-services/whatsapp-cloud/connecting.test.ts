import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startFaultyProxy } from '../../../support/faulty-proxy.js';
import { graphApp, startGraphServer, type GraphServer } from '../../../support/graph-server.js';
import { connect, definitionAt, redirectUri } from './support.js';

describe('Connecting a number of WhatsApp Business', () => {
  let server: GraphServer;

  beforeAll(async () => {
    server = await startGraphServer();
  });

  afterAll(() => server.close());

  beforeEach(() => {
    server.sharing = [];
  });

  let accounts = 0;

  /** Id of an account that has no numbers yet. */
  const newAccount = (): string => {
    accounts += 1;
    return String(102_290_000_000_000 + accounts);
  };

  test('asks for a code with the configuration of the app, and without PKCE', () => {
    const { oauth } = definitionAt({ url: 'https://www.facebook.com/' });
    const url = new URL(oauth.consentUrl({ state: 'abc', codeChallenge: 'challenge', redirectUri }));
    expect(`${url.origin}${url.pathname}`).toBe('https://www.facebook.com/v25.0/dialog/oauth');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: graphApp.appId,
      redirect_uri: redirectUri,
      state: 'abc',
      config_id: graphApp.configId,
      response_type: 'code',
      override_default_response_type: 'true',
      extras: '{"version":"v4","setup":{}}',
    });
  });

  test('takes the number of the account that was shared', async () => {
    const wabaId = newAccount();
    const number = server.add(wabaId, { shown: '+1 (555) 010-0777', verifiedName: 'Ann’s shop' });
    server.sharing = [wabaId];
    const account = await connect(server);
    expect(account).toMatchObject({
      key: number.id,
      name: 'Ann’s shop',
      phone: '+15550100777',
      credentials: { phoneNumberId: number.id, wabaId },
    });
    expect(account.credentials).not.toHaveProperty('pin');
    expect(number.pin).toBeUndefined();
    expect(server.subscribed.has(wabaId)).toBe(false);
  });

  test('takes the first account that has a number, and a number that sends before one that does not', async () => {
    const [empty, full] = [newAccount(), newAccount()];
    const idle = server.add(full, { platform: 'NOT_APPLICABLE' });
    const ready = server.add(full, { shown: '+1 555-0778' });
    server.sharing = [empty, full];
    expect(await connect(server)).toMatchObject({ key: ready.id });
    expect(idle.pin).toBeUndefined();
  });

  test('has a verified number registered when none sends yet, and keeps its PIN', async () => {
    const wabaId = newAccount();
    server.add(wabaId, { platform: 'NOT_APPLICABLE', verification: 'NOT_VERIFIED' });
    const number = server.add(wabaId, { platform: 'NOT_APPLICABLE' });
    server.sharing = [wabaId];
    const { key, credentials } = await connect(server);
    expect(key).toBe(number.id);
    expect(credentials['pin']).toMatch(/^\d{6}$/);
    expect(number).toMatchObject({ platform: 'CLOUD_API', pin: credentials['pin'] });
  });

  test('tells Meta’s words when the number has another PIN, and not the one we tried', async () => {
    const wabaId = newAccount();
    server.add(wabaId, { platform: 'NOT_APPLICABLE', pin: 'another' });
    server.sharing = [wabaId];
    const failure = expect(connect(server)).rejects;
    await failure.toMatchObject({
      problem: 'no_sender',
      message: expect.stringMatching(/^PIN … is wrong$/) as string,
    });
  });

  test.each([
    ['no account was shared', []],
    ['the account has no number', ['empty']],
    ['its number is not verified', ['unverified']],
  ])('has nothing to send from when %s', async (_name, shared) => {
    const wabaId = newAccount();
    if (shared[0] === 'unverified') {
      server.add(wabaId, { platform: 'NOT_APPLICABLE', verification: 'NOT_VERIFIED' });
    }
    server.sharing = shared.length === 0 ? [] : [wabaId];
    await expect(connect(server)).rejects.toMatchObject({ problem: 'no_sender' });
  });

  test('takes no code that was made for another address', async () => {
    await expect(connect(server, { address: `${redirectUri}/x` })).rejects.toMatchObject({
      problem: 'expired',
    });
  });

  test.each([
    ['secret', { appSecret: '2c'.repeat(16) }],
    ['id', { appId: '111111111' }],
  ])('cannot be helped by the person when the %s of our app is wrong', async (_name, app) => {
    await expect(
      connect(server, { definition: definitionAt({ url: server.url, ...app }) }),
    ).rejects.toMatchObject({
      problem: 'service_unavailable',
    });
  });

  test.each(['debug_token', 'phone_numbers'])('may work later when %s is not answered', async (path) => {
    const wabaId = newAccount();
    server.add(wabaId);
    server.sharing = [wabaId];
    const proxy = await startFaultyProxy(server.url);
    const others = '{"data":{"is_valid":true,"app_id":"1","granular_scopes":[]}}';
    for (const body of ['<html></html>', '{"data":7}', '{"data":[{}]}', others]) {
      proxy.clear();
      proxy.meetAt({ method: 'GET', path: new RegExp(path) }, { answer: { status: 200, body } });
      await expect(connect(server, { definition: definitionAt(proxy) })).rejects.toMatchObject({
        problem: 'service_unavailable',
      });
    }
    await proxy.close();
  });
});
