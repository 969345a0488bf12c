import { eq } from 'drizzle-orm';
import { expect, onTestFinished, test, vi } from 'vitest';
import { installations } from '../../../src/backend/installations/tables.js';
import { startAccountFacts } from '../../../src/backend/jobs/account-facts.js';
import { createKommoApis } from '../../../src/backend/kommo-api/client.js';
import { createHttp, NoAnswerError, type SendHttp } from '../../../src/backend/kommo-api/http.js';
import { install, openAccount, rowOf, sharedStore, testContext } from '../installations/support/connected.js';

vi.setConfig({ testTimeout: 30_000 });

const store = sharedStore();

test('the country and the currency of an account that did not answer at its installation are filled in', async () => {
  const context = testContext(store());
  const id = await install(context, await openAccount());
  const { country, currency } = await rowOf(context, id);
  expect([country, currency]).toEqual([expect.any(String), expect.any(String)]);
  const forget = (): Promise<unknown> =>
    store().db.update(installations).set({ country: null, currency: null }).where(eq(installations.id, id));
  const isFilledIn = (): Promise<void> =>
    vi.waitFor(
      async () => {
        expect(await rowOf(context, id)).toMatchObject({ country, currency });
      },
      { timeout: 15_000, interval: 50 },
    );

  // It does not answer the first time either.
  await forget();
  const real = createHttp();
  const calls: string[] = [];
  const http: SendHttp = (call) => {
    calls.push(call.url);
    return calls.length === 1 ? Promise.reject(new NoAnswerError('no answer', true, false)) : real(call);
  };
  const apis = createKommoApis(context, { http });
  const facts = await startAccountFacts(context, apis, { interval: 50, retryDelay: 1 });
  onTestFinished(() => facts.stop());
  await isFilledIn();
  expect(calls.filter((url) => url.endsWith('/account'))).toHaveLength(2);

  await forget();
  await facts.fill();
  await isFilledIn();
});
