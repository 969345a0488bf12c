import { request } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Backend, type Config, startBackend } from '../../../src/backend/index.js';
import { redrive } from '../../../src/backend/delivery/redrive.js';
import { openStore } from '../../../src/backend/store/open.js';
import { anyFreePort } from '../../../scripts/sandbox/free-port.js';
import {
  hookSecret,
  type MessengerAccount,
  openMessengerAccount,
  sendHook,
} from '../support/messenger-account.js';
import { type RunningBackend, runBackend } from '../support/run-backend.js';
import { createTestDatabase, prepareStores } from '../support/stores.js';

// What a test waits for comes late on a busy machine.
vi.setConfig({ testTimeout: 40_000, hookTimeout: 120_000 });

prepareStores(['postgresql']);

let account: MessengerAccount;
beforeAll(async () => {
  account = await openMessengerAccount();
}, 60_000);
afterAll(() => account.close());

/** Backends that share one PostgreSQL; they are told apart by nothing else. */
async function startBackends(
  count: number,
  { databaseUrl: given, ...changes }: Partial<Config> = {},
): Promise<Backend[]> {
  const databaseUrl = given ?? (await createTestDatabase());
  const backends: Backend[] = [];
  onTestFinished(() => Promise.all(backends.map((backend) => backend.stop())).then(() => undefined));
  for (let one = 0; one < count; one += 1) {
    const port = await anyFreePort();
    const place = { databaseUrl, publicUrl: `http://127.0.0.1:${port}`, port };
    const config = account.config({ ...place, logLevel: 'silent', shutdownSeconds: 1, ...changes });
    backends.push(await startBackend(config, { pollInterval: 20 }));
  }
  return backends;
}

const textsTo = async (leadText: RegExp): Promise<string[]> =>
  (await account.taken()).map(({ text }) => text).filter((text) => leadText.test(text));

/** Has come, and stays so. */
const patience = { timeout: 20_000, interval: 50 };

describe('several backends on one PostgreSQL', () => {
  it('make one event and one message of a hook that comes to all of them many times at once', async () => {
    const backends = await startBackends(4);
    const leadId = await account.addLead({ contacts: [await account.addContact()] });
    const hook = account.hook({ leadId, message: 'Only once' });
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_one, place) => sendHook(backends[place % 4] as Backend, hook)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 40 }, () => 200));
    expect(answers.filter(({ result }) => result === 'accepted')).toHaveLength(1);
    expect(answers.filter(({ result }) => result === 'duplicate')).toHaveLength(39);
    await vi.waitFor(async () => {
      expect(await account.notes(leadId)).toHaveLength(1);
    }, patience);
    expect(await textsTo(/^Only once$/)).toHaveLength(1);
    expect(await account.outcomes(backends[0] as Backend, { leadId })).toHaveLength(1);
  });

  it('send the events of one lead in the order of their arrival', async () => {
    const backends = await startBackends(3);
    const leadId = await account.addLead({ contacts: [await account.addContact()] });
    const expected = Array.from({ length: 25 }, (_one, number) => `In order ${number}`);
    for (const [place, message] of expected.entries()) {
      expect((await sendHook(backends[place % 3] as Backend, account.hook({ leadId, message }))).status).toBe(
        200,
      );
    }
    await vi.waitFor(async () => {
      expect(await textsTo(/^In order/)).toHaveLength(expected.length);
    }, patience);
    expect(await textsTo(/^In order/)).toEqual(expected);
  });

  it('skip the same text to the same number, for two leads at the same time on two of them', async () => {
    const backends = await startBackends(2);
    for (let round = 0; round < 5; round += 1) {
      const contact = await account.addContact();
      const leads = [
        await account.addLead({ contacts: [contact] }),
        await account.addLead({ contacts: [contact] }),
      ];
      const message = `Said once ${round}`;
      await Promise.all(
        leads.map((leadId, place) => sendHook(backends[place] as Backend, account.hook({ leadId, message }))),
      );
      await vi.waitFor(async () => {
        const outcomes = [];
        for (const leadId of leads)
          outcomes.push(...(await account.outcomes(backends[0] as Backend, { leadId })));
        expect(outcomes.map(({ state, reason }) => `${state} ${reason ?? ''}`).sort()).toEqual([
          'delivered ',
          'skipped repeated_text',
        ]);
      }, patience);
    }
    expect(await textsTo(/^Said once/)).toHaveLength(5);
  });
});

describe('an event that waits for a retry', () => {
  it('does not hold up the later ones of its lead, and goes out once', async () => {
    const [backend] = await startBackends(1, { retrySeconds: 2 });
    const contacts = [
      await account.addContact({ phones: ['+12015556601'] }),
      await account.addContact({ phones: ['+12015556602'] }),
    ];
    const leadId = await account.addLead({ contacts });
    const taken = async (): Promise<string[]> =>
      (await account.taken())
        .filter(({ to }) => to.startsWith('+1201555660'))
        .map(({ to, text }) => `${text} ${to}`);
    await account.phoneFaults({ to: '+12015556601', mode: 'unavailable' });
    await sendHook(backend as Backend, account.hook({ leadId, message: 'Held up', onlyMain: true }));
    await vi.waitFor(async () => {
      expect(await account.outcomes(backend as Backend, { leadId })).toMatchObject([
        { state: 'queued', service_code: 'unavailable' },
      ]);
    }, patience);
    await sendHook(backend as Backend, account.hook({ leadId, message: 'Not held up' }));
    await vi.waitFor(async () => {
      expect(await taken()).toEqual(['Not held up +12015556602']);
    }, patience);
    await account.phoneFaults();
    await vi.waitFor(async () => {
      expect((await taken()).sort()).toEqual([
        'Held up +12015556601',
        'Not held up +12015556601',
        'Not held up +12015556602',
      ]);
    }, patience);
  });

  it('is given up after its last attempt, and redrive sends it once and renews its note', async () => {
    const databaseUrl = await createTestDatabase();
    const [backend] = await startBackends(1, { databaseUrl, attempts: 3, retrySeconds: 0.05 });
    const leadId = await account.addLead({ contacts: [await account.addContact()] });
    await account.phoneFaults({ mode: 'unavailable' });
    await sendHook(backend as Backend, account.hook({ leadId, message: 'Brought back' }));
    await vi.waitFor(async () => {
      expect(await account.outcomes(backend as Backend, { leadId })).toMatchObject([
        { state: 'failed', reason: 'service_unavailable' },
      ]);
      expect((await account.notes(leadId)).map(({ params }) => params.text)).toEqual([
        expect.stringContaining('Demo chat did not answer'),
      ]);
    }, patience);
    await account.phoneFaults();
    const store = await openStore({ databaseUrl, dataDir: '' });
    onTestFinished(() => store.close());
    expect(await redrive(store, { dryRun: true })).toBe(1);
    expect(await redrive(store)).toBe(1);
    expect(await redrive(store)).toBe(0);
    await vi.waitFor(async () => {
      expect((await account.notes(leadId)).map(({ params }) => params.text)).toEqual([
        expect.stringMatching(/^Message (sent|delivered) via/),
      ]);
    }, patience);
    expect(await textsTo(/^Brought back$/)).toHaveLength(1);
  });
});

describe('a backend that is asked to stop', () => {
  const config = async (databaseUrl: string, changes: Partial<Config> = {}): Promise<Config> => {
    const port = await anyFreePort();
    return account.config({
      databaseUrl,
      publicUrl: `http://127.0.0.1:${port}`,
      port,
      leaseSeconds: 60,
      shutdownSeconds: 2,
      ...changes,
    });
  };
  const run = async (wanted: Config): Promise<RunningBackend> => {
    const backend = await runBackend(wanted);
    onTestFinished(async () => {
      if (backend.process.exitCode === null) await backend.kill();
    });
    return backend;
  };

  it(
    'ends in good order although a call is half sent, a connection idle and the chat service hangs, and another takes up its work at once',
    { timeout: 90_000 },
    async () => {
      const databaseUrl = await createTestDatabase();
      const first = await run(await config(databaseUrl));
      const { hostname, port } = new URL(first.url);
      const idle = connect(Number(port), hostname);
      await once(idle, 'connect');
      const half = request(`${first.url}/hooks/digital-pipeline/${hookSecret}`, {
        method: 'POST',
        headers: { 'Content-Length': '1000' },
      });
      half.on('error', () => undefined);
      half.write('event');

      await account.phoneFaults({ mode: 'slow', seconds: 60 });
      const leads = await account.addLeads(5);
      for (const leadId of leads) {
        expect((await sendHook(first, account.hook({ leadId, message: `Taken up ${leadId}` }))).status).toBe(
          200,
        );
      }
      await vi.waitFor(async () => {
        expect(await account.outcomes(first)).toHaveLength(5);
      }, patience);
      const ending = first.terminate();
      await account.phoneFaults();
      const { exitCode, milliseconds } = await ending;
      expect(exitCode).toBe(0);
      expect(milliseconds).toBeLessThan(10_000);
      idle.destroy();

      // Its leases are of a minute: without them given back the test would end first.
      const second = await run(await config(databaseUrl));
      await vi.waitFor(async () => {
        for (const leadId of leads) expect(await account.notes(leadId)).toHaveLength(1);
      }, patience);
      expect(await textsTo(/^Taken up/)).toHaveLength(5);
      expect((await second.terminate()).exitCode).toBe(0);
    },
  );
});
