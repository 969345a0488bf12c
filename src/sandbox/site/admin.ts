import type { AccountContext } from '../account/context.js';
import { Refusal } from './room.js';

/** @throws Refusal 403 unless the signed-in user is an administrator; `what` goes on "can …". */
export function requireAdmin(context: AccountContext, what: string): void {
  if (context.account.users.get(context.currentUserId())?.rights.is_admin === true) return;
  throw new Refusal(403, `Only an administrator can ${what}.`);
}
