import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { Context } from '../../../src/backend/context.js';
import { deliveryLanes } from '../../../src/backend/delivery/tables.js';
import { createTokens } from '../../../src/backend/installations/tokens.js';
import { createKommoApis } from '../../../src/backend/kommo-api/client.js';
import { createHttp, NoAnswerError, type SendHttp } from '../../../src/backend/kommo-api/http.js';
import { openStore } from '../../../src/backend/store/open.js';
import type { Store } from '../../../src/backend/store/store.js';
import { expireAccessTokens } from '../../../src/sandbox/account/oauth/access-token.js';
import { regenerateSecret } from '../../../src/sandbox/account/oauth/integrations.js';
import { createTestDatabase, eachStore } from '../support/stores.js';
import { install, openAccount, rowOf, type TestAccount } from './support/connected.js';
import { clientId, secret, testContext, type TestContext } from './support/context.js';

// Each test starts an account, which takes seconds on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

/** Calls of the token endpoint that the account has answered with tokens. */
function refreshes({ context }: TestAccount): number {
  return context.traffic
    .entries()
    .filter(
      ({ url, status, body }) =>
        url.includes('/oauth2/access_token') && status === 200 && body.includes('"refresh_token"'),
    ).length;
}

/** Does to each call of the token endpoint what the list says, in order; then nothing more. */
function faulty(faults: ('lost' | 'never sent')[]): SendHttp {
  const http = createHttp();
  return async (call) => {
    if (!call.url.endsWith('/oauth2/access_token')) return http(call);
    const fault = faults.shift();
    if (fault === 'never sent') throw new NoAnswerError('no connection', false, false);
    const answer = await http(call);
    if (fault === 'lost') throw new NoAnswerError('no answer', true, false);
    return answer;
  };
}

eachStore((openTestStore, kind) => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore();
  }, 120_000);

  async function connected(flavour: 'kommo' | 'amocrm' = 'kommo'): Promise<{
    account: TestAccount;
    context: TestContext;
    id: string;
  }> {
    const account = await openAccount({ switches: { flavour } });
    const context = testContext(store);
    return { account, context, id: await install(context, account) };
  }

  test('fifty callers in one process meet one expired token: one refresh', async () => {
    const { account, context, id } = await connected();
    expireAccessTokens(account.context, clientId);
    const api = createKommoApis(context).of(id);
    const answers = await Promise.all(Array.from({ length: 50 }, () => api.get<{ id: number }>('/account')));
    expect(new Set(answers.map((answer) => answer?.id))).toEqual(new Set([account.context.account.id]));
    expect(refreshes(account)).toBe(1);
  });

  test('a token is refreshed when less than ten minutes of it are left, and not before', async () => {
    const { account, context, id } = await connected();
    const tokens = createTokens(context, { http: createHttp() });
    const first = await tokens.access(id);
    context.moveClock(86_400_000 - 11 * 60_000);
    expect(await tokens.access(id)).toEqual(first);
    context.moveClock(2 * 60_000);
    expect((await tokens.access(id)).token).not.toBe(first.token);
    expect(refreshes(account)).toBe(1);
  });

  test('a token that still has some life is used when the early refresh fails', async () => {
    const { context, id } = await connected();
    const first = await createTokens(context, { http: createHttp() }).access(id);
    context.moveClock(86_400_000 - 5 * 60_000);
    const tokens = createTokens(context, { http: faulty(['never sent']) });
    expect(await tokens.access(id)).toEqual(first);
    context.moveClock(2 * 60_000);
    expect((await tokens.access(id)).token).not.toBe(first.token);
  });

  test('after a lost answer the old token is tried once more', async () => {
    const { account, context, id } = await connected('kommo');
    const http = faulty(['lost']);
    expireAccessTokens(account.context, clientId);
    expect(await createKommoApis(context, { http }).of(id).get('/account')).toBeDefined();
    expect(await rowOf(context, id)).toMatchObject({ state: 'active' });
  });

  test('where the old token is void by then, the account has to authorise again', async () => {
    const { account, context, id } = await connected('amocrm');
    const http = faulty(['lost']);
    expireAccessTokens(account.context, clientId);
    const api = createKommoApis(context, { http }).of(id);
    await expect(api.get('/account')).rejects.toMatchObject({ kind: 'access_revoked' });
    expect(await rowOf(context, id)).toMatchObject({ state: 'unauthorised' });
    await expect(api.get('/account')).rejects.toThrow(
      /authorise the integration again, in Settings → Integrations/,
    );
    // A new installation mends it.
    await install(context, account);
    expect(await api.get('/account')).toBeDefined();
  });

  test('an account that cannot be reached keeps its tokens', async () => {
    const { account, context, id } = await connected();
    const before = await rowOf(context, id);
    expireAccessTokens(account.context, clientId);
    const http = faulty(['never sent']);
    const api = createKommoApis(context, { http }).of(id);
    await expect(api.get('/account')).rejects.toMatchObject({ kind: 'temporary' });
    expect(await rowOf(context, id)).toEqual(before);
    expect(await api.get('/account')).toBeDefined();
  });

  test('both secrets are tried while one is being replaced, and a wrong one is no reason to give up', async () => {
    const { account, context, id } = await connected();
    const fresh = regenerateSecret(account.context, account.integration, { keepPrevious: false });
    account.context.account.refresh_tokens.forEach((token) => (token.is_revoked = false));
    const before = createKommoApis(context).of(id);
    await expect(before.get('/account')).rejects.toMatchObject({
      kind: 'temporary',
      message: expect.stringMatching(/Check the id, the secret/) as string,
    });
    expect(await rowOf(context, id)).toMatchObject({ state: 'active' });
    const both = testContext(store, {
      clients: [{ platform: 'kommo', id: clientId, secrets: ['not yet', fresh] }],
    });
    expect(await createKommoApis(both).of(id).get('/account')).toBeDefined();
    expect(`${context.lines.join('')}${both.lines.join('')}`).not.toMatch(
      new RegExp(`${secret}|${fresh}|def502|eyJ`),
    );
  });

  test('a refresh finds an account that was renamed', async () => {
    const { account, context, id } = await connected();
    await account.sandbox.server.rename('renamed');
    context.moveClock(86_400_000);
    expect(await createKommoApis(context).of(id).get('/account')).toMatchObject({ subdomain: 'renamed' });
    expect(await rowOf(context, id)).toMatchObject({ origin: account.context.url, subdomain: 'renamed' });
  });

  test('an account that does not answer a refresh holds up nobody else', async () => {
    const { account, context, id } = await connected();
    expireAccessTokens(account.context, clientId);
    const http = createHttp();
    let release = (): void => undefined;
    let asked = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const held: SendHttp = async (call) => {
      if (call.url.endsWith('/oauth2/access_token')) {
        asked();
        await new Promise<void>((resolve) => (release = resolve));
      }
      return http(call);
    };
    const call = createKommoApis(context, { http: held }).of(id).get('/account');
    await isAsked;
    await context.store.ping();
    await insertEvent(context, id);
    release();
    expect(await call).toBeDefined();
  });

  if (kind === 'postgresql') {
    test('twenty processes meet one expired token: exactly one refresh', async () => {
      const databaseUrl = await createTestDatabase();
      const account = await openAccount({ switches: { flavour: 'amocrm' } });
      const store = await openStore({ databaseUrl, dataDir: '' });
      const id = await install(testContext(store), account);
      await store.close();
      expireAccessTokens(account.context, clientId);
      const script = await bundleCaller();
      const started = Array.from({ length: 20 }, () => startCaller(script, databaseUrl, id));
      const processes = await Promise.all(started);
      for (const { start } of processes) start();
      const answers = await Promise.all(processes.map(({ answer }) => answer));
      expect(answers).toEqual(Array.from({ length: 20 }, () => String(account.context.account.id)));
      expect(refreshes(account)).toBe(1);
    }, 120_000);
  }
});

/** What the hook's route does while a refresh is under way: it refers to the installation. */
async function insertEvent({ store }: Context, installationId: string): Promise<void> {
  await store.db.insert(deliveryLanes).values({ installationId, elementType: 2, elementId: 1 });
}

/** In one file, so that twenty processes start in the time of a few. */
async function bundleCaller(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pipeline-messenger-caller-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const outfile = path.join(folder, 'refresh-once.cjs');
  const entry = path.join(import.meta.dirname, 'support/refresh-once.ts');
  await build({ entryPoints: [entry], bundle: true, platform: 'node', outfile, external: ['pg-native'] });
  return outfile;
}

async function startCaller(
  script: string,
  databaseUrl: string,
  id: string,
): Promise<{ start: () => void; answer: Promise<string> }> {
  const child: ChildProcess = spawn(process.execPath, [script, databaseUrl, id], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  if (child.stdout === null) throw new Error('The process has no output.');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value);
  expect(await next()).toBe('ready');
  return { start: () => child.stdin?.write('go\n'), answer: next() };
}
