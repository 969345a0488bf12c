import type { LocationCode } from './locations.js';

/** What a location asks of `callbacks`; groups are written with a dot, as in `leads.selected`. */
export interface LocationCallbacks {
  /** Without them nothing happens in the location. */
  readonly needed: readonly string[];
  /** The documentation names them for the location; a widget may do without. */
  readonly usual: readonly string[];
}

const none: LocationCallbacks = { needed: [], usual: [] };

/**
 * Which callbacks serve which location (`platform/widget.md §4.1`, `§1.3`). Of the four of `card_sdk` all are said to
 * be mandatory, but a tab with an interface of its own officially does with the first. The platform itself draws the
 * fields of a trigger and of the settings.
 */
export const locationCallbacks: Readonly<Record<LocationCode, LocationCallbacks>> = {
  lcard: none,
  ccard: none,
  comcard: none,
  cucard: none,
  llist: { needed: [], usual: ['leads.selected'] },
  clist: { needed: [], usual: ['contacts.selected'] },
  tlist: { needed: [], usual: ['todo.selected'] },
  culist: { needed: [], usual: ['customers.selected'] },
  settings: { needed: [], usual: ['settings'] },
  advanced_settings: { needed: ['advancedSettings'], usual: [] },
  card_sdk: { needed: ['loadPreloadedData'], usual: ['loadElements', 'linkCard', 'searchDataInCard'] },
  catalogs: { needed: ['loadCatalogElement'], usual: [] },
  digital_pipeline: { needed: [], usual: ['dpSettings'] },
  lead_sources: { needed: ['onAddAsSource'], usual: [] },
  widget_page: { needed: ['initMenuPage'], usual: [] },
  sms: none,
  mobile_card: none,
  salesbot_designer: { needed: ['salesbotDesignerSettings', 'onSalesbotDesignerSave'], usual: [] },
  website_chat_button: none,
  ai_agent: none,
  everywhere: none,
  tline: { needed: [], usual: ['calendarSync'] },
  tcalendar: { needed: [], usual: ['calendarSync'] },
  whatsapp_modal: none,
  amoforms: none,
  personal_page: none,
};

/** Without these three the platform drops the widget (`platform/widget.md §4.2`). */
export const startCallbacks = ['render', 'init', 'bind_actions'] as const;

/** Callbacks that belong to no location. */
export const generalCallbacks = [
  'onSave',
  'onInstall',
  'destroy',
  'onSource',
  'advancedStats',
  'register_steps',
  'finish_wizard',
  'get_tutorial',
] as const;
