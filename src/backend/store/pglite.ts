import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { startJobs } from './jobs.js';
import { migrationsFolder } from './migrations.js';
import * as schema from './schema.js';
import type { Store } from './store.js';

/** PostgreSQL compiled to WASM, in a folder that belongs to this process alone, or in memory (`memory://`). */
export async function openPglite(dataDir: string): Promise<Store> {
  const client = await PGlite.create(dataDir);
  const db = drizzle(client, { schema });
  await migrate(db, { migrationsFolder });
  const jobs = await startJobs(
    (text, values) => client.query(text, values),
    async (text) => (await client.exec(text)).at(-1) ?? { rows: [] },
    { onError: () => undefined },
  );
  return {
    kind: 'pglite',
    db,
    jobs,
    async ping() {
      await db.execute(sql`select 1`);
    },
    async close() {
      await jobs.stop({ graceful: false, close: false });
      await client.close();
    },
  };
}
