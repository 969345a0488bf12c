import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { eachStore } from '../support/stores.js';

eachStore((openTestStore, kind) => {
  it('answers', async () => {
    const store = await openTestStore();
    expect(store.kind).toBe(kind);
    await store.ping();
    const { rows } = (await store.db.execute(
      sql`select count(*)::int as n from installations`,
    )) as unknown as {
      rows: { n: number }[];
    };
    expect(rows[0]?.n).toBe(0);
  });
  it('answers again', async () => {
    const store = await openTestStore();
    await store.ping();
  });
});
