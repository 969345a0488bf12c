import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { type Binaries, findBinaries, type ServerUser, serverUser } from './binaries.js';

/** A PostgreSQL server for tests and benchmarks, in a temporary folder. */
export interface PostgresServer {
  /** Of its database `postgres`, as superuser; the same after a restart. */
  readonly url: string;
  /** Ends the server: at once, with all connections, as a crash or (`smart`) in good order. Start it again with `start`. */
  stop(how?: 'crash' | 'orderly'): Promise<void>;
  start(): Promise<void>;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
}

export interface ServerOptions {
  /**
   * Whether a commit waits until it is on the disk, as on a server that people rely on. By default it does not: what a
   * test keeps need not survive a power cut.
   */
  readonly durable?: boolean;
}

const common = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  shared_buffers: '128MB',
  max_wal_size: '4GB',
};

const notDurable = { fsync: 'off', full_page_writes: 'off' };

/** Makes and starts a server on a free port: about a second. */
export async function createPostgresServer({ durable = false }: ServerOptions = {}): Promise<PostgresServer> {
  const user = await serverUser();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pipeline-messenger-postgres-'));
  try {
    // The server's user goes through it; what is inside belongs to that user.
    await chmod(folder, 0o711);
    const binaries = await findBinaries(folder, user);
    const data = path.join(folder, 'data');
    const password = randomBytes(12).toString('hex');
    await initialise(binaries, { folder, data, password, user });
    return await run(
      binaries,
      { folder, data, password, user },
      durable ? common : { ...common, ...notDurable },
    );
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

interface Place {
  folder: string;
  data: string;
  password: string;
  user: ServerUser | undefined;
}

async function initialise({ initdb }: Binaries, { folder, data, password, user }: Place): Promise<void> {
  const passwordFile = path.join(folder, 'password');
  await mkdir(data, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user !== undefined) for (const name of [data, passwordFile]) await chown(name, user.uid, user.gid);
  const child = spawnAs(user, folder, initdb, [
    `--pgdata=${data}`,
    `--pwfile=${passwordFile}`,
    '--username=postgres',
    '--auth=password',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    '--lc-collate=C',
    '--lc-ctype=C',
    '--lc-messages=C',
    '--no-sync',
  ]);
  const output = collect(child);
  const [code] = (await Promise.race([once(child, 'close'), failure(child)])) as [number | null];
  if (code !== 0) throw new Error(`PostgreSQL's initdb ended with ${code}:\n${output()}`);
}

async function run(
  { postgres }: Binaries,
  { folder, data, password, user }: Place,
  settings: Readonly<Record<string, string>>,
): Promise<PostgresServer> {
  const port = await freePort();
  let child: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const started = spawnAs(user, folder, postgres, ['-D', data, '-p', String(port), ...args]);
    const output = collect(started);
    const ready = new Promise<void>((resolve) => {
      started.stderr?.on('data', () => {
        if (output().includes('database system is ready to accept connections')) resolve();
      });
    });
    const ended = once(started, 'close').then(() => {
      throw new Error(`PostgreSQL ended while it was starting:\n${output()}`);
    });
    ended.catch(() => undefined);
    await Promise.race([ready, ended, failure(started)]);
    child = started;
  };

  const stop = async (how: 'crash' | 'orderly' = 'orderly'): Promise<void> => {
    const running = child;
    child = undefined;
    if (running?.exitCode !== null || running.signalCode !== null) return;
    const closed = once(running, 'close');
    running.kill(how === 'crash' ? 'SIGQUIT' : 'SIGINT');
    await closed;
  };

  await start();
  return {
    url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    start,
    stop,
    async remove() {
      await stop('crash');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function spawnAs(user: ServerUser | undefined, cwd: string, file: string, args: string[]): ChildProcess {
  // The message that the server is ready is looked for in English.
  const env = { ...process.env, LC_ALL: 'C', LANG: 'C' };
  return spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], ...user });
}

function failure(child: ChildProcess): Promise<never> {
  return new Promise((_resolve, reject) => child.once('error', reject));
}

/** The last of what a process has written. */
function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-20_000);
    });
  }
  return () => text;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port was found.');
  return address.port;
}
