import type { Config } from '../config.js';
import type { Log } from '../log.js';
import { openPglite } from './pglite.js';
import { openPostgresql } from './postgresql.js';
import type { Store } from './store.js';

export interface OpenOptions extends Pick<Config, 'databaseUrl' | 'dataDir'> {
  /** Gets what goes wrong in the background; without it nothing is told. */
  readonly log?: Log;
  /** Connections to PostgreSQL at most. */
  readonly poolSize?: number;
}

/**
 * Opens the store and brings its tables up to date: a PostgreSQL server where the configuration names one, else
 * PGlite in a folder (or in memory, for `memory://`). Throws a `StoreError` when that cannot be done.
 */
export async function openStore({ databaseUrl, dataDir, log, poolSize = 20 }: OpenOptions): Promise<Store> {
  return databaseUrl === undefined
    ? openPglite(dataDir, { log })
    : openPostgresql(databaseUrl, { log, poolSize });
}
