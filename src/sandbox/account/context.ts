import type { Bus } from './bus.js';
import type { Ids } from './ids.js';
import type { Account } from './state.js';
import type { Traffic } from './traffic.js';

/** Milliseconds since 1970, as `Date.now`; tests move it. */
export interface Clock {
  now(): number;
}

/** Who calls, by the access token. */
export interface TokenBearer {
  readonly user_id: number;
  readonly client_uuid: string;
  readonly scopes: readonly string[];
}

/** What may be switched while the account runs, and belongs to no part of it alone. */
export interface AccountSwitches {
  /** Whether calls may go to other machines; otherwise they are only written to the traffic. */
  outside: boolean;
  /**
   * Whether a page gets the same one-time token for 25 minutes instead of a fresh one each time: which of them the
   * platform does is not known (`platform/server.md §12`, 3).
   */
  tokenCache: boolean;
}

/** What every part of the account server shares. */
export interface AccountContext {
  /** Replaced as a whole when the account is reset: read it anew, never keep it. */
  account: Account;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly traffic: Traffic;
  readonly ids: Ids;
  readonly switches: AccountSwitches;
  /** Origin of the account, `http://127.0.0.1:<port>`; empty until it listens, another one once it is renamed. */
  url: string;
  /** Host that tokens name as `api_domain`: it stays when the account is renamed (`platform/server.md §1.7`). */
  apiDomain: string;
  /** Tells the bearer of an access token, or undefined when it is unknown, expired or revoked. */
  verifyAccessToken: (token: string) => TokenBearer | undefined | Promise<TokenBearer | undefined>;
  /** The user whose session the account's pages are. */
  currentUserId(): number;
}

/** Unix seconds by the context's clock. */
export function nowSeconds(context: Pick<AccountContext, 'clock'>): number {
  return Math.floor(context.clock.now() / 1000);
}
