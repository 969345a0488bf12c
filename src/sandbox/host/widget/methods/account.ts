import type { MethodParts } from '../base.js';

/** What a widget knows of the account and the user without a request (`platform/widget.md §3.2`). */
export function accountMethods({ area, session, app }: MethodParts) {
  return {
    /** `amohash` is the key of a retired API and empty; `domain` and `server` are the sandbox's own. */
    system: () => ({
      area: area().system,
      amouser: session().user.email,
      amouser_id: session().user.id,
      amohash: '',
      domain: location.host,
      subdomain: session().account.subdomain,
      server: location.origin,
      displayed_count: app.selection.displayed,
    }),
    /** Its form is not documented: the account as API v4 names its fields. */
    get_accounts_current: () => ({
      ...session().account,
      current_user_id: session().user.id,
      current_user: session().user.id,
      task_types: session().task_types,
    }),
  };
}
