import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { installations } from '../../../src/backend/installations/tables.js';
import { openStore } from '../../../src/backend/store/open.js';
import { rowsOf } from '../../../src/backend/store/rows.js';
import type { Store } from '../../../src/backend/store/store.js';
import { createTestPlace, eachStore } from '../support/stores.js';

function installation(accountId: number): typeof installations.$inferInsert {
  return {
    platform: 'kommo',
    clientId: 'client',
    accountId,
    subdomain: 'demo',
    origin: 'https://demo.kommo.com',
    state: 'active',
    tokenKind: 'oauth',
  };
}

/** What the cause of a rejected query says. */
async function sqlStateOf(query: Promise<unknown>): Promise<string | undefined> {
  const error: unknown = await query.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return (error as { cause?: { code?: string } } | undefined)?.cause?.code;
}

async function count({ db }: Store): Promise<number> {
  return db.$count(installations);
}

eachStore((openTestStore, kind) => {
  describe('the store', () => {
    it('answers, and begins empty', async () => {
      const store = await openTestStore();
      expect(store.kind).toBe(kind);
      await store.ping();
      expect(await count(store)).toBe(0);
    });

    it('keeps all of a transaction or nothing', async () => {
      const store = await openTestStore();
      await store.db.transaction(async (tx) => {
        await tx.insert(installations).values([installation(1), installation(2)]);
      });
      const failing = store.db.transaction(async (tx) => {
        await tx.insert(installations).values(installation(3));
        throw new Error('on purpose');
      });
      await expect(failing).rejects.toThrow('on purpose');
      expect(await count(store)).toBe(2);

      expect(await sqlStateOf(store.db.insert(installations).values(installation(1)))).toBe('23505');
      await store.db.insert(installations).values(installation(1)).onConflictDoNothing();
      expect(await count(store)).toBe(2);
    });

    it('gives json and times back as they were', async () => {
      const { db } = await openTestStore();
      const at = new Date('2026-02-28T23:59:59.123Z');
      const [row] = await db
        .insert(installations)
        .values({ ...installation(7), createdAt: at })
        .returning();
      expect(row?.createdAt).toEqual(at);
      const value = { text: 'Привет, ¡hola! 👋 "\\', number: 1.5, list: [1, null, { deep: true }] };
      const [json] = await rowsOf<{ value: unknown }>(
        db,
        sql`select ${JSON.stringify(value)}::jsonb as value`,
      );
      expect(json?.value).toEqual(value);
    });

    it('locks rows and what has a number, and passes over rows that are locked', async () => {
      const { db } = await openTestStore();
      await db.insert(installations).values([installation(1), installation(2)]);
      await db.transaction(async (tx) => {
        const [locked] = await rowsOf<{ locked: boolean }>(
          tx,
          sql`select pg_try_advisory_xact_lock(42) as locked`,
        );
        expect(locked?.locked).toBe(true);
        const mine = await tx
          .select({ id: installations.id })
          .from(installations)
          .limit(1)
          .for('update', { skipLocked: true });
        expect(mine).toHaveLength(1);
        // PGlite has a single connection: there nobody can come in between.
        if (kind === 'pglite') return;
        const theirs = await db
          .select({ id: installations.id })
          .from(installations)
          .for('update', { skipLocked: true });
        expect(theirs).toHaveLength(1);
        expect(theirs).not.toEqual(mine);
        const [again] = await rowsOf<{ locked: boolean }>(
          db,
          sql`select pg_try_advisory_xact_lock(42) as locked`,
        );
        expect(again?.locked).toBe(false);
      });
    });

    it('runs jobs: sent, fetched, completed, and scheduled', async () => {
      const { jobs } = await openTestStore();
      const queue = `queue-${randomUUID()}`;
      await jobs.createQueue(queue);
      const id = await jobs.send(queue, { a: 1 });
      await jobs.send(queue, { later: true }, { startAfter: 3600 });
      const [job, ...more] = await jobs.fetch<{ a: number }>(queue, { batchSize: 10 });
      expect(job).toMatchObject({ id, data: { a: 1 } });
      expect(more).toEqual([]);
      await jobs.complete(queue, job?.id ?? '');
      expect(await jobs.fetch(queue)).toEqual([]);
      expect((await jobs.getJobById(queue, id ?? ''))?.state).toBe('completed');
      await jobs.schedule(queue, '0 3 * * *', { nightly: true });
      expect(await jobs.getSchedules()).toMatchObject([{ name: queue, cron: '0 3 * * *' }]);
    });

    it('takes many pieces of work at once', async () => {
      const store = await openTestStore();
      const work = Array.from({ length: 60 }, (_, index) =>
        store.db.transaction((tx) => tx.insert(installations).values(installation(index))),
      );
      await Promise.all([...work, store.jobs.maintain(), store.ping()]);
      expect(await count(store)).toBe(60);
    });

    it('works on after a script of pg-boss has failed in its middle', async () => {
      const store = await openTestStore();
      await store.db.execute(sql`alter table pgboss.archive rename to archive_hidden`);
      await expect(store.jobs.archive()).rejects.toThrow('does not exist');
      await store.ping();
      await store.db.execute(sql`alter table pgboss.archive_hidden rename to archive`);
      await store.jobs.archive();
    });

    it('closes once, however often it is asked to', async () => {
      const store = await openTestStore();
      await Promise.all([store.close(), store.close()]);
      await expect(store.ping()).rejects.toThrow();
    });

    it('keeps everything when it is opened again', async () => {
      const place = await createTestPlace(kind);
      const first = await openStore(place);
      const [made] = await first.db.insert(installations).values(installation(1)).returning();
      await first.jobs.createQueue('kept');
      await first.jobs.send('kept', { a: 1 });
      await first.close();

      const second = await openStore(place);
      try {
        const found = await second.db
          .select()
          .from(installations)
          .where(eq(installations.id, made?.id ?? ''));
        expect(found).toEqual([made]);
        expect(await second.jobs.fetch('kept')).toMatchObject([{ data: { a: 1 } }]);
      } finally {
        await second.close();
      }
    });

    it('refuses tables that a newer version has made', async () => {
      const place = await createTestPlace(kind);
      const store = await openStore(place);
      await store.db.execute(
        sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 9999999999999)`,
      );
      await store.close();
      await expect(openStore(place)).rejects.toThrow(/newer version of this backend/);
    });
  });
});
