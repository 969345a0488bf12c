/**
 * `refresh-once DATABASE_URL ID`: a process of its own that says `ready`, calls the API once when it is told to on
 * standard input, and prints what it got.
 */
import { once } from 'node:events';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { createKommoApis } from '../../../../src/backend/kommo-api/client.js';
import * as schema from '../../../../src/backend/store/schema.js';
import type { Store } from '../../../../src/backend/store/store.js';
import { testContext } from './context.js';

async function run(databaseUrl: string, id: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  // Without the jobs, which twenty processes would otherwise set up at once.
  const store = { kind: 'postgresql', db: drizzle(pool, { schema }) } as Partial<Store> as Store;
  const api = createKommoApis(testContext(store)).of(id);
  await pool.query('select 1');
  console.log('ready');
  await once(process.stdin, 'data');
  const account = await api
    .get<{ id: number }>('/account')
    .catch((error: unknown) => ({ id: String(error) }));
  console.log(String(account?.id));
  await pool.end();
  process.exit(0);
}

void run(process.argv[2] ?? '', process.argv[3] ?? '');
