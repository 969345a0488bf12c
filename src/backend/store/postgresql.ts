import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type PgBoss from 'pg-boss';
import type { Log } from '../log.js';
import { within } from './deadline.js';
import { StoreError } from './errors.js';
import { startJobs, stopJobs } from './jobs.js';
import { migrationsFolder } from './migrations.js';
import { connectionFault } from './postgresql-faults.js';
import { PreparingClient } from './preparing-client.js';
import { refuseNewer } from './schema-version.js';
import * as schema from './schema.js';
import type { Store } from './store.js';

/** Any number, the same in every process: whoever holds its lock changes what the database consists of. */
const structureLock = 7_041_927;

/** Milliseconds. A server that has gone away without a word is noticed by `query_timeout` alone. */
const timeouts = {
  connectionTimeoutMillis: 3000,
  idleTimeoutMillis: 30_000,
  statement_timeout: 30_000,
  query_timeout: 35_000,
  lock_timeout: 15_000,
  idle_in_transaction_session_timeout: 60_000,
};

/** A PostgreSQL server, which any number of backends may share. */
export async function openPostgresql(
  databaseUrl: string,
  { log, poolSize }: { log: Log | undefined; poolSize: number },
): Promise<Store> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'pipeline-messenger',
    max: poolSize,
    keepAlive: true,
    Client: PreparingClient,
    ...timeouts,
  });
  // A connection that breaks while nobody uses it; the next query opens another one.
  pool.on('error', (error) => {
    log?.warn({ err: error }, 'A connection to PostgreSQL has broken');
  });
  // One that breaks between two statements of a transaction; the next of them fails. Unheard it would end the process.
  pool.on('connect', (connection) => connection.on('error', () => undefined));
  try {
    const jobs = await alone(databaseUrl, async (client) => {
      const db = drizzle(client);
      await refuseNewer(db);
      await migrate(db, { migrationsFolder });
      return startJobs(
        (text, values) => pool.query(text, values),
        (text) => pool.query(text),
        { log },
      );
    });
    return storeOf(databaseUrl, pool, jobs, log);
  } catch (error) {
    await pool.end().catch(() => undefined);
    throw error instanceof StoreError ? error : connectionFault(databaseUrl, error);
  }
}

function storeOf(databaseUrl: string, pool: pg.Pool, jobs: PgBoss, log: Log | undefined): Store {
  const db = drizzle(pool, { schema });
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await stopJobs(jobs, { log });
    // A connection that somebody still holds would keep it waiting.
    await within(5000, 'The connections to PostgreSQL were not given back.', pool.end()).catch(
      (error: unknown) => {
        log?.warn({ err: error }, 'The connections to PostgreSQL were not closed in good order');
      },
    );
  };
  return {
    kind: 'postgresql',
    db,
    jobs,
    alone: (work) => alone(databaseUrl, work),
    async ping() {
      await within(2000, 'PostgreSQL did not answer within 2 seconds.', db.execute(sql`select 1`));
    },
    close: () => (closing ??= close()),
  };
}

/**
 * Does something in one process at a time. The lock is on a connection of its own, on which a migration may take longer
 * than any other statement.
 */
async function alone<Result>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'pipeline-messenger migrations',
    connectionTimeoutMillis: timeouts.connectionTimeoutMillis,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`set lock_timeout = '120s'`);
    await client.query('select pg_advisory_lock($1)', [structureLock]);
    return await work(client);
  } finally {
    // With the connection its lock is gone.
    await client.end().catch(() => undefined);
  }
}
