import { bigint, index, jsonb, pgTable, primaryKey, text, timestamp, unique } from 'drizzle-orm/pg-core';
import type { WebhookCustomField, WebhookEntity } from '../../../kommo/hook/events.js';
import { installationId } from '../../installations/column.js';

/** Entries of general webhooks, written before their hook is answered. */
export const webhooks = pgTable(
  'webhooks',
  {
    /** Grows in the order in which they came. */
    id: bigint('id', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    installationId: installationId(),
    /** Equal for deliveries of the same entry (`platform/server.md §4.3`). */
    dedupeKey: text('dedupe_key').notNull(),
    entity: text('entity').$type<WebhookEntity>().notNull(),
    action: text('action').notNull(),
    entityId: text('entity_id'),
    fields: jsonb('fields').$type<Readonly<Record<string, unknown>>>().notNull(),
    customFields: jsonb('custom_fields').$type<readonly WebhookCustomField[]>().notNull(),
    changedAt: timestamp('changed_at', { withTimezone: true }),
    receivedAt: timestamp('received_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    unique('webhooks_dedupe').on(table.installationId, table.dedupeKey),
    index('webhooks_received').on(table.receivedAt),
  ],
);

/** What leads and contacts are called, as the webhooks told last. */
export const names = pgTable(
  'names',
  {
    installationId: installationId(),
    entity: text('entity', { enum: ['leads', 'contacts'] }).notNull(),
    entityId: bigint('entity_id', { mode: 'number' }).notNull(),
    /** Null once it is deleted: an older change that comes late must not bring it back. */
    name: text('name'),
    changedAt: timestamp('changed_at', { withTimezone: true }).notNull(),
    /** The webhook that told so; decides between changes of the same second. */
    webhookId: bigint('webhook_id', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.installationId, table.entity, table.entityId] })],
);
