import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Backend, startBackend } from '../../../src/backend/index.js';
import { anyFreePort } from '../../../scripts/sandbox/free-port.js';
import { sendDemoReport } from '../support/demo-report.js';
import { type MessengerAccount, openMessengerAccount, sendHook } from '../support/messenger-account.js';
import { createTestFolder } from '../support/stores.js';

// What a test waits for comes late on a busy machine.
vi.setConfig({ testTimeout: 40_000, hookTimeout: 120_000 });

let account: MessengerAccount;
let backend: Backend;

beforeAll(async () => {
  // It reports nothing by itself while the tests run.
  account = await openMessengerAccount({ demoChat: { deliveredAfterMs: 600_000 } });
  const port = await anyFreePort();
  backend = await startBackend(
    account.config({
      publicUrl: `http://127.0.0.1:${port}`,
      port,
      dataDir: await createTestFolder(),
      logLevel: 'silent',
    }),
    { pollInterval: 20 },
  );
}, 120_000);
afterAll(async () => {
  await backend.stop();
  await account.close();
});

const report = (id: string, status: string, key = account.apiKey): Promise<number> =>
  sendDemoReport(backend, { id, status }, key);

/** Reports as they come, and where the message ends. */
const orders: readonly [string, string, RegExp][] = [
  ['delivered read', 'read', /and read/],
  ['read delivered', 'read', /and read/],
  ['delivered delivered', 'delivered', /delivered via/],
  ['read read delivered', 'read', /and read/],
  ['failed delivered read', 'read', /and read/],
  ['failed sent', 'failed', /not delivered/i],
  ['delivered failed', 'delivered', /delivered via/],
  ['read failed', 'read', /and read/],
  ['sent delivered sent', 'delivered', /delivered via/],
];

it.concurrent.each(orders)(
  'a message that is reported as %s ends as %s, and the note follows',
  async (order, state, words) => {
    const leadId = await account.addLead({ contacts: [await account.addContact()] });
    await sendHook(backend, account.hook({ leadId, message: `Reported ${order}` }));
    const id = await vi.waitFor(
      async () => {
        expect(await account.notes(leadId)).toHaveLength(1);
        const [outcome] = await account.outcomes(backend, { leadId });
        expect(outcome?.state).toBe('sent');
        return outcome?.service_message_id ?? '';
      },
      { timeout: 15_000, interval: 50 },
    );
    expect(await report(id, 'delivered', 'another key')).toBe(403);
    for (const status of order.split(' ')) expect(await report(id, status)).toBe(200);
    expect(await account.outcomes(backend, { leadId })).toMatchObject([{ state }]);
    await vi.waitFor(
      async () => {
        const notes = await account.notes(leadId);
        expect(notes.map(({ params }) => params.text)).toEqual([expect.stringMatching(words)]);
      },
      { timeout: 15_000, interval: 100 },
    );
  },
  40_000,
);

it('a report of a message that nobody knows is answered with 404, so that it comes again', async () => {
  expect(await report('unknown', 'delivered')).toBe(404);
});
