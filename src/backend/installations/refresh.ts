import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '../context.js';
import type { SendHttp } from '../kommo-api/http.js';
import { KommoApiError } from '../kommo-api/kommo-api.js';
import type { Sealer } from '../sealing.js';
import type { Database } from '../store/store.js';
import { markUnauthorised, openInstallation, savePair, type Opened } from './stored-tokens.js';
import { currentPlace, requestTokens, TokenError, type Place, type TokenPair } from './token-endpoint.js';

export interface RefreshOptions {
  readonly http: SendHttp;
  readonly sealer: Sealer;
  /** Decides on the tokens as they stand once nobody else is at them. */
  readonly isNeeded: (opened: Opened) => boolean;
}

/** Milliseconds between attempts to save a pair while the database is away; two minutes in all. */
const savePauses = [100, 200, 400, 800, 1500, ...Array.from({ length: 39 }, () => 3000)];

/**
 * Changes the refresh token of an installation for a new pair, which is saved before anybody uses it, and returns the
 * installation as it stands then. Refresh tokens rotate, and two refreshes at a time end an installation
 * (`platform/server.md §1.4`): on PostgreSQL the row is locked while the account is asked, so whoever waited finds the
 * new pair. On PGlite there is one process with one connection, which must not be held for so long; there the caller
 * sees to it that this runs once at a time.
 *
 * @throws KommoApiError `access_revoked` when the account takes the refresh token no more: the installation is
 * `unauthorised` from then on. `temporary` when there is no telling; the pair stays as it is.
 */
export async function refreshInstallation(
  context: Context,
  id: string,
  options: RefreshOptions,
): Promise<Opened> {
  const { store, clock, metrics, log } = context;
  const { sealer } = options;
  let unsaved: { opened: Opened; pair: TokenPair; place: Place } | undefined;

  const run = async (db: Database, lock: boolean): Promise<KommoApiError | undefined> => {
    const opened = await openInstallation(db, sealer, id, { lock });
    if (!options.isNeeded(opened)) return undefined;
    try {
      unsaved = { opened, ...(await exchange(context, opened, options.http)) };
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      metrics.tokenRefreshes.inc({ result: error.kind === 'void' ? 'void' : 'failed' });
      log.warn({ installation: id, kind: error.kind, reason: error.message }, 'tokens were not refreshed');
      // Returned, not thrown: the transaction that marks the row has to be committed.
      if (error.kind === 'void') await markUnauthorised(db, opened, clock.now());
      return asApiError(error, opened);
    }
    metrics.tokenRefreshes.inc({ result: 'refreshed' });
    await savePair(db, sealer, opened, { ...unsaved, now: clock.now() });
    return undefined;
  };

  try {
    const failure =
      store.kind === 'postgresql'
        ? await store.db.transaction((transaction) => run(transaction, true))
        : await run(store.db, false);
    if (failure !== undefined) throw failure;
  } catch (error) {
    if (unsaved === undefined) throw error;
    // The account has given the new pair out: it must not be lost because the database is away for a moment.
    const { opened, ...pair } = unsaved;
    await insist(() => savePair(store.db, sealer, opened, { ...pair, now: clock.now() }));
  }
  return openInstallation(store.db, sealer, id);
}

async function insist(save: () => Promise<unknown>): Promise<void> {
  for (const wait of savePauses) {
    try {
      await save();
      return;
    } catch {
      await pause(wait);
    }
  }
  await save();
}

/** Asks the account where it is known to be, then where it is now. */
async function exchange(
  context: Context,
  opened: Opened,
  http: SendHttp,
): Promise<{ pair: TokenPair; place: Place }> {
  const { config, clock } = context;
  const { row, refreshToken } = opened;
  const client = config.clients.find(({ id }) => id === row.clientId);
  if (refreshToken === undefined) {
    throw new TokenError('void', `The long-lived token of ${row.origin} is not accepted any more.`);
  }
  if (client === undefined) {
    throw new TokenError('client', `No client with the id ${row.clientId} is configured.`);
  }
  const ask = async (origin: string): Promise<TokenPair> => {
    const once = (): Promise<TokenPair> =>
      requestTokens(
        origin,
        client,
        { grant_type: 'refresh_token', refresh_token: refreshToken },
        { config, http, now: () => clock.now() },
      );
    try {
      return await once();
    } catch (error) {
      // After a lost answer the old token may be good still, until the new one is used.
      if (error instanceof TokenError && error.isLost) return once();
      throw error;
    }
  };
  try {
    return { pair: await ask(row.origin), place: row };
  } catch (error) {
    if (!(error instanceof TokenError) || row.apiDomain === null) throw error;
    if (error.kind === 'temporary' && !error.isUnreachable) throw error;
    const place = await currentPlace(row.apiDomain, { refreshToken }, { config, http });
    if (place === undefined || place.origin === row.origin) throw error;
    return { pair: await ask(place.origin), place };
  }
}

function asApiError(error: TokenError, { row }: Opened): KommoApiError {
  const { message, kind, retryAfter } = error;
  const options = { cause: error, ...(retryAfter === undefined ? {} : { retryAfter }) };
  switch (kind) {
    case 'void':
      return new KommoApiError(
        'access_revoked',
        `${row.origin} needs to authorise the integration again, in Settings → Integrations. ${message}`,
        options,
      );
    case 'client':
      return new KommoApiError(
        'temporary',
        `${message} Check the id, the secret and the redirect address of the client ${row.clientId}.`,
        options,
      );
    default:
      return new KommoApiError('temporary', message, options);
  }
}
