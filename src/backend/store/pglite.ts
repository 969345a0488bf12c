import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import type { Log } from '../log.js';
import { within } from './deadline.js';
import { StoreError } from './errors.js';
import { startJobs, stopJobs } from './jobs.js';
import { migrationsFolder } from './migrations.js';
import { type PgliteFolder, restore, takeFolder } from './pglite-folder.js';
import { refuseNewer } from './schema-version.js';
import * as schema from './schema.js';
import type { Store } from './store.js';

/** PostgreSQL compiled to WASM, in a folder that belongs to this process alone, or in memory (`memory://`). */
export async function openPglite(dataDir: string, { log }: { log: Log | undefined }): Promise<Store> {
  const folder = dataDir.startsWith('memory://') ? undefined : await takeFolder(dataDir);
  let client: PGlite | undefined;
  try {
    client = await create(dataDir, folder);
    return await prepare(client, folder, log);
  } catch (error) {
    await client?.close().catch(() => undefined);
    await folder?.release();
    throw error;
  }
}

async function create(dataDir: string, folder: PgliteFolder | undefined): Promise<PGlite> {
  try {
    return await PGlite.create(folder?.database ?? 'memory://');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreError(`The store in ${dataDir} does not open (${reason}). ${restore}`, { cause: error });
  }
}

async function prepare(
  client: PGlite,
  folder: PgliteFolder | undefined,
  log: Log | undefined,
): Promise<Store> {
  const db = drizzle(client, { schema });
  await refuseNewer(db);
  await migrate(db, { migrationsFolder });
  const jobs = await startJobs(
    (text, values) => client.query(text, values),
    (text) => runScript(client, text),
    { log },
  );
  await folder?.markReady();
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await stopJobs(jobs, { log });
    await client.close();
    await folder?.release();
  };
  return {
    kind: 'pglite',
    db,
    jobs,
    alone: (work) => work(),
    async ping() {
      await within(2000, 'PGlite did not answer within 2 seconds.', db.execute(sql`select 1`));
    },
    close: () => (closing ??= close()),
  };
}

/**
 * Several statements, of which pg-boss brackets some with BEGIN and COMMIT. There is one connection: a script that
 * fails in between must not leave its transaction open to whoever comes next.
 */
async function runScript(client: PGlite, text: string): Promise<{ rows: unknown[] }> {
  const [, bracketed] = /^\s*BEGIN;([^]*?)COMMIT;?\s*$/.exec(text) ?? [];
  const results =
    bracketed === undefined
      ? await client.exec(text)
      : await client.transaction((transaction) => transaction.exec(bracketed));
  return results.at(-1) ?? { rows: [] };
}
