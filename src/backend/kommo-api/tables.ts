import { pgTable, timestamp, uuid } from 'drizzle-orm/pg-core';
import { installations } from '../installations/tables.js';

/** When each installation may make its next call of the API; every process takes its turns from here. */
export const apiSlots = pgTable('api_slots', {
  installationId: uuid('installation_id')
    .primaryKey()
    .references(() => installations.id, { onDelete: 'cascade' }),
  nextAt: timestamp('next_at', { withTimezone: true }).notNull(),
});
