import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { DemoAccount, DemoApp } from './accounts.js';

/** A key that opens an account, until it is signed out. */
export interface Access {
  /** Names it without giving it away. */
  readonly id: string;
  readonly token: string;
  readonly account: DemoAccount;
  /** Which app it was given to; undefined for one that came in with the account's own secret. */
  readonly app: DemoApp | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Where what happens to the account is told. */
  webhook: string | undefined;
}

/** Who may use which account. */
export interface Accesses {
  give(account: DemoAccount, app: DemoApp | undefined, at: number): Access;
  find(token: string): Access | undefined;
  /** Oldest first. */
  all(): Access[];
  /** False for the sandbox's own key, which stays. */
  end(access: Access): boolean;
}

/** @param own The key that opens the first account from the start and for ever. */
export function createAccesses(own: { readonly token: string; readonly account: DemoAccount }): Accesses {
  const first: Access = { ...own, id: randomUUID(), app: undefined, at: 0, webhook: undefined };
  const given = new Map<string, Access>();
  return {
    give(account, app, at) {
      const access: Access = {
        id: randomUUID(),
        token: `demo_at_${randomBytes(24).toString('base64url')}`,
        account,
        app,
        at,
        webhook: undefined,
      };
      given.set(access.token, access);
      return access;
    },
    find: (token) => (isSame(token, first.token) ? first : given.get(token)),
    all: () => [first, ...given.values()],
    end: ({ token }) => given.delete(token),
  };
}

/** Compares texts without telling by the time it takes where they differ. */
export function isSame(one: string, other: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
