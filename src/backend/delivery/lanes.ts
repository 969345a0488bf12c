import { and, eq, inArray, isNotNull, sql, type SQL } from 'drizzle-orm';
import type { Event } from '../receiving/tables.js';
import { events } from '../receiving/tables.js';
import { rowsOf } from '../store/rows.js';
import type { Database } from '../store/store.js';
import { deliveryLanes } from './tables.js';

/** A lane that this process works on. */
export interface LeasedLane {
  readonly id: number;
  readonly installationId: string;
}

/** What is due in a lane, and the version at which that was everything. */
export interface DueEvents {
  readonly version: number;
  readonly events: readonly Event[];
}

export interface Lanes {
  /**
   * Leases lanes that have something due, the longest waiting first, but none of these installations. A lane that this
   * process has leased and that is not among `busy` was left behind when the store did not answer: it is taken up again.
   */
  lease(
    limit: number,
    others: { readonly busy: readonly LeasedLane[]; readonly exceptInstallations: readonly string[] },
  ): Promise<readonly LeasedLane[]>;
  /** The lane's events that are due, in the order of their arrival; undefined when the lease is lost. */
  due(lane: LeasedLane): Promise<DueEvents | undefined>;
  /**
   * Gives the lane back. False when events came in after {@link due} or the lease is lost: ask for what is due again.
   */
  release(lane: LeasedLane, version: number): Promise<boolean>;
  /** Holds on to these lanes for another lease. */
  extend(lanes: readonly LeasedLane[]): Promise<void>;
  /** Gives these back as they are, for others to take up at once. */
  giveBack(lanes: readonly LeasedLane[]): Promise<void>;
  /** Gives this one back, to be worked on in so many seconds and not before. */
  putOff(lane: LeasedLane, seconds: number): Promise<void>;
  /** Takes every lease from everybody: for a store that no other process can have open. */
  breakLeases(): Promise<void>;
}

/** Events of one lane that are read at a time. */
const dueLimit = 20;

/**
 * The queue. Lanes are leased for a time, so that the work of a process that dies goes on elsewhere; the clock is the
 * store's, which all processes share.
 */
export function createLanes(db: Database, worker: string, { leaseSeconds }: { leaseSeconds: number }): Lanes {
  const lease = sql`now() + make_interval(secs => ${leaseSeconds})`;
  const held = (lanes: readonly LeasedLane[]): SQL | undefined =>
    and(
      inArray(
        deliveryLanes.id,
        lanes.map(({ id }) => id),
      ),
      eq(deliveryLanes.leasedBy, worker),
    );
  const isLeftBehind = (busy: readonly LeasedLane[]): SQL =>
    busy.length === 0
      ? sql`leased_by = ${worker}`
      : sql`(leased_by = ${worker} and id not in ${busy.map(({ id }) => id)})`;
  return {
    async lease(limit, { busy, exceptInstallations }) {
      const others =
        exceptInstallations.length === 0
          ? sql``
          : sql`and installation_id not in ${exceptInstallations as string[]}`;
      const rows = await rowsOf<{ id: string | number; installationId: string }>(
        db,
        sql`
        update delivery_lanes set leased_by = ${worker}, leased_until = ${lease}
        where id in (
          select id from delivery_lanes
          where due_at <= now() and (leased_until is null or leased_until < now() or ${isLeftBehind(busy)}) ${others}
          order by due_at limit ${limit} for update skip locked
        )
        returning id::int8 as id, installation_id as "installationId"
      `,
      );
      return rows.map(({ id, installationId }) => ({ id: Number(id), installationId }));
    },

    async due(lane) {
      const rows = await db
        .select({ version: deliveryLanes.version, event: events })
        .from(deliveryLanes)
        .leftJoin(
          events,
          and(
            eq(events.laneId, deliveryLanes.id),
            eq(events.state, 'waiting'),
            sql`${events.dueAt} <= now()`,
          ),
        )
        .where(and(eq(deliveryLanes.id, lane.id), eq(deliveryLanes.leasedBy, worker)))
        .orderBy(events.id)
        .limit(dueLimit);
      const version = rows[0]?.version;
      if (version === undefined) return undefined;
      return { version, events: rows.flatMap(({ event }) => (event === null ? [] : [event])) };
    },

    async release(lane, version) {
      const released = await db
        .update(deliveryLanes)
        .set({
          ...noLease,
          dueAt: sql`(select min(due_at) from events where lane_id = ${lane.id} and state = 'waiting')`,
        })
        .where(
          and(
            eq(deliveryLanes.id, lane.id),
            eq(deliveryLanes.leasedBy, worker),
            eq(deliveryLanes.version, version),
          ),
        )
        .returning({ id: deliveryLanes.id });
      return released.length > 0;
    },

    async extend(lanes) {
      if (lanes.length > 0) await db.update(deliveryLanes).set({ leasedUntil: lease }).where(held(lanes));
    },

    async giveBack(lanes) {
      if (lanes.length > 0) await db.update(deliveryLanes).set(noLease).where(held(lanes));
    },

    async putOff(lane, seconds) {
      await db
        .update(deliveryLanes)
        .set({ ...noLease, dueAt: sql`now() + make_interval(secs => ${seconds})` })
        .where(held([lane]));
    },

    async breakLeases() {
      await db.update(deliveryLanes).set(noLease).where(isNotNull(deliveryLanes.leasedBy));
    },
  };
}

const noLease = { leasedBy: null, leasedUntil: null };
