import type { Account } from '../state.js';
import type { FormValue } from './form.js';

/** `account[…]` of a hook (`platform/server.md §4.2`). */
export function accountBlock(account: Account, address: string): { readonly [key: string]: FormValue } {
  return { id: account.id, subdomain: account.subdomain, _links: { self: address } };
}
