import type { Config } from '../config.js';
import { openPglite } from './pglite.js';
import { openPostgresql } from './postgresql.js';
import type { Store } from './store.js';

/**
 * Opens the store and brings its tables up to date: a PostgreSQL server where the configuration names one, else
 * PGlite in a folder (or in memory, for `memory://`). Throws a `StoreError` when that cannot be done.
 */
export async function openStore({
  databaseUrl,
  dataDir,
}: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<Store> {
  return databaseUrl === undefined ? openPglite(dataDir) : openPostgresql(databaseUrl);
}
