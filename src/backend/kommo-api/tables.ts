import { pgTable, timestamp } from 'drizzle-orm/pg-core';
import { installationId } from '../installations/column.js';

/** When each installation may make its next call of the API; every process takes its turns from here. */
export const apiSlots = pgTable('api_slots', {
  installationId: installationId().primaryKey(),
  nextAt: timestamp('next_at', { withTimezone: true }).notNull(),
});
