import { sql } from 'drizzle-orm';
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { channels } from '../connections/tables.js';
import { installationId } from '../installations/column.js';

/** The account's connection to our chats channel (`platform/server.md §6.3`). */
export const chatConnections = pgTable(
  'chat_connections',
  {
    installationId: installationId().primaryKey(),
    /** The account in the chats API. */
    amojoId: text('amojo_id').notNull(),
    scopeId: text('scope_id').notNull(),
    connectedAt: timestamp('connected_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [uniqueIndex('chat_connections_scope').on(table.scopeId)],
);

/** A message between a client and the account, in either direction. */
export const chatMessages = pgTable(
  'chat_messages',
  {
    /** `msgid` towards the chats API, the idempotency key towards the chat service. */
    id: uuid('id').primaryKey().defaultRandom(),
    installationId: installationId(),
    channelId: uuid('channel_id')
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' }),
    /** `in`: a client wrote it; `out`: a user of the account. */
    direction: text('direction', { enum: ['in', 'out'] }).notNull(),
    /** E.164 of the client. */
    phone: text('phone').notNull(),
    clientName: text('client_name'),
    text: text('text'),
    /** See `Media` of chat-services/definition.ts. */
    media: jsonb('media'),
    /** Of an incoming one always there; of an outgoing one once it was sent. */
    serviceMessageId: text('service_message_id'),
    /** Id in the chats API: of an outgoing one always there. */
    kommoMessageId: text('kommo_message_id'),
    /**
     * `in`: waiting → passed | failed. `out`: waiting → sent → delivered → read | failed.
     */
    state: text('state', { enum: ['waiting', 'passed', 'sent', 'delivered', 'read', 'failed'] }).notNull(),
    /** Why it has failed, for the log and for the account. */
    detail: text('detail'),
    /** The same for the chats API: its `error_code` (`platform/server.md §6.3`). */
    errorCode: integer('error_code'),
    attempts: integer('attempts').notNull().default(0),
    /** When it was tried first; whether that attempt went through may be unknown. */
    triedAt: timestamp('tried_at', { withTimezone: true }),
    /** Nobody works on it before: it is being worked on now, or a pause has to pass. */
    dueAt: timestamp('due_at', { withTimezone: true }).notNull().defaultNow(),
    /** Milliseconds, by the clock of the service or of the account. */
    writtenAt: bigint('written_at', { mode: 'number' }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('chat_messages_service')
      .on(table.channelId, table.direction, table.serviceMessageId)
      .where(sql`${table.serviceMessageId} is not null`),
    uniqueIndex('chat_messages_kommo')
      .on(table.installationId, table.kommoMessageId)
      .where(sql`${table.kommoMessageId} is not null`),
    index('chat_messages_created').on(table.createdAt),
    index('chat_messages_waiting')
      .on(table.channelId, table.direction, table.phone)
      .where(sql`${table.state} = 'waiting'`),
  ],
);

export type ChatMessage = typeof chatMessages.$inferSelect;

/**
 * Conversations that a user of the account began ("write first", `platform/server.md §6.4`): the account's chat is told
 * with what the client answers, so that both are the same conversation.
 */
export const begunChats = pgTable(
  'begun_chats',
  {
    channelId: uuid('channel_id')
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' }),
    /** E.164 of the client. */
    phone: text('phone').notNull(),
    /** The chat in the chats API. */
    chatId: text('chat_id').notNull(),
    /** The client in the chats API. */
    receiverId: text('receiver_id'),
  },
  (table) => [primaryKey({ columns: [table.channelId, table.phone] })],
);
