import { and, eq, inArray, isNotNull, sql, type SQL } from 'drizzle-orm';
import type { Event } from '../receiving/tables.js';
import { events } from '../receiving/tables.js';
import { rowsOf } from '../store/rows.js';
import type { Database } from '../store/store.js';
import { deliveryLanes, messages } from './tables.js';

/** A lane that this process works on. */
export interface LeasedLane {
  readonly id: number;
  readonly installationId: string;
}

/** An event to work on. */
export interface DueEvent extends Event {
  /** Whether an earlier attempt has planned its messages. */
  readonly isPlanned: boolean;
}

/** What is due in a lane, and the version at which that was everything. */
export interface DueEvents {
  readonly version: number;
  readonly events: readonly DueEvent[];
}

/** How many lanes one installation may have, those that are {@link busy} included. */
export interface LaneShare {
  readonly most?: number | undefined;
  readonly busy?: readonly LeasedLane[];
}

export interface Lanes {
  /**
   * Leases lanes that have something due, the longest waiting first. A lane that this process has leased and that is not
   * among the busy ones was left behind when the store did not answer: it is taken up again.
   */
  lease(limit: number, share?: LaneShare): Promise<readonly LeasedLane[]>;
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
  const without = (busy: readonly LeasedLane[]): SQL =>
    busy.length === 0 ? sql`` : sql`and id not in ${busy.map(({ id }) => id)}`;
  return {
    async lease(limit, { most = limit, busy = [] } = {}) {
      const taken: Record<string, number> = {};
      for (const { installationId } of busy) taken[installationId] = (taken[installationId] ?? 0) + 1;
      const room = sql`${most}::int - coalesce((${JSON.stringify(taken)}::jsonb ->> installation_id::text)::int, 0)`;
      const rows = await rowsOf<{ id: string | number; installationId: string }>(
        db,
        // From one installation to the next over the index, and a few lanes of each: however many wait in one, the
        // others cost the same. An array, since the planner reads all lanes when it cannot tell how few these are.
        sql`
        with recursive waiting as (
          (select installation_id from delivery_lanes where due_at is not null order by 1 limit 1)
          union all
          select (
            select following.installation_id from delivery_lanes as following
            where following.due_at is not null and following.installation_id > waiting.installation_id
            order by 1 limit 1
          )
          from waiting where waiting.installation_id is not null
        )
        update delivery_lanes set leased_by = ${worker}, leased_until = ${lease}
        where id = any(array(
          select lane.id
          from (select installation_id, greatest(0, least(${limit}::int, ${room})) as room from waiting) as share
          cross join lateral (
            select id, due_at from delivery_lanes
            where installation_id = share.installation_id and due_at <= now()
              and (leased_until is null or leased_until < now() or leased_by = ${worker}) ${without(busy)}
            order by due_at limit share.room for update skip locked
          ) as lane
          order by lane.due_at limit ${limit}
        ))
        returning id::int8 as id, installation_id as "installationId"
      `,
      );
      return rows.map(({ id, installationId }) => ({ id: Number(id), installationId }));
    },

    async due(lane) {
      const rows = await db
        .select({
          version: deliveryLanes.version,
          event: events,
          isPlanned: sql<boolean>`exists (select from ${messages} where ${messages.eventId} = ${events.id})`,
        })
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
      return {
        version,
        events: rows.flatMap(({ event, isPlanned }) => (event === null ? [] : [{ ...event, isPlanned }])),
      };
    },

    async release(lane, version) {
      const released = await db
        .update(deliveryLanes)
        .set({
          ...noLease,
          // What is due goes behind all the others: a lane with very many events takes its turns.
          dueAt: sql`case
            when exists (
              select from events where lane_id = ${lane.id} and state = 'waiting' and due_at <= now()
            ) then now()
            else (select min(due_at) from events where lane_id = ${lane.id} and state = 'waiting')
          end`,
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
