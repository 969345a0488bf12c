import { widgetsSystem } from '../../app/widgets-system.js';
import type { MethodParts } from '../base.js';

/** What a widget knows of the account and the user without a request (`platform/widget.md §3.2`). */
export function accountMethods({ area, session, app }: MethodParts) {
  return {
    system: () => widgetsSystem(session(), area().system, app.selection.displayed),
    /** Its form is not documented: the account as API v4 names its fields. */
    get_accounts_current: () => ({
      ...session().account,
      current_user_id: session().user.id,
      current_user: session().user.id,
      task_types: session().task_types,
    }),
  };
}
