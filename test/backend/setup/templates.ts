import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { projectRoot } from '../../../scripts/build/paths.js';

/** The database that those of the tests are copied from. */
export const templateDatabase = 'migrated';

/** Makes {@link templateDatabase} on a fresh server. */
export async function fillPostgresTemplate(serverUrl: string): Promise<void> {
  const client = new pg.Client(serverUrl);
  await client.connect();
  try {
    await client.query(`create database ${templateDatabase}`);
  } finally {
    await client.end();
  }
  await openAndClose(databaseUrl(serverUrl, templateDatabase));
}

/** The server's address with the name of one of its databases. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/**
 * A folder with a migrated PGlite, kept from run to run as long as what made it stays the same: PGlite needs seconds
 * to make one, copying takes a moment.
 */
export async function pgliteTemplate(): Promise<string> {
  const cache = path.join(projectRoot, 'node_modules', '.cache', 'pipeline-messenger');
  const folder = path.join(cache, `pglite-${await fingerprint()}`);
  if (await stat(folder).catch(() => undefined)) return folder;
  await mkdir(cache, { recursive: true });
  await removeOld(cache);
  const made = await mkdtemp(path.join(cache, 'making-'));
  try {
    await openAndClose(path.join(made, 'data'));
    await rename(path.join(made, 'data'), folder).catch((error: unknown) => {
      // Another run was faster.
      if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    });
  } finally {
    await rm(made, { recursive: true, force: true });
  }
  return folder;
}

/** In a process of its own, as PGlite holds the thread for seconds. */
async function openAndClose(place: string): Promise<void> {
  const script = path.join(import.meta.dirname, 'open-and-close.ts');
  await promisify(execFile)(process.execPath, ['--import', 'tsx', script, place], { cwd: projectRoot });
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  const store = path.join(projectRoot, 'src/backend/store');
  for (const name of (await readdir(store, { recursive: true })).sort()) {
    if (/\.(ts|sql)$/.test(name)) hash.update(name).update(await readFile(path.join(store, name)));
  }
  for (const name of ['@electric-sql/pglite', 'pg-boss', 'drizzle-orm']) {
    hash.update(await readFile(path.join(projectRoot, 'node_modules', name, 'package.json')));
  }
  return hash.digest('hex').slice(0, 16);
}

const day = 86_400_000;

async function removeOld(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const folder = path.join(cache, name);
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > day) await rm(folder, { recursive: true, force: true });
  }
}
