import { uuid } from 'drizzle-orm/pg-core';
import { installations } from './tables.js';

/** The column of a row that goes with its installation. */
export const installationId = () =>
  uuid('installation_id')
    .notNull()
    .references(() => installations.id, { onDelete: 'cascade' });
