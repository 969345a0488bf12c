import type { Context } from '../context.js';
import type { SendHttp } from '../kommo-api/http.js';
import { KommoApiError } from '../kommo-api/kommo-api.js';
import { createSealer } from '../sealing.js';
import { createLimit } from './limit.js';
import { refreshInstallation } from './refresh.js';
import { markUnauthorised, openInstallation, savePlace, type Opened } from './stored-tokens.js';
import { currentPlace } from './token-endpoint.js';

/** What a call of the API needs. */
export interface Access {
  readonly token: string;
  /** Of the account, as `https://demo.kommo.com`. */
  readonly origin: string;
}

/** Tokens of the installations. Every method throws a {@link KommoApiError} when there is no access. */
export interface Tokens {
  /** A token with some life left: it is refreshed when less than ten minutes are. */
  access(installationId: string): Promise<Access>;
  /** Another token in the place of one that was answered with 401. */
  renew(installationId: string, refused: Access): Promise<Access>;
  /** The account at its present address, when it is another one: accounts can be renamed. */
  follow(installationId: string, from: Access): Promise<Access | undefined>;
  /** Not even a fresh token is taken: the installation is `unauthorised` from now on. */
  giveUp(installationId: string, refused: Access): Promise<void>;
}

/** Milliseconds before its end at which a token is refreshed; it lives for a day (`platform/server.md §1.3`). */
const refreshBefore = 10 * 60_000;

/** Milliseconds for which a token is used without a look at the store. */
const keptFor = 10_000;

/** Milliseconds for which an account that has not moved is not asked again where it is. */
const stayedFor = 60_000;

/** Milliseconds before an early refresh that failed is tried again. */
const pauseAfterFailure = 60_000;

/** Each refresh holds a connection of the database while the account is asked; others must be left for the rest. */
const refreshesAtATime = 4;

export function createTokens(context: Context, { http }: { http: SendHttp }): Tokens {
  const { store, clock, config, log } = context;
  const sealer = createSealer(config.sealingKeys);
  const limit = createLimit(refreshesAtATime);
  const known = new Map<string, { readonly access: Access; readonly until: number }>();
  const stayed = new Map<string, number>();
  const now = (): number => clock.now().getTime();

  const keep = (id: string, { row, accessToken }: Opened, until = now() + keptFor): Access => {
    const access = { token: accessToken, origin: row.origin };
    known.set(id, { access, until });
    return access;
  };
  const lifeLeft = ({ row }: Opened): number =>
    row.tokenKind === 'long_lived' || row.accessTokenExpiresAt === null
      ? Infinity
      : row.accessTokenExpiresAt.getTime() - now();

  const refresh = singleFlight(async (id: string, refused: string | undefined): Promise<Access> => {
    const isNeeded = (opened: Opened): boolean =>
      opened.accessToken === refused ||
      (opened.row.tokenKind === 'oauth' && lifeLeft(opened) < refreshBefore);
    return keep(id, await limit(() => refreshInstallation(context, id, { http, sealer, isNeeded })));
  });

  const follow = singleFlight(async (id: string, from: string): Promise<Access | undefined> => {
    const opened = await openInstallation(store.db, sealer, id);
    if (opened.row.origin !== from) return keep(id, opened);
    const { apiDomain } = opened.row;
    if (apiDomain === null || (stayed.get(id) ?? 0) > now()) return undefined;
    const { refreshToken, accessToken } = opened;
    const tokens = refreshToken === undefined ? { accessToken } : { refreshToken };
    const place = await currentPlace(apiDomain, tokens, { config, http });
    if (place === undefined || place.origin === from) {
      stayed.set(id, now() + stayedFor);
      return undefined;
    }
    await savePlace(store.db, opened, place, clock.now());
    log.info({ installation: id, from, to: place.origin }, 'the account has moved');
    return keep(id, { ...opened, row: { ...opened.row, ...place } });
  });

  return {
    async access(id) {
      const kept = known.get(id);
      if (kept !== undefined && kept.until > now()) return kept.access;
      const opened = await openInstallation(store.db, sealer, id);
      const left = lifeLeft(opened);
      if (left >= refreshBefore) return keep(id, opened);
      try {
        return await refresh(id, undefined);
      } catch (error) {
        // It is early: the old token is good for a while, and the account is asked again later.
        if (!(error instanceof KommoApiError) || error.kind !== 'temporary' || left <= keptFor) throw error;
        return keep(id, opened, now() + Math.min(left - keptFor, pauseAfterFailure));
      }
    },
    async renew(id, refused) {
      known.delete(id);
      const access = await refresh(id, refused.token);
      // The refresh that was under way may have begun before this token was refused.
      return access.token === refused.token ? refresh(id, refused.token) : access;
    },
    follow: (id, from) => follow(id, from.origin),
    async giveUp(id, refused) {
      known.delete(id);
      const opened = await openInstallation(store.db, sealer, id);
      if (opened.accessToken === refused.token) await markUnauthorised(store.db, opened, clock.now());
    },
  };
}

/** Callers that come while the work for the same id is under way share its end. */
function singleFlight<Argument, Result>(
  work: (id: string, argument: Argument) => Promise<Result>,
): (id: string, argument: Argument) => Promise<Result> {
  const underWay = new Map<string, Promise<Result>>();
  return (id, argument) => {
    const flight =
      underWay.get(id) ??
      work(id, argument).finally(() => {
        underWay.delete(id);
      });
    underWay.set(id, flight);
    return flight;
  };
}
