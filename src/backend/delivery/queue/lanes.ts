import { and, eq, getTableColumns, inArray, isNotNull, sql, type SQL } from 'drizzle-orm';
import type { Event } from '../../receiving/tables.js';
import { events } from '../../receiving/tables.js';
import { idList, rowsOf } from '../../store/rows.js';
import type { Database } from '../../store/store.js';
import { type DueTable, fairShare } from './fair-share.js';
import { deliveryLanes } from '../tables.js';

/** A lane that this process works on. */
export interface LeasedLane {
  readonly id: number;
  readonly installationId: string;
  /** The worker that has leased it. */
  readonly leasedBy: string;
}

/** An event to work on. */
export interface DueEvent extends Event {
  /** Whether an earlier attempt has planned its messages. */
  readonly isPlanned: boolean;
}

/** What is due in a lane, and the version at which that was everything. */
export interface DueEvents {
  readonly lane: LeasedLane;
  readonly version: number;
  /** In the order of their arrival. */
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
  /** The events of these lanes that are due; nothing of a lane whose lease is lost. */
  due(lanes: readonly LeasedLane[]): Promise<readonly DueEvents[]>;
  /**
   * Gives the lane back. False when events came in after {@link due} or the lease is lost: ask for what is due again.
   */
  release(due: DueEvents): Promise<boolean>;
  /** Holds on to these lanes for another lease. Gives the ids of those whose lease was not lost. */
  extend(lanes: readonly LeasedLane[]): Promise<ReadonlySet<number>>;
  /** Gives these back as they are, for others to take up at once. */
  giveBack(lanes: readonly LeasedLane[]): Promise<void>;
  /** Gives this one back, to be worked on in so many seconds and not before. */
  putOff(lane: LeasedLane, seconds: number): Promise<void>;
  /** Takes every lease from everybody: for a store that no other process can have open. */
  breakLeases(): Promise<void>;
}

const dueLanes: DueTable = { table: sql`delivery_lanes`, key: sql`id` };

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
  return {
    async lease(limit, { most, busy = [] } = {}) {
      const isFree = sql`(leased_until is null or leased_until < now() or leased_by = ${worker})`;
      const rows = await rowsOf<{ id: string | number; installationId: string }>(
        db,
        sql`
        update delivery_lanes set leased_by = ${worker}, leased_until = ${lease}
        where id = any(${fairShare(dueLanes, { limit, most, busy, condition: isFree })})
        returning id::int8 as id, installation_id as "installationId"
      `,
      );
      return rows.map(({ id, installationId }) => ({ id: Number(id), installationId, leasedBy: worker }));
    },

    async due(lanes) {
      if (lanes.length === 0) return [];
      const due = db
        .select({
          ...getTableColumns(events),
          isPlanned: sql<boolean>`exists (select from messages where messages.event_id = events.id)`.as(
            'is_planned',
          ),
        })
        .from(events)
        .where(and(eq(events.laneId, deliveryLanes.id), isWaiting, sql`${events.dueAt} <= now()`))
        .orderBy(events.id)
        .limit(dueLimit)
        .as('due');
      const rows = await db
        .select()
        .from(deliveryLanes)
        .leftJoinLateral(due, sql`true`)
        .where(
          and(
            sql`${deliveryLanes.id} = any(${idList(lanes.map(({ id }) => id))})`,
            eq(deliveryLanes.leasedBy, worker),
          ),
        )
        .orderBy(due.id);
      const found = new Map(rows.map(({ delivery_lanes: { id, version } }) => [id, version]));
      return lanes.flatMap((lane) => {
        const version = found.get(lane.id);
        if (version === undefined) return [];
        const ofLane = rows.flatMap((row) =>
          row.due !== null && row.delivery_lanes.id === lane.id ? [row.due] : [],
        );
        return [{ lane, version, events: ofLane }];
      });
    },

    async release(due) {
      return (await rowsOf(db, releaseLane(due))).length > 0;
    },

    async extend(lanes) {
      if (lanes.length === 0) return new Set();
      const kept = await db
        .update(deliveryLanes)
        .set({ leasedUntil: lease })
        .where(held(lanes))
        .returning({ id: deliveryLanes.id });
      return new Set(kept.map(({ id }) => id));
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

/** Written out, as in every statement of the queue: a kept plan uses the index of what waits for no other spelling. */
const isWaiting = sql`${events.state} = 'waiting'`;

/**
 * The statement of {@link Lanes.release}; it gives a row when the lane was given back. As a part of the statement that
 * ends an event it does not see that end yet, and has to be told: the event, and the seconds after which it is due
 * again, if at all.
 */
export function releaseLane(
  { lane, version }: DueEvents,
  ended?: { readonly eventId: number; readonly dueIn: number | undefined },
): SQL {
  const waiting = sql`from events where lane_id = ${lane.id}::bigint and state = 'waiting'
    and id <> ${ended?.eventId ?? 0}::bigint`;
  const dueAgain = sql`now() + make_interval(secs => ${ended?.dueIn ?? null}::float8)`;
  // What is due goes behind all the others: a lane with very many events takes its turns.
  return sql`
    update delivery_lanes set leased_by = null, leased_until = null, due_at = case
      when exists (select ${waiting} and due_at <= now()) then now()
      else least((select min(due_at) ${waiting}), ${dueAgain})
    end
    where id = ${lane.id}::bigint and leased_by = ${lane.leasedBy}::uuid and version = ${version}::int
    returning id`;
}
