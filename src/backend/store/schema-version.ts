import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { StoreError } from './errors.js';
import { migrationsFolder } from './migrations.js';
import { rowsOf } from './rows.js';
import type { Database } from './store.js';

/** How the tables stand to this version of the backend. */
export interface SchemaVersion {
  /** Migrations that this version has and the store has not. */
  readonly missing: number;
  /** Whether a newer version has been at work. */
  readonly isNewer: boolean;
}

/** Reads it without changing anything. */
export async function readSchemaVersion(db: Pick<Database, 'execute'>): Promise<SchemaVersion> {
  const known = await knownMigrations();
  const last = (await hasTable(db)) ? await lastApplied(db) : 0;
  return {
    missing: known.filter((when) => when > last).length,
    isNewer: last > (known.at(-1) ?? 0),
  };
}

/** Throws a {@link StoreError} where a newer version has been at work. */
export async function refuseNewer(db: Pick<Database, 'execute'>): Promise<void> {
  if (!(await readSchemaVersion(db)).isNewer) return;
  throw new StoreError(
    'The store was last used by a newer version of this backend, whose tables this one does not know. Run that version, or restore a copy from before the update.',
  );
}

async function knownMigrations(): Promise<number[]> {
  const journal = await readFile(path.join(migrationsFolder, 'meta', '_journal.json'), 'utf8');
  return (JSON.parse(journal) as { entries: { when: number }[] }).entries
    .map(({ when }) => when)
    .sort((a, b) => a - b);
}

async function hasTable(db: Pick<Database, 'execute'>): Promise<boolean> {
  const [row] = await rowsOf<{ found: boolean }>(
    db,
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as found`,
  );
  return row?.found === true;
}

async function lastApplied(db: Pick<Database, 'execute'>): Promise<number> {
  const [row] = await rowsOf<{ last: string | number | null }>(
    db,
    sql`select max(created_at) as last from drizzle.__drizzle_migrations`,
  );
  return Number(row?.last ?? 0);
}
