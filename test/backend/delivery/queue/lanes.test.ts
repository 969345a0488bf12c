import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import { createLanes, type Lanes } from '../../../../src/backend/delivery/queue/lanes.js';
import { deliveryLanes } from '../../../../src/backend/delivery/tables.js';
import { events } from '../../../../src/backend/receiving/tables.js';
import type { Database } from '../../../../src/backend/store/store.js';
import { eachStore } from '../../support/stores.js';
import { addInstallation } from '../support/message-rows.js';

eachStore((openTestStore) => {
  let db: Database;

  beforeEach(async () => {
    ({ db } = await openTestStore());
  });

  const someone = (): Lanes => createLanes(db, randomUUID(), { leaseSeconds: 60 });

  /** Events in a lane of its own that are due since so many seconds; gives the lane's id. */
  const addLane = async (
    installationId: string,
    { elementId, waits = 1, count = 1 }: { elementId: number; waits?: number; count?: number },
  ): Promise<number> => {
    const dueAt = sql`now() - make_interval(secs => ${waits})`;
    const [lane] = await db
      .insert(deliveryLanes)
      .values({ installationId, elementType: 2, elementId, dueAt })
      .returning();
    const laneId = lane?.id ?? 0;
    await db.insert(events).values(
      Array.from({ length: count }, () => ({
        installationId,
        laneId,
        dedupeKey: randomUUID(),
        type: 15,
        elementType: 2,
        elementId,
        settings: {},
        dueAt,
      })),
    );
    return laneId;
  };
  const idsOf = (leased: readonly { id: number }[]): number[] =>
    leased.map(({ id }) => id).sort((a, b) => a - b);

  it('gives each installation its share, however long others have been waiting', async () => {
    const [busy, quiet] = [await addInstallation(db), await addInstallation(db)];
    const long: number[] = [];
    for (let elementId = 1; elementId <= 10; elementId += 1) {
      long.push(await addLane(busy.id, { elementId, waits: 1000 - elementId }));
    }
    const short = await addLane(quiet.id, { elementId: 1 });
    const first = await someone().lease(16, { most: 4 });
    expect(idsOf(first)).toEqual([...long.slice(0, 4), short]);
    expect(await someone().lease(16, { most: 4, busy: first })).toEqual([]);
    const others = first.filter(({ id }) => id !== long[0]);
    expect(idsOf(await someone().lease(16, { most: 4, busy: others }))).toEqual(long.slice(4, 5));
  });

  it('leases those that have been waiting longest, and no lane twice', async () => {
    const { id } = await addInstallation(db);
    const late = await addLane(id, { elementId: 1, waits: 5 });
    const early = await addLane(id, { elementId: 2, waits: 50 });
    expect(idsOf(await someone().lease(1))).toEqual([early]);
    expect(idsOf(await someone().lease(5))).toEqual([late]);
    expect(await someone().lease(5)).toEqual([]);
  });

  it('puts a lane with very many events behind the others after a part of them', async () => {
    const { id } = await addInstallation(db);
    const long = await addLane(id, { elementId: 1, waits: 500, count: 50 });
    const short = await addLane(id, { elementId: 2, waits: 5 });
    const lanes = someone();
    const [lane] = await lanes.lease(1);
    if (lane?.id !== long) throw new Error('The other lane came first.');
    const [due] = await lanes.due([lane]);
    if (due === undefined) throw new Error('Its lease was lost.');
    expect(due.events.length).toBeLessThan(50);
    expect(await lanes.release(due)).toBe(true);
    expect(idsOf(await someone().lease(1))).toEqual([short]);
    expect(idsOf(await someone().lease(1))).toEqual([long]);
  });
});
