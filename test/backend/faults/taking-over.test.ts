import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Config } from '../../../src/backend/index.js';
import { anyFreePort } from '../../../scripts/sandbox/free-port.js';
import { type MessengerAccount, openMessengerAccount, sendHook } from '../support/messenger-account.js';
import { type RunningBackend, runBackend } from '../support/run-backend.js';
import { createTestDatabase, prepareStores } from '../support/stores.js';

// Processes start within seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

prepareStores(['postgresql']);

let account: MessengerAccount;
beforeAll(async () => {
  account = await openMessengerAccount();
}, 60_000);
afterAll(() => account.close());

/** Processes of their own that share one PostgreSQL. */
async function runBackends(count: number, changes: Partial<Config> = {}): Promise<RunningBackend[]> {
  const databaseUrl = await createTestDatabase();
  const run = async (): Promise<RunningBackend> => {
    const port = await anyFreePort();
    const place = { databaseUrl, publicUrl: `http://127.0.0.1:${port}`, port };
    const backend = await runBackend(account.config({ ...place, ...changes }), { pollInterval: 20 });
    onTestFinished(() => backend.kill());
    return backend;
  };
  return Promise.all(Array.from({ length: count }, run));
}

const takenOf = async (text: string): Promise<number> =>
  (await account.taken()).filter((message) => message.text === text).length;

const patience = { timeout: 30_000, interval: 50 };

describe('processes on one PostgreSQL', () => {
  it('make one event, one message and one note of a hook that all of them get many times at once', async () => {
    const backends = await runBackends(5);
    const leadId = await account.addLead({ contacts: [await account.addContact()] });
    const hook = account.hook({ leadId, message: 'From any process' });
    const answers = await Promise.all(
      backends.flatMap((backend) => Array.from({ length: 20 }, () => sendHook(backend, hook))),
    );
    const results = answers.map(({ status, result }) => `${status} ${result ?? ''}`).sort();
    expect(results).toEqual(['200 accepted', ...Array.from({ length: 99 }, () => '200 duplicate')]);
    await vi.waitFor(async () => {
      expect(await account.notes(leadId)).toHaveLength(1);
    }, patience);
    const [first, ...others] = backends as [RunningBackend, ...RunningBackend[]];
    expect(await account.outcomes(first, { leadId })).toMatchObject([{ state: 'delivered' }]);
    // Once it is done, too.
    for (const backend of others)
      expect(await sendHook(backend, hook)).toEqual({ status: 200, result: 'duplicate' });
    expect(await takenOf('From any process')).toBe(1);
    expect(await account.notes(leadId)).toHaveLength(1);
  });

  it('take over from one that hangs, and what it does when it goes on again comes to nothing', async () => {
    const [hanging, other] = (await runBackends(2)) as [RunningBackend, RunningBackend];
    // Only the one gets the hook, and is stopped while its message is on the way.
    await account.phoneFaults({ mode: 'slow', seconds: 3 });
    const contacts = [await account.addContact(), await account.addContact(), await account.addContact()];
    const leads = await Promise.all(Array.from({ length: 6 }, () => account.addLead({ contacts })));
    const textOf = (leadId: number): string => `Taken over ${leadId}`;
    for (const leadId of leads) await sendHook(hanging, account.hook({ leadId, message: textOf(leadId) }));
    await vi.waitFor(async () => {
      const planned = await account.outcomes(hanging);
      expect(planned.filter(({ text }) => text?.startsWith('Taken over') === true)).toHaveLength(18);
    }, patience);
    hanging.process.kill('SIGSTOP');
    await account.phoneFaults();

    const inOrder = async (): Promise<void> => {
      for (const leadId of leads) {
        expect(await takenOf(textOf(leadId))).toBe(contacts.length);
        const outcomes = await account.outcomes(other, { leadId });
        expect(outcomes.map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered']);
        expect((await account.notes(leadId)).map(({ params }) => params.text)).toEqual([
          expect.stringContaining(textOf(leadId)),
        ]);
      }
    };
    await vi.waitFor(inOrder, patience);

    hanging.process.kill('SIGCONT');
    // It answers again, and works on what comes after; by then it has done what it was about to.
    const later = await account.addLead({ contacts: [await account.addContact()] });
    await sendHook(hanging, account.hook({ leadId: later, message: 'Afterwards' }));
    await vi.waitFor(async () => {
      expect(await account.notes(later)).toHaveLength(1);
    }, patience);
    await inOrder();
    expect((await hanging.terminate()).exitCode).toBe(0);
    await inOrder();
  });
});
