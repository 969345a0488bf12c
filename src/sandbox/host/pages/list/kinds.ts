import { parseLocation, type LocationCode } from '../../../../kommo/locations.js';
import { areas, type Area } from '../../area.js';
import type { EntityType } from '../../../account/state.js';
import type { MenuItem } from '../../host.js';
import type { SessionWidget } from '../../../wire.js';

/** A list of the account: one for each entity that has cards, and that of tasks. */
export interface ListKind {
  readonly name: EntityType | 'todo';
  readonly path: string;
  readonly area: Area;
  readonly menu: MenuItem;
  /** `type` of its rows in `list_selected()`. */
  readonly rowType: 'lead' | 'contact' | 'company' | 'customer' | 'task';
  /** Widgets with this location are started there (`platform/widget.md §1.3`). */
  readonly location: LocationCode;
  /** Whose `selected` the multi-action bar calls (`platform/widget.md §4.1`). */
  readonly callback: 'leads' | 'contacts' | 'customers' | 'todo';
}

/** The addresses of the lists are those of the interface; that of tasks is an agenda there and a plain list here. */
export const listKinds: readonly ListKind[] = [
  {
    name: 'leads',
    path: '/leads/list',
    area: areas.leads,
    menu: 'leads',
    rowType: 'lead',
    location: 'llist',
    callback: 'leads',
  },
  {
    name: 'contacts',
    path: '/contacts/list/contacts',
    area: areas.contacts,
    menu: 'catalogs',
    rowType: 'contact',
    location: 'clist',
    callback: 'contacts',
  },
  {
    name: 'companies',
    path: '/companies/list',
    area: areas.companies,
    menu: 'catalogs',
    rowType: 'company',
    location: 'clist',
    // Companies have neither a location nor a callback of their own: both are those of contacts.
    callback: 'contacts',
  },
  {
    name: 'customers',
    path: '/customers/list',
    area: areas.customers,
    menu: 'customers',
    rowType: 'customer',
    location: 'culist',
    callback: 'customers',
  },
  {
    name: 'todo',
    path: '/todo/list',
    area: areas.tasks,
    menu: 'tasks',
    rowType: 'task',
    location: 'tlist',
    callback: 'todo',
  },
];

/** Whether the widget's manifest lists the location, with whatever suffix, or `everywhere`. */
export function isListedIn({ manifest }: SessionWidget, location: LocationCode): boolean {
  const { locations } = manifest;
  return (
    Array.isArray(locations) &&
    locations.some((entry) => {
      const code = typeof entry === 'string' ? parseLocation(entry)?.code : undefined;
      return code === location || code === 'everywhere';
    })
  );
}
