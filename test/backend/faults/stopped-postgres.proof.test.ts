import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startPostgres, type TestPostgres } from '../../../scripts/testing/postgres.js';
import { printFigures, rounds } from '../../support/rounds.js';
import { anyFreePort } from '../../../scripts/sandbox/free-port.js';
import { createLoad, reckon } from '../support/load.js';
import { type MessengerAccount, openMessengerAccount } from '../support/messenger-account.js';
import { type RunningBackend, runBackend } from '../support/run-backend.js';

const downMs = rounds(4, 10) * 1000;

/** The server and all its processes, so that it neither answers nor closes a connection. */
async function processesOf(url: string): Promise<number[]> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const run = promisify(execFile);
  const parent = async (pid: number): Promise<number> =>
    Number((await run('ps', ['-o', 'ppid=', '-p', String(pid)])).stdout);
  const server = await parent(rows[0]?.pid ?? 0);
  await client.end();
  const { stdout } = await run('ps', ['-e', '-o', 'pid=,ppid=']);
  const children = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, of]) => of === server)
    .map(([pid = 0]) => pid);
  return [server, ...children];
}

interface Stop {
  readonly title: string;
  readonly down: (postgres: TestPostgres) => Promise<() => Promise<void>>;
}

const stops: readonly Stop[] = [
  {
    title: 'hangs',
    async down({ url }) {
      const pids = await processesOf(url);
      const signal = (name: NodeJS.Signals): void => {
        for (const pid of pids) {
          try {
            process.kill(pid, name);
          } catch {
            // One of its processes has ended meanwhile.
          }
        }
      };
      signal('SIGSTOP');
      return () => {
        signal('SIGCONT');
        return Promise.resolve();
      };
    },
  },
  {
    title: 'is restarted',
    async down(postgres) {
      await postgres.stop('orderly');
      return () => postgres.start();
    },
  },
  {
    title: 'crashes',
    async down(postgres) {
      await postgres.stop('crash');
      return () => postgres.start();
    },
  },
];

describe('PostgreSQL stops for seconds under load, and the backend goes on without a restart', () => {
  let account: MessengerAccount;
  let postgres: TestPostgres;
  let backend: RunningBackend;

  beforeAll(async () => {
    account = await openMessengerAccount();
    postgres = await startPostgres();
    const port = await anyFreePort();
    backend = await runBackend(
      account.config({ databaseUrl: postgres.url, publicUrl: `http://127.0.0.1:${port}`, port }),
    );
  }, 180_000);
  afterAll(async () => {
    await backend.kill();
    await postgres.close();
    await account.close();
  });

  const readiness = async (): Promise<number> =>
    (await fetch(`${backend.url}/readyz`, { signal: AbortSignal.timeout(5000) })).status;

  it.each(stops)('as it $title', { timeout: 180_000 }, async ({ title, down }) => {
    const load = createLoad(account, { leads: await account.addLeads(20), pauseMs: 30 });
    const sending = load.start(() => [backend]);
    await vi.waitFor(
      () => {
        expect(load.acknowledged.size).toBeGreaterThan(20);
      },
      { timeout: 30_000 },
    );
    const up = await down(postgres);
    const began = performance.now();
    await vi.waitFor(
      async () => {
        expect(await readiness()).toBe(503);
        expect(load.answers.get(503) ?? 0).toBeGreaterThan(0);
      },
      { timeout: 15_000 },
    );
    expect((await fetch(`${backend.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${backend.url}/metrics`)).status).toBe(200);
    await pause(Math.max(0, downMs - (performance.now() - began)));
    await up();
    await vi.waitFor(
      async () => {
        expect(await readiness()).toBe(200);
      },
      { timeout: 15_000 },
    );
    const before = load.acknowledged.size;
    await vi.waitFor(
      () => {
        expect(load.acknowledged.size).toBeGreaterThan(before + 20);
      },
      { timeout: 30_000 },
    );
    await sending.stop();
    // Every hook was answered, with a 503 at the worst.
    expect([...load.answers.keys()].sort()).toEqual([200, 503]);
    await vi.waitFor(
      async () => {
        expect(await reckon(account, load)).toMatchObject({ losses: 0, 'notes missing': 0 });
      },
      { timeout: 40_000, interval: 500 },
    );
    const reckoning = await reckon(account, load);
    const refused = load.answers.get(503) ?? 0;
    printFigures(`PostgreSQL ${title}`, { seconds: downMs / 1000, ...reckoning, 'answers 503': refused });
    expect(reckoning).toMatchObject({ losses: 0, doubles: 0, 'notes missing': 0, 'notes doubled': 0 });
    const lines = backend.log().split('\n');
    expect(lines.filter((line) => line.includes('A bug of ours'))).toEqual([]);
    // The errors of the store quote the statements that failed, with everything that they were to store.
    expect(lines.filter((line) => /Message [0-9a-f]{8}|1201555\d{4}/.test(line))).toEqual([]);
    expect(lines.filter((line) => line.includes(account.token))).toEqual([]);
  });
});
