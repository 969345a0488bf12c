import type { Session } from '../../wire.js';

/** What `system()` of a widget gives, and `APP.widgets.system` holds (`platform/widget.md §3.2`, `§3.5`). */
export interface WidgetsSystem {
  /** Code of the location, such as `lcard`; not the codes of `APP.getWidgetsArea()`. */
  area: string;
  amouser: string;
  amouser_id: number;
  amohash: string;
  domain: string;
  subdomain: string;
  server: string;
  displayed_count: number;
}

/** `amohash` is the key of a retired API and empty; `domain` and `server` are the sandbox's own. */
export function widgetsSystem({ user, account }: Session, area: string, displayed: number): WidgetsSystem {
  return {
    area,
    amouser: user.email,
    amouser_id: user.id,
    amohash: '',
    domain: location.host,
    subdomain: account.subdomain,
    server: location.origin,
    displayed_count: displayed,
  };
}
