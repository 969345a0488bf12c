import { parseLocation } from '../../../kommo/locations.js';
import type { ManifestView } from './manifest-view.js';
import type { LocationCode } from '../../../kommo/locations.js';

/**
 * Whether a widget is started in an area of the page (`platform/widget.md §3.5`, `§4.2`):
 *
 * | area | widgets |
 * |---|---|
 * | none, `settings`, `widgetsSettings` | all |
 * | `<kind>:<code>`, such as `widgetsSettings:<code>` | the one of that code |
 * | any other | those with a location that has the area, with `everywhere`, or with `init_once` |
 *
 * Which areas belong to a location is documented by name only; no location has the board (`leads-pipeline`).
 */
export function startsIn(area: string, code: string, { locations, initOnce }: ManifestView): boolean {
  if (isSettingsArea(area)) return true;
  const colon = area.indexOf(':');
  if (colon !== -1) return area.slice(colon + 1) === code;
  if (initOnce) return true;
  return locations.some((entry) => {
    const location = parseLocation(entry)?.code;
    if (location === undefined) return false;
    return location === 'everywhere' || (areasOf[location]?.includes(area) ?? false);
  });
}

/** Where widgets are listed that were never saved, or are switched off. */
export function isSettingsArea(area: string): boolean {
  return area === '' || area === 'settings' || area === 'widgetsSettings';
}

const areasOf: Partial<Record<LocationCode, readonly string[]>> = {
  lcard: ['leads_card'],
  ccard: ['contacts_card'],
  comcard: ['companies_card'],
  cucard: ['customers_card'],
  llist: ['leads', 'leads-trash'],
  clist: ['contacts', 'contacts-trash', 'companies'],
  culist: ['customers', 'customers-trash'],
  tlist: ['todo', 'todo-trash', 'todo-line', 'todo-calendar'],
  tline: ['todo-line'],
  tcalendar: ['todo-calendar'],
  catalogs: ['catalogs', 'catalog_card'],
  widget_page: ['widget-page'],
  digital_pipeline: ['dp.settings'],
  lead_sources: ['dp.chats'],
  website_chat_button: ['crm_plugin'],
};
