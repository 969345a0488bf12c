import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core';
import { installationId } from '../installations/column.js';

/** Events of the digital pipeline, written before their hook is answered. */
export const events = pgTable(
  'events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    installationId: installationId(),
    /** Of `delivery_lanes`, without a foreign key: it would cost every hook, and a lane outlives what waits in it. */
    laneId: bigint('lane_id', { mode: 'number' }).notNull(),
    /** Equal for equal deliveries: the platform may send one event several times (`platform/server.md §3.5`). */
    dedupeKey: text('dedupe_key').notNull(),
    /** Code of the event: 1, 14 to 22. */
    type: integer('type').notNull(),
    elementType: integer('element_type').notNull(),
    elementId: bigint('element_id', { mode: 'number' }).notNull(),
    pipelineId: bigint('pipeline_id', { mode: 'number' }),
    statusId: bigint('status_id', { mode: 'number' }),
    /** Fields of `dp.settings` as the account's administrator filled them in. */
    settings: jsonb('settings').$type<Record<string, unknown>>().notNull(),
    happenedAt: timestamp('happened_at', { withTimezone: true }),
    receivedAt: timestamp('received_at', { withTimezone: true }).notNull().defaultNow(),
    /** `dead`: given up after the last attempt; the command `redrive` brings it back. */
    state: text('state', { enum: ['waiting', 'done', 'dead'] })
      .notNull()
      .default('waiting'),
    /** Attempts that have failed so far. */
    attempts: integer('attempts').notNull().default(0),
    /** When it may be worked on; later than now while it waits for a retry. */
    dueAt: timestamp('due_at', { withTimezone: true }).notNull().defaultNow(),
    /** Why the last attempt failed, for whoever looks after the backend. */
    lastError: text('last_error'),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
  },
  (table) => [
    unique('events_dedupe').on(table.installationId, table.dedupeKey),
    // With the time, so that the queue can be measured by this index alone.
    index('events_waiting')
      .on(table.laneId, table.id, table.dueAt)
      .where(sql`${table.state} = 'waiting'`),
    index('events_dead')
      .on(table.laneId)
      .where(sql`${table.state} = 'dead'`),
  ],
);

export type Event = typeof events.$inferSelect;
