import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type PgBoss from 'pg-boss';
import type * as schema from './schema.js';

/** Drizzle over PGlite or PostgreSQL; the same queries run on both. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;

/** Where everything is kept: PGlite in a folder or a PostgreSQL server. One schema, one set of migrations. */
export interface Store {
  readonly kind: 'pglite' | 'postgresql';
  readonly db: Database;
  /** Background jobs on the same database. */
  readonly jobs: PgBoss;
  /**
   * Runs what changes the structure of the database, in one process at a time. pg-boss needs it for new queues: two
   * that are made at the same moment wait for each other's tables, and PostgreSQL ends one of them.
   */
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Rejects when the database does not answer within a short time. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
