import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Caller } from '../auth/authenticate.js';
import type { Config } from '../config.js';
import { Refusal } from '../refusal.js';
import type { Database } from '../store/store.js';
import { connectionVersions, usedTokens } from './tables.js';

/** Seconds for which a token is good beyond its end, see `auth/one-time-token.ts`, and some more. */
const leeway = 60;

/**
 * Uses the caller's one-time token up, in the transaction of what it changes: whoever sends it again is refused, and
 * whoever could not change anything keeps it (`platform/server.md §2`).
 *
 * @throws Refusal 401 `token_used`.
 */
export async function useToken(
  tx: Database,
  { installation, token }: Caller,
  { oneTimeTokens }: Pick<Config, 'oneTimeTokens'>,
): Promise<void> {
  if (oneTimeTokens !== 'once') return;
  const tokenHash = hashOf({ installation, token });
  const expiresAt = new Date(token.expiresAt.getTime() + leeway * 1000);
  const used = await tx
    .insert(usedTokens)
    .values({ tokenHash, expiresAt })
    .onConflictDoNothing()
    .returning({ tokenHash: usedTokens.tokenHash });
  if (used.length === 0) throw isUsed();
}

/**
 * For a call that asks others before its change: nothing is done for a token that was used before.
 *
 * @throws Refusal 401 `token_used`.
 */
export async function refuseUsedToken(
  db: Database,
  caller: Caller,
  { oneTimeTokens }: Pick<Config, 'oneTimeTokens'>,
): Promise<void> {
  if (oneTimeTokens !== 'once') return;
  if ((await db.$count(usedTokens, eq(usedTokens.tokenHash, hashOf(caller)))) > 0) throw isUsed();
}

function hashOf({ installation, token }: Pick<Caller, 'installation' | 'token'>): string {
  return createHash('sha256')
    .update(JSON.stringify([installation.clientId, token.id]))
    .digest('hex');
}

function isUsed(): Refusal {
  return new Refusal(401, 'token_used', 'The one-time token was used before: ask Kommo for a new one');
}

/**
 * The version of the installation's channels and settings. Until the transaction ends nobody else changes them: what
 * is counted stays so.
 */
export async function lockVersion(tx: Database, installationId: string): Promise<number> {
  await tx.insert(connectionVersions).values({ installationId }).onConflictDoNothing();
  const [row] = await tx
    .select({ version: connectionVersions.version })
    .from(connectionVersions)
    .where(eq(connectionVersions.installationId, installationId))
    .for('update');
  return row?.version ?? 0;
}

/** Tells other pages that something has changed. */
export async function raiseVersion(
  tx: Database,
  installationId: string,
  change: { readonly hasSaved?: true } = {},
): Promise<void> {
  await tx
    .update(connectionVersions)
    .set({ version: sql`${connectionVersions.version} + 1`, ...change })
    .where(eq(connectionVersions.installationId, installationId));
}
