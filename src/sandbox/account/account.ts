import { createBus } from './bus.js';
import { createIds } from './ids.js';
import { verifyAccessToken } from './oauth/access-token.js';
import { seedAccount } from './seed.js';
import { createTraffic } from './traffic.js';
import type { AccountContext, Clock } from './context.js';
import type { Account } from './state.js';

export interface AccountOptions {
  /** Makes the account's first state; `now` is in milliseconds. */
  readonly seed?: (options: { readonly now: number }) => Account;
  readonly clock?: Clock;
}

/** An account in memory with what its parts share, not yet served. */
export function createAccountContext({
  seed = seedAccount,
  clock = { now: () => Date.now() },
}: AccountOptions = {}): AccountContext {
  const context: AccountContext = {
    account: seed({ now: clock.now() }),
    clock,
    bus: createBus(),
    traffic: createTraffic(),
    ids: createIds(),
    switches: { outside: true, tokenCache: false },
    url: '',
    apiDomain: '',
    verifyAccessToken: (token) => verifyAccessToken(context, token),
    currentUserId: () => context.account.current_user_id,
  };
  return context;
}
