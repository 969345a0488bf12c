import { type LocationCode, parseLocation } from '../../src/kommo/locations.js';

/** A page of the account to go to, and what to do there beside looking. */
export interface Visit {
  readonly path: string;
  readonly then?:
    | 'open the panel'
    | 'mark rows'
    | 'mark a task'
    | 'use the tab'
    | 'open an element'
    | 'add a source'
    | 'add steps'
    | 'add a trigger';
}

export interface VisitedWidget {
  readonly code: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

const card = '/leads/detail/7001';

/**
 * Pages where each location shows, in the demo account of the sandbox. Locations without a page in the account's
 * interface have none: `settings` is a step of its own, and the rest live on a phone, on a site or on the server.
 */
const pages: Partial<Record<LocationCode, (widget: VisitedWidget) => Visit[]>> = {
  lcard: () => [{ path: card, then: 'open the panel' }],
  ccard: () => [{ path: '/contacts/detail/8001', then: 'open the panel' }],
  comcard: () => [{ path: '/companies/detail/9001', then: 'open the panel' }],
  cucard: () => [{ path: '/customers/detail/6001', then: 'open the panel' }],
  llist: () => [{ path: '/leads/list', then: 'mark rows' }],
  clist: () => [
    { path: '/contacts/list/contacts', then: 'mark rows' },
    { path: '/companies/list', then: 'mark rows' },
  ],
  culist: () => [{ path: '/customers/list', then: 'mark rows' }],
  tlist: () => [{ path: '/todo/list', then: 'mark a task' }],
  advanced_settings: ({ code }) => [{ path: `/settings/advanced/${code}` }],
  card_sdk: () => [{ path: card, then: 'use the tab' }],
  catalogs: () => [{ path: '/catalogs/1001', then: 'open an element' }],
  digital_pipeline: () => [{ path: '/settings/pipeline/leads', then: 'add a trigger' }],
  lead_sources: () => [{ path: '/settings/sources', then: 'add a source' }],
  salesbot_designer: () => [{ path: '/settings/salesbot', then: 'add steps' }],
  widget_page: menuPages,
  everywhere: () => [
    { path: '/dashboard' },
    { path: '/leads/pipeline' },
    { path: card },
    { path: '/settings/widgets' },
  ],
};

/** Where to go for the locations of a manifest, in its order, each page once for each thing to do there. */
export function visitsOf(widget: VisitedWidget): Visit[] {
  const { locations, widget: facts } = widget.manifest;
  const codes = (Array.isArray(locations) ? locations : [])
    .filter((entry): entry is string => typeof entry === 'string')
    .flatMap((entry) => parseLocation(entry)?.code ?? []);
  const everywhere = (facts as { init_once?: unknown } | undefined)?.init_once;
  const wanted = everywhere === true || everywhere === 'Y' ? [...codes, 'everywhere' as const] : codes;
  const visits = [...new Set(wanted)].flatMap((code) => pages[code]?.(widget) ?? []);
  return visits.filter(
    ({ path, then }, index) =>
      visits.findIndex((other) => other.path === path && other.then === then) === index,
  );
}

/** A page for each item and each sub-item that the widget adds to the left menu (`platform/widget.md §1.8`). */
function menuPages({ code, manifest }: VisitedWidget): Visit[] {
  return Object.entries(objectOf(manifest['left_menu'])).flatMap(([item, value]) => {
    const subitems = Object.keys(objectOf(objectOf(value)['submenu']));
    const own = ['stats', 'settings'].includes(item) ? [] : [{ path: `/widget_page/${code}/${item}` }];
    return [...own, ...subitems.map((subitem) => ({ path: `/widget_page/${code}/${item}/${subitem}` }))];
  });
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
