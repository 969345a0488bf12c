import { stat } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle as drizzlePg } from 'drizzle-orm/node-postgres';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import pg from 'pg';
import type { Config } from '../config.js';
import { StoreError } from './errors.js';
import { restore, takeFolder } from './pglite-folder.js';
import { connectionFault } from './postgresql-faults.js';
import { rowsOf } from './rows.js';
import { readSchemaVersion } from './schema-version.js';
import * as schema from './schema.js';
import type { Database } from './store.js';

/** What a look at the store has shown. */
export interface StoreReport {
  readonly isFine: boolean;
  /** For a person. */
  readonly message: string;
  readonly accounts: readonly KnownAccount[];
}

/** An account that has an integration of ours installed. */
export interface KnownAccount {
  readonly clientId: string;
  readonly origin: string;
}

/** Looks at the store without changing it: no tables are made, no folder either. Never rejects for a store's sake. */
export async function inspectStore({
  databaseUrl,
  dataDir,
}: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<StoreReport> {
  try {
    if (databaseUrl !== undefined) return await inspectPostgresql(databaseUrl);
    if (dataDir.startsWith('memory://')) return report('Everything is kept in memory and lost at the end.');
    return await inspectFolder(path.resolve(dataDir));
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { isFine: false, message: error.message, accounts: [] };
  }
}

async function inspectPostgresql(databaseUrl: string): Promise<StoreReport> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 3000,
    query_timeout: 10_000,
  });
  client.on('error', () => undefined);
  const { host, pathname } = new URL(databaseUrl);
  try {
    await client.connect();
    return await describe(drizzlePg(client, { schema }), `PostgreSQL at ${host}${pathname}`);
  } catch (error) {
    throw connectionFault(databaseUrl, error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function inspectFolder(folder: string): Promise<StoreReport> {
  if ((await stat(path.join(folder, 'ready')).catch(() => undefined)) === undefined) {
    return report(`The folder ${folder} holds no store yet; the first start makes one.`);
  }
  const taken = await takeFolder(folder);
  try {
    const client = await PGlite.create(taken.database).catch((error: unknown) => {
      throw new StoreError(`The store in ${folder} does not open. ${restore}`, { cause: error });
    });
    try {
      return await describe(drizzlePglite(client, { schema }), `The folder ${folder}`);
    } finally {
      await client.close();
    }
  } finally {
    await taken.release();
  }
}

async function describe(db: Database, place: string): Promise<StoreReport> {
  const { missing, isNewer } = await readSchemaVersion(db);
  if (isNewer) {
    const message = `${place} was last used by a newer version of this backend. Run that version, or restore a copy from before the update.`;
    return { isFine: false, message, accounts: [] };
  }
  const changes = missing === 1 ? 'A change of its tables is' : `${missing} changes of its tables are`;
  const state = missing === 0 ? 'Its tables are up to date.' : `${changes} made at the next start.`;
  return report(`${place} answers. ${state}`, missing === 0 ? await accountsOf(db) : []);
}

async function accountsOf(db: Database): Promise<KnownAccount[]> {
  return rowsOf<{ clientId: string; origin: string }>(
    db,
    sql`select client_id as "clientId", origin from installations where state = 'active' order by updated_at desc limit 1000`,
  );
}

function report(message: string, accounts: readonly KnownAccount[] = []): StoreReport {
  return { isFine: true, message, accounts };
}
