import { and, eq, ne } from 'drizzle-orm';
import type { Sealer } from '../sealing.js';
import { SealedTextError } from '../sealing.js';
import type { Database } from '../store/store.js';
import { KommoApiError } from '../kommo-api/kommo-api.js';
import { installations, type Installation } from './tables.js';
import type { Place, TokenPair } from './token-endpoint.js';

/** An installation that may call the API, with its tokens opened. */
export interface Opened {
  readonly row: Installation;
  readonly accessToken: string;
  /** Undefined for a long-lived token. */
  readonly refreshToken: string | undefined;
}

/**
 * What the texts in the columns of an installation are bound to. The client and the account are its key that never
 * changes, and known before the row is there.
 */
export function placeOf(
  column: 'access_token' | 'refresh_token',
  { clientId, accountId }: Pick<Installation, 'clientId' | 'accountId'>,
): string {
  return `installations.${column} of client ${clientId} in account ${accountId}`;
}

/**
 * Reads an installation with its tokens. With `lock` nobody else changes the row until the transaction ends; new
 * events can still refer to it, which `FOR UPDATE` would not let them.
 *
 * @throws KommoApiError `access_revoked` when it is not active, `temporary` when no configured key opens its tokens.
 */
export async function openInstallation(
  db: Database,
  sealer: Sealer,
  id: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<Opened> {
  const query = db.select().from(installations).where(eq(installations.id, id));
  const [row] = await (lock ? query.for('no key update') : query);
  if (row === undefined) {
    throw new KommoApiError('access_revoked', 'The installation is not there any more.');
  }
  const { accessToken, refreshToken, state, origin } = row;
  if (state !== 'active' || accessToken === null) {
    throw new KommoApiError(
      'access_revoked',
      state === 'uninstalled'
        ? `The integration was uninstalled from ${origin}. Install it again in Settings → Integrations.`
        : `${origin} needs to authorise the integration again, in Settings → Integrations.`,
    );
  }
  try {
    return {
      row,
      accessToken: sealer.open(accessToken, placeOf('access_token', row)),
      refreshToken:
        refreshToken === null ? undefined : sealer.open(refreshToken, placeOf('refresh_token', row)),
    };
  } catch (error) {
    if (!(error instanceof SealedTextError)) throw error;
    throw new KommoApiError('temporary', error.message, { cause: error });
  }
}

/** Puts a new pair in the place of the one that was read; false when the row has changed in the meantime. */
export async function savePair(
  db: Database,
  sealer: Sealer,
  { row }: Opened,
  { pair, place, now }: { pair: TokenPair; place: Place; now: Date },
): Promise<boolean> {
  const saved = await db
    .update(installations)
    .set({
      accessToken: sealer.seal(pair.accessToken, placeOf('access_token', row)),
      refreshToken: sealer.seal(pair.refreshToken, placeOf('refresh_token', row)),
      accessTokenExpiresAt: pair.expiresAt,
      origin: place.origin,
      subdomain: place.subdomain,
      // Another process may have given up with the old pair.
      state: 'active',
      updatedAt: now,
    })
    .where(
      and(
        eq(installations.id, row.id),
        ne(installations.state, 'uninstalled'),
        // A sealed text never comes twice: this is the very pair that was read.
        eq(installations.refreshToken, row.refreshToken ?? ''),
      ),
    )
    .returning({ id: installations.id });
  return saved.length > 0;
}

/** Its tokens are void: somebody has to authorise it again. Nothing changes when it has others by now. */
export async function markUnauthorised(db: Database, { row }: Opened, now: Date): Promise<void> {
  await db
    .update(installations)
    .set({ state: 'unauthorised', updatedAt: now })
    .where(
      and(
        eq(installations.id, row.id),
        eq(installations.state, 'active'),
        eq(installations.accessToken, row.accessToken ?? ''),
      ),
    );
}

export async function savePlace(db: Database, { row }: Opened, place: Place, now: Date): Promise<void> {
  await db
    .update(installations)
    .set({ origin: place.origin, subdomain: place.subdomain, updatedAt: now })
    .where(and(eq(installations.id, row.id), eq(installations.origin, row.origin)));
}
