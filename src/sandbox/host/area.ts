import type { EntityType } from '../account/state.js';

/** Where the page is, in the three spellings that the platform has for it. */
export interface Area {
  /**
   * What the list of widgets is asked for and `APP.getWidgetsArea()` gives (`platform/widget.md §3.5`), or the
   * loader's own name such as `widgetsSettings:<code>` (`§4.2`).
   */
  readonly name: string;
  /** `APP.getV3WidgetsArea()` (`§3.5`). */
  readonly v3: string;
  /** `system().area` of a widget: the location's code, such as `lcard`. */
  readonly system: string;
  /** `APP.getBaseEntity()`; empty outside lists, boards and cards. */
  readonly entity: EntityType | '';
  readonly isCard: boolean;
}

/** Areas without a widget's code in their name. */
export const areas = {
  leadsPipeline: area('leads-pipeline', 'leads.pipeline', 'leads', 'leads'),
  leads: area('leads', 'leads.list', 'llist', 'leads'),
  contacts: area('contacts', 'contacts.list', 'clist', 'contacts'),
  companies: area('companies', 'companies.list', 'clist', 'companies'),
  customers: area('customers', 'customers.list', 'culist', 'customers'),
  customersPipeline: area('customers-pipeline', 'customers.pipeline', 'customers', 'customers'),
  tasks: area('todo', 'todo.list', 'tlist', ''),
  leadCard: area('leads_card', 'leads.card', 'lcard', 'leads', true),
  contactCard: area('contacts_card', 'contacts.card', 'ccard', 'contacts', true),
  companyCard: area('companies_card', 'companies.card', 'comcard', 'companies', true),
  customerCard: area('customers_card', 'customers.card', 'cucard', 'customers', true),
  catalogs: area('catalogs', 'catalogs.list', 'catalogs', ''),
  settings: area('settings', 'settings.widgets', 'settings', ''),
  digitalPipeline: area('dp.settings', 'dp.settings', 'digital_pipeline', ''),
  leadSources: area('dp.chats', 'dp.chats', 'lead_sources', ''),
  dashboard: area('dashboard', 'dashboard', 'dashboard', ''),
} as const;

/** The modal of a widget's settings. */
export const widgetSettingsArea = (code: string): Area =>
  area(`widgetsSettings:${code}`, 'settings.widgets', 'settings', '');

/** A widget's own page in Settings. */
export const advancedSettingsArea = (code: string): Area =>
  area(`advanced-settings:${code}`, 'widget.advanced_settings', 'advanced_settings', '');

/** A widget's own page in the left menu. */
export const widgetPageArea = (code: string): Area =>
  area(`widget-page:${code}`, 'widget.widget_page', 'widget_page', '');

/** The step of a widget in the salesbot designer. */
export const salesbotDesignerArea = (code: string): Area =>
  area(`salesbot_designer:${code}`, 'dp.settings', 'salesbot_designer', '');

function area(name: string, v3: string, system: string, entity: Area['entity'], isCard = false): Area {
  return { name, v3, system, entity, isCard };
}
