import type { Json } from '../../support/widget-folder.js';

type Manifest = Record<string, Json>;

const field = (name: string, type: string, required = false): Json => ({ name, type, required });

/**
 * The shapes of manifest that the documentation of Kommo and amoCRM shows, with data of our own: parcels that a
 * delivery service brings. `platform/widget.md §1` names the page of each.
 */
export const documentedWidgets: Record<string, Manifest> = {
  'a minimal private widget': {
    widget: { init_once: true, locale: ['en'] },
    locations: ['settings'],
    settings: {},
    tour: null,
  },
  'a widget of the digital pipeline': {
    locations: ['ccard-1', 'clist-1', 'digital_pipeline', 'settings'],
    dp: {
      settings: {
        parcel: field('settings.parcel', 'text', true),
        options: field('dp.settings.options', 'custom'),
      },
      action_multiple: false,
      webhook_url: 'https://www.kommo.com/parcels/moved',
      title: 'dp.title',
    },
  },
  'a page in the account settings': {
    widget: { version: '1.9' },
    locations: ['everywhere', 'settings', 'advanced_settings'],
    advanced: { title: 'advanced.title' },
  },
  'a step of the bot with several handlers': {
    locations: ['settings', 'salesbot_designer'],
    salesbot_designer: {
      logo: '/widgets/parcels/images/logo.png',
      track: {
        name: 'salesbot.track',
        settings: {
          number: {
            name: 'salesbot.number',
            type: 'text',
            default_value: 'salesbot.number_default',
            manual: true,
          },
          weight: { name: 'salesbot.weight', type: 'numeric' },
          page: { name: 'salesbot.page', type: 'url', default_value: 'www.kommo.com', manual: false },
        },
      },
      cancel: {
        name: 'salesbot.cancel',
        settings: { reason: { name: 'salesbot.reason', default_value: 'It takes too long', type: 'text' } },
      },
    },
  },
  'a tab on cards': {
    locations: ['lcard-0', 'ccard-0', 'comcard-1', 'card_sdk', 'settings'],
  },
  'system SMS': {
    locations: ['settings', 'sms'],
    sms: { endpoint: 'https://www.kommo.com/parcels/sms' },
  },
  'the mobile application': {
    locations: ['lcard-1', 'settings', 'mobile_card'],
    mobile: { frame_url: 'https://www.kommo.com/parcels/mobile', color: '#00aaff' },
  },
  'the left menu': {
    locations: ['settings', 'widget_page'],
    left_menu: {
      parcels: {
        title: 'menu.parcels',
        icon: 'images/parcels.svg',
        sort: { after: 'leads' },
        submenu: { late: { title: 'menu.late', sort: 2 }, all: { title: 'menu.all', sort: 1 } },
      },
      stats: { submenu: { delays: { title: 'menu.delays' } } },
      mail: { is_hidden: true },
    },
  },
  'a source of leads': { locations: ['settings', 'lead_sources'] },
  'numbers of users': {
    widget: { init_once: 'Y' },
    locations: ['ccard-1', 'clist-1', 'settings'],
    settings: {
      login: field('settings.login', 'text'),
      password: field('settings.password', 'pass'),
      phones: field('settings.phones', 'users'),
      accounts: field('settings.accounts', 'users_lp'),
    },
  },
  'a custom field': {
    locations: ['settings', 'lcard-1', 'ccard-0'],
    settings: { rules: field('settings.rules', 'custom') },
  },
  'everything at once': {
    widget: { support: { link: 'https://www.kommo.com', email: 'help@kommo.com' } },
    locations: [
      'ccard-1',
      'clist-0',
      'lcard-1',
      'llist-0',
      'settings',
      'digital_pipeline',
      'advanced_settings',
      'salesbot_designer',
      'sms',
      'mobile_card',
      'ai_agent',
      'catalogs',
      'website_chat_button',
    ],
    dp: { settings: { parcel: field('dp.parcel', 'text', true) }, action_multiple: true },
    advanced: { title: 'advanced.title' },
    salesbot_designer: { track: { name: 'salesbot.track', settings: {} } },
    sms: { endpoint: 'https://www.kommo.com/parcels/sms' },
    mobile: { frame_url: 'https://www.kommo.com/parcels/mobile', color: '#0AF' },
  },
  'a web form of amoCRM': {
    widget: { locale: ['ru', 'en'] },
    locations: ['lcard-1', 'settings', 'amoforms'],
    tour: { is_tour: true, tour_images: { ru: ['/images/tour/ru.png'] }, tour_description: 'widget.tour' },
    amoforms_settings: { title: 'forms.title', required: false, error_text: 'forms.error_text' },
  },
};
