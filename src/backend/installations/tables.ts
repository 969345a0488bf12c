import { bigint, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';

/**
 * An account that has installed one of our integrations. Neither the account's id nor its subdomain is the key: an
 * account may install both integrations, and subdomains change (`platform/server.md §1.7`).
 */
export const installations = pgTable(
  'installations',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    platform: text('platform', { enum: ['kommo', 'amocrm'] }).notNull(),
    clientId: text('client_id').notNull(),
    accountId: bigint('account_id', { mode: 'number' }).notNull(),
    subdomain: text('subdomain').notNull(),
    /** Where the account's pages and its API are, as `https://demo.kommo.com`. */
    origin: text('origin').notNull(),
    /** Host that tells where a renamed account is, from the claims of the access token. */
    apiDomain: text('api_domain'),
    /** `unauthorised`: its tokens are void, somebody has to authorise it again. */
    state: text('state', { enum: ['active', 'unauthorised', 'uninstalled'] }).notNull(),
    /** ISO 3166 code of the account's country: how its phone numbers without a country code are read. */
    country: text('country'),
    currency: text('currency'),
    tokenKind: text('token_kind', { enum: ['oauth', 'long_lived'] }).notNull(),
    /** Sealed, see `sealing.ts`. */
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    accessTokenExpiresAt: timestamp('access_token_expires_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [unique('installations_client_account').on(table.clientId, table.accountId)],
);

export type Installation = typeof installations.$inferSelect;
