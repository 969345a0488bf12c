/**
 * Codes of pages that `APP.getWidgetsArea()` answers with. `widget-page` and `advanced-settings` come with the
 * widget's code instead: see {@link WidgetsArea}. `platform/widget.md §3.5`.
 */
export const widgetsAreas = [
  'dashboard',
  'leads',
  'leads-trash',
  'leads-pipeline',
  'leads_card',
  'customers',
  'customers-pipeline',
  'customers-trash',
  'customers_card',
  'contacts',
  'contacts-trash',
  'contacts_card',
  'companies',
  'companies_card',
  'catalogs',
  'mail',
  'todo',
  'todo-trash',
  'todo-line',
  'todo-calendar',
  'events',
  'stats',
  'stats-human',
  'statsCalls',
  'authlog',
  'settings',
  'settings-users',
  'settings-communications',
  'widgetsSettings',
] as const;

export type WidgetsArea =
  (typeof widgetsAreas)[number] | `widget-page:${WidgetCode}` | `advanced-settings:${WidgetCode}`;

/** The code that the platform gave the widget at upload. */
type WidgetCode = string;
