import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { createCallSlots } from '../../../src/backend/kommo-api/call-slots.js';
import { createKommoApis } from '../../../src/backend/kommo-api/client.js';
import { createHttp } from '../../../src/backend/kommo-api/http.js';
import { saveInstallation } from '../../../src/backend/installations/save.js';
import { install, openAccount, sharedStore } from '../installations/support/connected.js';
import { testContext, type TestContext } from '../installations/support/context.js';

const store = sharedStore();

let accounts = 100;

function newInstallation(context: TestContext): Promise<string> {
  accounts += 1;
  return saveInstallation(context, {
    platform: 'kommo',
    clientId: 'client',
    accountId: accounts,
    subdomain: 'demo',
    origin: 'http://127.0.0.1:1',
    apiDomain: undefined,
    accessToken: 'access',
    refreshToken: 'refresh',
    expiresAt: undefined,
    country: null,
    currency: null,
  });
}

/** The most times that lie within one second of each other. */
function mostInASecond(times: readonly number[]): number {
  return Math.max(
    ...times.map((start) => times.filter((time) => time >= start && time < start + 1000).length),
  );
}

test('processes that share a limit never make more calls in a second than it allows', async () => {
  const context = testContext(store(), { apiRequestsPerSecond: 7 });
  const id = await newInstallation(context);
  const processes = [createCallSlots(context), createCallSlots(context), createCallSlots(context)];
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: 24 }, async (_unused, number) => {
      await processes[number % 3]?.take(id);
      times.push(performance.now());
    }),
  );
  expect(times).toHaveLength(24);
  expect(mostInASecond(times)).toBeLessThanOrEqual(7);
  // And they are not much slower than they may be.
  expect(Math.max(...times) - Math.min(...times)).toBeLessThan(8000);
}, 30_000);

test('installations do not wait for each other', async () => {
  const context = testContext(store(), { apiRequestsPerSecond: 0.01 });
  const slots = createCallSlots(context);
  const ids = await Promise.all([newInstallation(context), newInstallation(context)]);
  await Promise.all(ids.map((id) => slots.take(id)));
});

test('those who wait in one process reserve together', async () => {
  const context = testContext(store(), { apiRequestsPerSecond: 100 });
  const id = await newInstallation(context);
  let statements = 0;
  const db = new Proxy(context.store.db, {
    get(target, name, receiver) {
      if (name === 'execute') statements += 1;
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
  const slots = createCallSlots({ config: context.config, store: { ...context.store, db } });
  await Promise.all(Array.from({ length: 50 }, () => slots.take(id)));
  // One that a busy machine comes too late for is reserved anew, ten times at most.
  expect(statements).toBeLessThanOrEqual(2 + 10);
});

test('without a limit the store is not asked', async () => {
  const context = testContext(store(), { apiRequestsPerSecond: Infinity });
  const slots = createCallSlots({ config: context.config, store: {} as typeof context.store });
  await slots.take('any');
  await slots.pushBack('any', 1);
});

test('after a 429 everybody pauses, those with a turn already too', async () => {
  const context = testContext(store(), { apiRequestsPerSecond: 7 });
  const id = await newInstallation(context);
  const [slots, others] = [createCallSlots(context), createCallSlots(context)];
  await slots.take(id);
  const waiting = [slots.take(id), slots.take(id)];
  await slots.pushBack(id, 1.5);
  const pushed = performance.now();
  await Promise.all([...waiting, others.take(id)]);
  expect(performance.now() - pushed).toBeGreaterThan(1400);
});

test('a caller is told when the turns cannot be had', async () => {
  const context = testContext(store(), { apiRequestsPerSecond: 7 });
  const slots = createCallSlots(context);
  await expect(slots.take('00000000-0000-4000-8000-000000000000')).rejects.toThrow();
  const id = await newInstallation(context);
  await slots.take(id);
});

test('the calls of an installation leave within the limit, for the account to count', async () => {
  const account = await openAccount({ requestsPerSecond: Infinity });
  const context = testContext(store(), { apiRequestsPerSecond: 7 });
  const id = await install(context, account);
  const send = createHttp();
  const left: number[] = [];
  const api = createKommoApis(context, {
    http: (call) => {
      left.push(performance.now());
      return send(call);
    },
  }).of(id);
  await Promise.all(Array.from({ length: 15 }, () => api.get('/account')));
  expect(left).toHaveLength(15);
  expect(mostInASecond(left)).toBeLessThanOrEqual(7);
}, 30_000);
