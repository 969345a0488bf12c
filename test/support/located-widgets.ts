import type { LocationCode } from '../../src/kommo/locations.js';
import type { SmallWidget } from './small-widget.js';

export interface Located extends SmallWidget {
  /** Callbacks that run there, by area of the report. */
  runs: Readonly<Record<string, readonly string[]>>;
}

const start = ['constructor', 'render', 'bind_actions', 'init'];
const visit = [...start, 'destroy'];

const inPanel = (location: string, area: string): Located => ({
  locations: ['settings', location],
  script: `this.callbacks.render = function () {
    if (APP.isCard()) self.render_template({ caption: { class_name: 'small' }, body: '<p>Small</p>' });
    return true;
  };`,
  runs: { [area]: visit },
});

const inList = (location: string, group: string, ...areas: readonly string[]): Located => ({
  locations: ['settings', location],
  script: `this.callbacks.${group} = { selected: function () {
    if (self.list_selected().selected.length === 0) throw new Error('nothing is marked');
  } };`,
  runs: Object.fromEntries(areas.map((area) => [area, [...start, `${group}.selected`, 'destroy']])),
});

/** A small widget for each location that has a page in the account, with the callbacks that belong there. */
export const located: Readonly<Partial<Record<LocationCode, Located>>> = {
  lcard: inPanel('lcard-1', 'leads_card'),
  ccard: inPanel('ccard-1', 'contacts_card'),
  comcard: inPanel('comcard-1', 'companies_card'),
  cucard: inPanel('cucard-1', 'customers_card'),
  llist: inList('llist-0', 'leads', 'leads'),
  clist: inList('clist-0', 'contacts', 'contacts', 'companies'),
  culist: inList('culist-0', 'customers', 'customers'),
  tlist: inList('tlist-0', 'todo', 'todo'),
  settings: {
    locations: ['settings'],
    manifest: { settings: { key: { name: 'settings.message', type: 'text', required: true } } },
    script: `this.callbacks.onSave = function (event) {
      if (event.active === 'Y' && event.fields.key === '') throw new Error('onSave got no key');
      return true;
    };
    this.callbacks.onInstall = function () {};`,
    runs: { 'widgetsSettings:settings': [...start, 'settings', 'onSave', 'onInstall', 'destroy'] },
  },
  advanced_settings: {
    locations: ['settings', 'advanced_settings'],
    script: 'this.callbacks.advancedSettings = function () {};',
    runs: { 'advanced-settings:advanced_settings': [...start, 'advancedSettings', 'destroy'] },
  },
  card_sdk: {
    locations: ['settings', 'lcard-0', 'card_sdk'],
    script: `var elements = [{ id: 1, sku: 'A', name: 'One', price: 1 }, { id: 2, sku: 'B', name: 'Two', price: 2 }];
    this.callbacks.loadPreloadedData = function () { return Promise.resolve(elements); };
    this.callbacks.loadElements = function () { return Promise.resolve([]); };
    this.callbacks.searchDataInCard = function (query) {
      return new Promise(function (resolve) { setTimeout(resolve, 100, query === '' ? elements : []); });
    };
    this.callbacks.linkCard = function (links) {
      if (links.link[0].to_id !== 1) throw new Error('another element was linked');
      return Promise.resolve();
    };`,
    runs: {
      leads_card: [...start, 'loadPreloadedData', 'loadElements', 'searchDataInCard', 'linkCard', 'destroy'],
    },
  },
  catalogs: {
    locations: ['settings', 'catalogs'],
    script: `this.callbacks.init = function () { self.setSdkCatalogId(1001); return true; };
    this.callbacks.loadCatalogElement = function (element) { if (!element.id) throw new Error('no element'); };`,
    runs: { catalogs: [...start, 'loadCatalogElement', 'destroy'] },
  },
  digital_pipeline: {
    locations: ['settings', 'digital_pipeline'],
    runs: { 'dp.settings': [...start, 'dpSettings', 'destroy'] },
  },
  lead_sources: {
    locations: ['settings', 'lead_sources'],
    script: `this.callbacks.onAddAsSource = function (pipeline) { if (!pipeline) throw new Error('no pipeline'); };`,
    runs: { 'dp.chats': [...start, 'onAddAsSource', 'destroy'] },
  },
  widget_page: {
    locations: ['settings', 'widget_page'],
    manifest: {
      left_menu: {
        reports: {
          title: 'menu.title',
          icon: '/images/logo_min.png',
          sort: { after: 'leads' },
          submenu: { calls: { title: 'menu.title', sort: 1 } },
        },
        stats: { submenu: { mails: { title: 'menu.title', sort: 1 } } },
      },
    },
    script: `this.callbacks.initMenuPage = function (page) {
      if (page.location === 'stats' && page.subitem_code !== 'mails') throw new Error('another page');
    };`,
    runs: { 'widget-page:widget_page': [...start, 'initMenuPage', 'destroy'] },
  },
  salesbot_designer: {
    locations: ['settings', 'salesbot_designer'],
    manifest: {
      salesbot_designer: {
        greet: {
          name: 'salesbot.name',
          settings: { text: { name: 'salesbot.text', type: 'text', manual: true } },
        },
        count: { name: 'salesbot.name', settings: { sum: { name: 'salesbot.text', type: 'numeric' } } },
      },
    },
    script: `this.callbacks.salesbotDesignerSettings = function () { return { exits: [] }; };
    this.callbacks.onSalesbotDesignerSave = function (handler, params) {
      var field = { greet: 'text', count: 'sum' }[handler];
      if (!params[field]) throw new Error('no ' + field);
      return JSON.stringify([{ question: [{ handler: 'show', params: { type: 'text', value: 'Hello' } }] }]);
    };`,
    runs: {
      'salesbot_designer:salesbot_designer': [
        ...start,
        'salesbotDesignerSettings',
        'onSalesbotDesignerSave',
        'destroy',
      ],
    },
  },
  everywhere: {
    locations: ['settings', 'everywhere'],
    runs: { dashboard: visit, 'leads-pipeline': visit, leads_card: visit, settings: visit },
  },
};

/** Locations whose part of the platform is on a phone, on a site or on a server, or not known: no page is opened. */
export const pageless: readonly LocationCode[] = [
  'sms',
  'mobile_card',
  'website_chat_button',
  'ai_agent',
  'tline',
  'tcalendar',
  'whatsapp_modal',
  'amoforms',
  'personal_page',
];
