import { sql } from 'drizzle-orm';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { startPostgres } from '../../../scripts/testing/postgres.js';
import { installations } from '../../../src/backend/installations/tables.js';
import { StoreError } from '../../../src/backend/store/errors.js';
import { inspectStore } from '../../../src/backend/store/inspect.js';
import { openStore } from '../../../src/backend/store/open.js';
import { isStoreUnavailable } from '../../../src/backend/store/unavailable.js';
import { createEmptyDatabase, createTestDatabase, prepareStores } from '../support/stores.js';

prepareStores(['postgresql']);

const dataDir = '';

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('the store on PostgreSQL', { timeout: 60_000 }, () => {
  it('makes its tables once when many backends start at the same time', async () => {
    const databaseUrl = await createEmptyDatabase();
    expect((await inspectStore({ databaseUrl, dataDir })).message).toContain('made at the next start');
    const stores = await Promise.all(
      Array.from({ length: 8 }, () => openStore({ databaseUrl, dataDir, poolSize: 3 })),
    );
    await Promise.all(stores.map((store) => store.ping()));
    expect(await stores[0]?.db.$count(installations)).toBe(0);
    await Promise.all(stores.map((store) => store.close()));
    expect(await inspectStore({ databaseUrl, dataDir })).toMatchObject({
      isFine: true,
      message: expect.stringContaining('Its tables are up to date.') as string,
    });
  });

  it('has the server keep the plans of statements with values, written by hand or built', async () => {
    const store = await openStore({ databaseUrl: await createTestDatabase(), dataDir, poolSize: 1 });
    const prepared = async (): Promise<number> => {
      const { rows } = (await store.db.execute(
        sql.raw(
          `select count(*)::int as count from pg_prepared_statements where statement like '%wanted_name%'`,
        ),
      )) as { rows: { count: number }[] };
      return rows[0]?.count ?? 0;
    };
    for (const value of ['one', 'two']) {
      await store.db.execute(sql`select ${value}::text as wanted_name`);
      await store.db
        .select({ id: sql`id as wanted_name` })
        .from(installations)
        .limit(5);
    }
    expect(await prepared()).toBe(2);
    await store.close();
  });

  it('says what is wrong with an address, without its password', async () => {
    const url = new URL(await createTestDatabase());
    const cases: [change: (changed: URL) => void, message: RegExp][] = [
      [
        (changed) => (changed.password = 'wrong-word'),
        /refuses the password of postgres\. Correct DATABASE_URL/,
      ],
      [(changed) => (changed.pathname = '/nowhere'), /has no database nowhere\. Create it/],
      [(changed) => (changed.port = '1'), /No PostgreSQL answers at 127\.0\.0\.1:1\. Start it/],
      [(changed) => (changed.hostname = 'nowhere.invalid'), /The host nowhere\.invalid is not known/],
    ];
    for (const [change, message] of cases) {
      const changed = new URL(url);
      change(changed);
      const error = await errorOf(openStore({ databaseUrl: changed.href, dataDir }));
      expect(error).toBeInstanceOf(StoreError);
      expect((error as Error).message).toMatch(message);
      expect((error as Error).message).not.toContain(changed.password);
      expect(await inspectStore({ databaseUrl: changed.href, dataDir })).toMatchObject({ isFine: false });
    }
  });

  it('goes on after a connection was ended by the server', async () => {
    const databaseUrl = await createTestDatabase();
    const store = await openStore({ databaseUrl, dataDir });
    const client = new pg.Client(databaseUrl);
    await client.connect();
    const waiting = errorOf(store.db.execute(sql`select pg_sleep(20)`));
    await expect
      .poll(async () => {
        const { rowCount } = await client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where query like 'select pg_sleep%' and pid <> pg_backend_pid()`,
        );
        return rowCount;
      })
      .toBe(1);
    expect(isStoreUnavailable(await waiting)).toBe(true);
    await store.ping();
    await client.end();
    await store.close();
  });

  it.each(['crash', 'orderly'] as const)('works again after the server was away (%s)', async (how) => {
    const server = await startPostgres();
    try {
      const store = await openStore({ databaseUrl: server.url, dataDir });
      await store.ping();
      await server.stop(how);
      for (const error of [
        await errorOf(store.ping()),
        await errorOf(store.db.select().from(installations)),
        await errorOf(store.db.transaction((tx) => tx.execute(sql`select 1`))),
        await errorOf(store.jobs.send('none', {})),
      ]) {
        expect(isStoreUnavailable(error)).toBe(true);
      }
      await server.start();
      await expect.poll(async () => errorOf(store.ping())).toBeUndefined();
      expect(await store.db.$count(installations)).toBe(0);
      await store.close();
    } finally {
      await server.close();
    }
  });

  it('takes a wrong statement for none of the store’s failures', async () => {
    const store = await openStore({ databaseUrl: await createTestDatabase(), dataDir });
    expect(isStoreUnavailable(await errorOf(store.db.execute(sql`select nonsense`)))).toBe(false);
    expect(isStoreUnavailable(new TypeError('x'))).toBe(false);
    await store.close();
  });
});
