import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { startJobs } from './jobs.js';
import { migrationsFolder } from './migrations.js';
import * as schema from './schema.js';
import type { Store } from './store.js';

/** Any number, the same in every process: whoever holds its lock brings the tables up to date. */
const migrationLock = 7_041_927;

/** A PostgreSQL server, which any number of backends may share. */
export async function openPostgresql(databaseUrl: string): Promise<Store> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 20, connectionTimeoutMillis: 3000 });
  // A connection that breaks while nobody uses it; the next query opens another one.
  pool.on('error', () => undefined);
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await migrate(drizzle(client), { migrationsFolder });
  } finally {
    await client.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined);
    client.release();
  }
  const db = drizzle(pool, { schema });
  const jobs = await startJobs(
    (text, values) => pool.query(text, values),
    (text) => pool.query(text),
    { onError: () => undefined },
  );
  return {
    kind: 'postgresql',
    db,
    jobs,
    async ping() {
      await db.execute(sql`select 1`);
    },
    async close() {
      await jobs.stop({ graceful: false, close: false });
      await pool.end();
    },
  };
}
