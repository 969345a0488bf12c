import { sql } from 'drizzle-orm';
import {
  bigint,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { messageReasons, messageStates } from '../../contract/message-outcomes.js';
import { channels } from '../connections/tables.js';
import { installationId } from '../installations/column.js';

/**
 * One row for each lead or customer that has events: what is worked on by one worker at a time, so that its events go
 * out in order. A worker leases the lane, not the event.
 */
export const deliveryLanes = pgTable(
  'delivery_lanes',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    installationId: installationId(),
    elementType: integer('element_type').notNull(),
    elementId: bigint('element_id', { mode: 'number' }).notNull(),
    /** When its next event is due; null without one. */
    dueAt: timestamp('due_at', { withTimezone: true }),
    /** Goes up with every event that comes in, so that a worker sees whether it has seen all. */
    version: integer('version').notNull().default(0),
    leasedBy: uuid('leased_by'),
    leasedUntil: timestamp('leased_until', { withTimezone: true }),
  },
  (table) => [
    unique('delivery_lanes_element').on(table.installationId, table.elementType, table.elementId),
    index('delivery_lanes_waiting')
      .on(table.installationId, table.dueAt)
      .where(sql`${table.dueAt} is not null`),
  ],
);

/** What became of each recipient of each event: exactly one row, whose state only moves forward. */
export const messages = pgTable(
  'messages',
  {
    /** The idempotency key towards the chat service. */
    id: uuid('id').primaryKey().defaultRandom(),
    installationId: installationId(),
    eventId: bigint('event_id', { mode: 'number' }).notNull(),
    /** Of the recipient among those of the event. */
    place: integer('place').notNull().default(0),
    elementType: integer('element_type').notNull(),
    elementId: bigint('element_id', { mode: 'number' }).notNull(),
    /** Null when there is nobody to write to: no contact, a lead that is gone. */
    contactId: bigint('contact_id', { mode: 'number' }),
    contactName: text('contact_name'),
    /** E.164; as the card has it where that is no number (`invalid_phone`). */
    phone: text('phone'),
    /** With its macros filled in. */
    text: text('text'),
    /** Hash of installation, phone and text, by which a repetition is found. */
    textHash: text('text_hash'),
    state: text('state', { enum: messageStates }).notNull(),
    /** Why it was skipped or has failed. */
    reason: text('reason', { enum: messageReasons }),
    service: text('service'),
    /** Through which it was sent or is to be sent; null with the chat service of the configuration. */
    channelId: uuid('channel_id').references(() => channels.id, { onDelete: 'set null' }),
    /** Id and error code as the chat service gives them. */
    serviceMessageId: text('service_message_id'),
    serviceCode: text('service_code'),
    serviceDetail: text('service_detail'),
    /** Since when attempts have been under way whose end nobody saw. */
    triedAt: timestamp('tried_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('messages_recipient').on(table.eventId, sql`coalesce(${table.contactId}, 0)`),
    index('messages_element').on(table.installationId, table.elementType, table.elementId, table.createdAt),
    index('messages_time').on(table.installationId, table.createdAt, table.id),
    uniqueIndex('messages_service_id').on(table.service, table.serviceMessageId),
  ],
);

export type Message = typeof messages.$inferSelect;

/**
 * Which event a text went to a number for last, so that the same one does not go there again soon. One row, which two
 * events that plan it at the same time cannot both take.
 */
export const recentTexts = pgTable(
  'recent_texts',
  {
    /** {@link messages.textHash}, which holds the installation as well. */
    textHash: text('text_hash').primaryKey(),
    eventId: bigint('event_id', { mode: 'number' }).notNull(),
    takenAt: timestamp('taken_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('recent_texts_taken').on(table.takenAt)],
);

/** The note in the feed that tells about an event, and how far it is. */
export const eventNotes = pgTable(
  'event_notes',
  {
    eventId: bigint('event_id', { mode: 'number' }).primaryKey(),
    installationId: installationId(),
    elementType: integer('element_type').notNull(),
    elementId: bigint('element_id', { mode: 'number' }).notNull(),
    noteId: bigint('note_id', { mode: 'number' }),
    /** What stands in the feed, or is on its way there for the first time. */
    text: text('text'),
    /** Since when a note has been on its way whose end nobody saw. */
    triedAt: timestamp('tried_at', { withTimezone: true }),
    /** When it is to be written or written anew, for one that is being written the end of the lease; null when the feed is up to date. */
    dueAt: timestamp('due_at', { withTimezone: true, precision: 3 }),
    /** The worker that has taken it last. */
    leasedBy: uuid('leased_by'),
    attempts: integer('attempts').notNull().default(0),
    /** Goes up with every move of the event's messages, so that a writer sees whether its text is the newest. */
    version: integer('version').notNull().default(0),
  },
  (table) => [
    index('event_notes_due')
      .on(table.installationId, table.dueAt)
      .where(sql`${table.dueAt} is not null`),
  ],
);
