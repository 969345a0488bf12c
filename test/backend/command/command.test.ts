import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { buildBackend } from '../../../scripts/build/backend.js';
import { deliveryLanes } from '../../../src/backend/delivery/tables.js';
import { events } from '../../../src/backend/receiving/tables.js';
import { openStore } from '../../../src/backend/store/open.js';
import { addInstallation } from '../receiving/webhooks/support/receiver.js';
import { createTestDatabase, prepareStores } from '../support/stores.js';

let main: string;
let folder: string;
const started: ChildProcessWithoutNullStreams[] = [];

prepareStores(['postgresql']);

beforeAll(async () => {
  await buildBackend({ ifStale: true });
  main = path.resolve(import.meta.dirname, '../../../dist/backend/main.js');
}, 60_000);

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pipeline-messenger-command-'));
});

afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

const values = {
  PUBLIC_URL: 'https://messages.example.com',
  PORT: '0',
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  HOOK_SECRET: 'a-secret-that-nobody-shows',
  KOMMO_CLIENT_ID: '0a1b2c3d-4e5f-6789-abcd-ef0123456789',
  KOMMO_CLIENT_SECRET: 'another-secret-not-shown',
};

function start(args: string[], environment: Record<string, string> = {}): ChildProcessWithoutNullStreams {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env: { PATH, ...environment } });
  started.push(child);
  return child;
}

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

async function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (text.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text.err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...text };
}

const run = (args: string[], environment?: Record<string, string>): Promise<Ended> =>
  ended(start(args, environment));

/** The first line of the log that tells where it listens. */
async function running(child: ChildProcessWithoutNullStreams): Promise<string> {
  for await (const line of createInterface(child.stdout)) {
    const { url } = JSON.parse(line) as { url?: string };
    if (url !== undefined) return url;
  }
  throw new Error('The backend ended before it ran.');
}

/** As many events that were given up for each of as many installations, whose ids it gives. */
async function addDeadEvents(databaseUrl: string, counts: readonly number[]): Promise<string[]> {
  const store = await openStore({ databaseUrl, dataDir: '' });
  onTestFinished(() => store.close());
  const ids: string[] = [];
  for (const count of counts) {
    const { id: installationId } = await addInstallation(store);
    ids.push(installationId);
    for (let elementId = 1; elementId <= count; elementId += 1) {
      const element = { installationId, elementType: 2, elementId };
      const [lane] = await store.db.insert(deliveryLanes).values(element).returning();
      const fields = { laneId: lane?.id ?? 0, dedupeKey: String(elementId), type: 14, settings: {} };
      await store.db.insert(events).values({ ...element, ...fields, state: 'dead' });
    }
  }
  return ids;
}

describe('npm run backend', { timeout: 60_000 }, () => {
  it('explains itself, within 80 columns', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('node dist/backend/main.js');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it.each([
    [['frob'], 'Expected serve, check or redrive; got "frob".'],
    [['check', 'twice'], 'Unexpected argument "twice".'],
    [['--frob'], "Unknown option '--frob'"],
    [['check', '--dry-run'], '--installation and --dry-run belong to redrive.'],
    [['redrive', '--installation', '1'], 'Expected the id of an installation'],
  ])('refuses %j', async (args, message) => {
    const { code, err } = await run(args, values);
    expect(code).toBe(2);
    expect(err.replace(/\s+/g, ' ')).toContain(message);
  });

  it('names every fault of the configuration, and points at names that look misspelt', async () => {
    const { code, err } = await run([], {
      ...values,
      PORT: 'x',
      HOOK_SECRET: 'short-secret',
      DATABSE_URL: 'x',
    });
    expect(code).toBe(2);
    expect(err).toContain('The configuration has 2 faults.');
    expect(err.replace(/\s+/g, ' ')).toContain('PORT Expected a port number from 0 to 65535; got "x".');
    expect(err).toContain('Did you mean DATABASE_URL?');
    expect(err).not.toContain('short-secret');
    expect(err).not.toContain('\u001b');
    expect((await run(['check'], { ...values, PORT: 'x' })).code).toBe(1);
  });

  it('reads .env, over which the environment wins', async () => {
    await writeFile(path.join(folder, '.env'), 'LOG_LEVEL=from-the-file\nHOST=from the file\n');
    const { err } = await run([], { ...values, HOST: '127.0.0.1' });
    expect(err).toContain('from-the-file');
    expect(err).toContain('The configuration has a fault.');
  });

  it('serves until a signal asks it to stop, and ends with 0', async () => {
    const child = start([], { ...values, DATABASE_URL: await createTestDatabase() });
    const url = await running(child);
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(200);
    const end = ended(child);
    child.kill('SIGTERM');
    const { code, err } = await end;
    expect(code).toBe(0);
    expect(err).toBe('');
  });

  it('ends at once at the second signal', async () => {
    const child = start([], { ...values, DATABASE_URL: await createTestDatabase() });
    const url = await running(child);
    // A request that never ends keeps it from stopping.
    const { hostname, port } = new URL(url);
    const { connect } = await import('node:net');
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(
      'POST /hooks/digital-pipeline/a-secret-that-nobody-shows HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    const end = ended(child);
    child.kill('SIGTERM');
    // Of two signals that wait at once, the system chooses which goes first.
    let said = '';
    for await (const chunk of on(child.stdout, 'data')) {
      said += String(chunk);
      if (said.includes('Stopping')) break;
    }
    child.kill('SIGINT');
    expect((await end).code).toBe(130);
    socket.destroy();
  });

  it('says why it cannot start, in a line', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const DATABASE_URL = await createTestDatabase();
    const busy = await run([], { ...values, DATABASE_URL, PORT: String(port) });
    taken.close();
    expect(busy).toMatchObject({ code: 2 });
    expect(busy.err).toContain(`Something else already listens at 127.0.0.1:${port}.`);
    const away = await run([], { ...values, DATABASE_URL: 'postgresql://a:b@127.0.0.1:1/c' });
    expect(away).toMatchObject({ code: 2 });
    expect(away.err.replace(/\s+/g, ' ')).toContain('No PostgreSQL answers at 127.0.0.1:1. Start it');
  });

  it('counts what it would bring back', async () => {
    const { code, out } = await run(['redrive', '--dry-run'], {
      ...values,
      DATABASE_URL: await createTestDatabase(),
    });
    expect(out).toBe('No events were given up; there is nothing to bring back.\n');
    expect(code).toBe(0);
  });

  it('brings back the events of one installation, and says so when there is no such installation', async () => {
    const DATABASE_URL = await createTestDatabase();
    const [first, second] = await addDeadEvents(DATABASE_URL, [2, 1]);
    const redrive = (...args: string[]): Promise<Ended> =>
      run(['redrive', ...args], { ...values, DATABASE_URL });
    const wrong = await redrive('--installation', '0a1b2c3d-4e5f-6789-abcd-ef0123456789');
    expect(wrong).toMatchObject({ code: 2, out: '' });
    expect(wrong.err.replace(/\s+/g, ' ')).toBe(
      'error There is no installation 0a1b2c3d-4e5f-6789-abcd-ef0123456789 in this store. ' +
        'The table installations lists them; without the option all events are brought back. ',
    );
    expect((await redrive('--installation', first ?? '', '--dry-run')).out).toBe(
      '2 events would be brought back. Leave out --dry-run to do it.\n',
    );
    const again = '2 events brought back; the backend works on them as soon as it runs.\n';
    expect(await redrive('--installation', first ?? '')).toEqual({ code: 0, out: again, err: '' });
    expect((await redrive('--installation', first ?? '')).out).toMatch(/^No events were given up/);
    expect((await redrive('--installation', (second ?? '').toUpperCase())).out).toMatch(/^1 event brought/);
  });

  it('checks everything, a line each, without changing anything', async () => {
    const { code, out } = await run(['check'], {
      ...values,
      DATABASE_URL: await createTestDatabase(),
      LOCAL_ACCOUNTS: 'http://127.0.0.1:1',
    });
    const lines = out.replace(/\n +/g, ' ').split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^ok {5}Configuration +Every value can be used\.$/),
      expect.stringMatching(/^ok {5}Store +PostgreSQL at .+ answers\. Its tables are up to date\.$/),
      expect.stringMatching(/^failed Kommo +http:\/\/127\.0\.0\.1:1 gave no tokens: .+ Try again later/),
      expect.stringMatching(/^failed Chat service +None is set.+Set CHAT_SERVICE\.$/),
      '',
    ]);
    expect(code).toBe(1);
  });

  it('checks a long-lived token', async () => {
    const { code, out } = await run(['check'], {
      ...values,
      KOMMO_CLIENT_ID: '',
      KOMMO_CLIENT_SECRET: '',
      DATA_DIR: 'memory://',
      LOCAL_ACCOUNTS: 'http://127.0.0.1:1',
      KOMMO_ACCOUNT: 'http://127.0.0.1:1',
      KOMMO_LONG_LIVED_TOKEN: 'a.b.c',
    });
    expect(out).toMatch(/^failed Long-lived token \S.+(\n +.+)* Try again later/m);
    expect(code).toBe(1);
  });

  it('tells a long-lived token that gives no access, and runs', async () => {
    const child = start([], {
      ...values,
      DATABASE_URL: await createTestDatabase(),
      LOCAL_ACCOUNTS: 'http://127.0.0.1:1',
      KOMMO_ACCOUNT: 'http://127.0.0.1:1',
      KOMMO_LONG_LIVED_TOKEN: 'a.b.c',
    });
    const told: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      const { msg, reason } = JSON.parse(line) as { msg: string; reason?: string };
      if (reason !== undefined) told.push(reason);
      if (msg === 'The backend is running') break;
    }
    expect(told.join()).toMatch(/^The long-lived token gives no access\..+Start again when/);
  });

  it('ends without a word when nobody reads on', async () => {
    const child = start(['check'], {
      ...values,
      DATA_DIR: 'memory://',
      LOCAL_ACCOUNTS: 'http://127.0.0.1:1',
    });
    child.stdout.destroy();
    const { code, err } = await ended(child);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});
