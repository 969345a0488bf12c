import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { printFigures, rounds } from '../../support/rounds.js';
import { anyFreePort } from '../../../scripts/sandbox/free-port.js';
import { createLoad, reckon } from '../support/load.js';
import { type MessengerAccount, openMessengerAccount } from '../support/messenger-account.js';
import { type RunningBackend, runBackend } from '../support/run-backend.js';
import { createTestPlace, prepareStores, type StoreKind } from '../support/stores.js';

/** As many as are killed, and as many as share the work meanwhile. */
const settings: readonly { kind: StoreKind; processes: number; title: string }[] = [
  { kind: 'pglite', processes: 1, title: 'PGlite' },
  { kind: 'postgresql', processes: 1, title: 'PostgreSQL' },
  { kind: 'postgresql', processes: 3, title: 'PostgreSQL, three processes' },
];

const repeats = rounds(4, 30);

// What a test waits for comes late on a busy machine.
vi.setConfig({ testTimeout: 40_000, hookTimeout: 120_000 });

prepareStores();

describe('kill -9 at random moments under load loses nothing and doubles nothing', () => {
  let account: MessengerAccount;
  let leads: number[];

  beforeAll(async () => {
    account = await openMessengerAccount();
  });
  afterAll(() => account.close());

  it.each(settings)('on $title', { timeout: 900_000 }, async ({ kind, processes, title }) => {
    leads = await account.addLeads(40);
    const place = await createTestPlace(kind);
    const start = async (port: number): Promise<RunningBackend> =>
      runBackend(account.config({ ...place, publicUrl: `http://127.0.0.1:${port}`, port, leaseSeconds: 2 }));
    const ports = await Promise.all(Array.from({ length: processes }, () => anyFreePort()));
    const backends = [...ports.keys()].map((): RunningBackend | undefined => undefined);
    const running = (): RunningBackend[] => backends.filter((one) => one !== undefined);
    const load = createLoad(account, { leads, most: 250 });
    try {
      for (const [place, port] of ports.entries()) backends[place] = await start(port);
      for (let round = 0; round < repeats; round += 1) {
        const victim = round % processes;
        const port = ports[victim] ?? 0;
        const sending = load.start(running);
        // At a moment that a slow machine puts off: under load it must have come to.
        const wanted = load.acknowledged.size + 6 + Math.floor(Math.random() * 20);
        await vi.waitFor(
          () => {
            expect(load.acknowledged.size).toBeGreaterThan(wanted);
          },
          { timeout: 60_000, interval: 10 },
        );
        await pause(Math.random() * 100);
        await backends[victim]?.kill();
        backends[victim] = undefined;
        if (processes === 1) await sending.stop();
        backends[victim] = await start(port);
        await sending.stop();
      }
      await vi.waitFor(
        async () => {
          for (const { url } of running()) {
            const metrics = await (await fetch(`${url}/metrics`)).text();
            expect(metrics).toContain('pipeline_messenger_queue_length 0\n');
            expect(metrics).toContain('pipeline_messenger_dead_events 0\n');
          }
          expect(await reckon(account, load)).toMatchObject({ losses: 0, 'notes missing': 0 });
        },
        { timeout: 60_000, interval: 500 },
      );
      // Late doubles would come within the length of a lease.
      await pause(2500);
      const reckoning = await reckon(account, load);
      printFigures(`kill -9 on ${title}`, { rounds: repeats, ...reckoning });
      expect(reckoning).toMatchObject({ losses: 0, doubles: 0, 'notes missing': 0, 'notes doubled': 0 });
      expect(reckoning.acknowledged).toBeGreaterThan(repeats * 5);
    } finally {
      await Promise.all(running().map((backend) => backend.kill()));
    }
  });
});
