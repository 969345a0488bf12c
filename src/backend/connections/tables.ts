import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { connectionMethods, connectionProblems } from '../../contract/connections-api.js';
import { installationId } from '../installations/column.js';

/** An account of a chat service that an account of the platform has connected. */
export const channels = pgTable(
  'channels',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    installationId: installationId(),
    service: text('service').notNull(),
    method: text('method', { enum: connectionMethods }).notNull(),
    /** Names the account at its service. */
    accountKey: text('account_key').notNull(),
    name: text('name').notNull(),
    /** E.164. */
    phone: text('phone'),
    /** `disconnected`: the service does not let us in any more. */
    state: text('state', { enum: ['connected', 'disconnected'] }).notNull(),
    /** JSON, sealed, see `sealing.ts`; null once it was erased. */
    credentials: text('credentials'),
    pipelineId: bigint('pipeline_id', { mode: 'number' }),
    isDefault: boolean('is_default').notNull().default(false),
    /** Since when it is among the saved ones; null: it neither sends nor receives. */
    savedAt: timestamp('saved_at', { withTimezone: true }),
    /** Of the source in the account; its `external_id` is this row's id. */
    sourceId: bigint('source_id', { mode: 'number' }),
    /** The `PUBLIC_URL` below which the service was told to call; null: of none yet. */
    hookBase: text('hook_base'),
    /** From then on the service is brought in step again, where it is not. */
    followAt: timestamp('follow_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
    /** Since when it is gone for the account; what is left to undo is undone by a job. */
    removedAt: timestamp('removed_at', { withTimezone: true }),
  },
  (table) => [
    uniqueIndex('channels_account')
      .on(table.installationId, table.service, table.accountKey)
      .where(sql`${table.removedAt} is null`),
    uniqueIndex('channels_default')
      .on(table.installationId)
      .where(sql`${table.isDefault} and ${table.removedAt} is null`),
    index('channels_service_account').on(table.service, table.accountKey),
  ],
);

export type Channel = typeof channels.$inferSelect;

/** What is known of the channels and settings of an installation as a whole. */
export const connectionVersions = pgTable('connection_versions', {
  installationId: installationId().primaryKey(),
  /** How often they have changed. */
  version: integer('version').notNull().default(0),
  /** Whether channels were saved at any time: from then on the service of the configuration sends nothing for it. */
  hasSaved: boolean('has_saved').notNull().default(false),
});

/** An attempt at connecting an account of a chat service. */
export const connectionAttempts = pgTable(
  'connection_attempts',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    installationId: installationId(),
    /** Who has begun it, and alone may go on with it. */
    userId: bigint('user_id', { mode: 'number' }).notNull(),
    service: text('service').notNull(),
    method: text('method', { enum: connectionMethods }).notNull(),
    /** The channel that is to be connected again; then the one that was connected. */
    channelId: uuid('channel_id').references(() => channels.id, { onDelete: 'cascade' }),
    state: text('state', { enum: ['waiting', 'connected', 'failed'] }).notNull(),
    problem: text('problem', { enum: connectionProblems }),
    detail: text('detail'),
    /**
     * Of OAuth, SHA-256 of what the browser has to bring for the next step: the `state`, then the token of the page that
     * asks what is to be done with the consent. Null from the moment on that the last was used.
     */
    stateHash: text('state_hash'),
    /** What the method keeps between its steps: JSON, sealed. */
    memory: text('memory'),
    /** From then on the service may be asked again how far it is, by whichever process comes first. */
    pollAt: timestamp('poll_at', { withTimezone: true }),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('connection_attempts_state').on(table.stateHash),
    index('connection_attempts_expiry').on(table.expiresAt),
  ],
);

export type AttemptRow = typeof connectionAttempts.$inferSelect;

/** One-time tokens that have changed something. */
export const usedTokens = pgTable(
  'used_tokens',
  {
    /** SHA-256 of the integration and `jti`. */
    tokenHash: text('token_hash').primaryKey(),
    /** From then on the token is refused anyway. */
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('used_tokens_expiry').on(table.expiresAt)],
);
