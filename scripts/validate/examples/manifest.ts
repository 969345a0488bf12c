import type { Example } from './example.js';
import { type Json, minimalManifest, type WidgetParts } from './widget.js';

const inMarketplace = { situation: { audience: 'public' } } as const;
const onAmo = { situation: { target: 'amocrm' } } as const;
const { tour, settings } = minimalManifest;
const dp = { settings: {}, action_multiple: true };
const handler = { name: 'salesbot.track', settings: {} };

/** The minimal manifest with these blocks in place of its own. */
function manifest(blocks: Record<string, Json>): WidgetParts {
  return { manifest: blocks };
}

/** The minimal manifest with these keys of the widget. */
function about(keys: Record<string, Json>): WidgetParts {
  return manifest({ widget: keys });
}

function locations(...listed: string[]): WidgetParts {
  return manifest({ locations: listed });
}

function field(type: string): Json {
  return { name: 'settings.login', type, required: false };
}

function menu(left_menu: Json): WidgetParts {
  return manifest({ locations: ['settings', 'widget_page'], left_menu });
}

function trigger(block: Json): WidgetParts {
  return manifest({ locations: ['settings', 'digital_pipeline'], dp: block });
}

function bot(block: Json): WidgetParts {
  return manifest({ locations: ['settings', 'salesbot_designer'], salesbot_designer: block });
}

function sms(endpoint: string): WidgetParts {
  return manifest({ locations: ['settings', 'lcard-1', 'sms'], sms: { endpoint } });
}

function languages(first: string, second: string): Record<string, Json> {
  const tour_images = {
    [first]: [`/images/tour/${first}.png`],
    [second]: [`/images/tour/${second}.png`],
  };
  return { widget: { locale: [first, second] }, tour: { ...tour, tour_images } };
}

/** Keys and values by themselves. */
const keys: Record<string, Example> = {
  'manifest/missing': {
    wrong: { files: { 'manifest.json': null } },
    right: { files: { 'manifest.json': minimalManifest } },
  },
  'manifest/missing-key': { wrong: { without: ['installation'] }, right: about({ installation: true }) },
  'manifest/unknown-key': { wrong: about({ init_onse: true }), right: about({ init_once: true }) },
  'manifest/wrong-type': { wrong: about({ installation: 'true' }), right: about({ installation: true }) },
  'manifest/wrong-value': {
    wrong: manifest({ settings: { login: field('password') } }),
    right: manifest({ settings: { login: field('pass') } }),
  },
  'manifest/wrong-format': {
    wrong: manifest({
      locations: ['settings', 'lcard-1', 'mobile_card'],
      mobile: { frame_url: 'https://www.kommo.com/', color: 'blue' },
    }),
    right: manifest({
      locations: ['settings', 'lcard-1', 'mobile_card'],
      mobile: { frame_url: 'https://www.kommo.com/', color: '#2b6cb0' },
    }),
  },
  'manifest/empty': { wrong: about({ version: '' }), right: about({ version: '1.0.0' }) },
  'manifest/repeated-item': {
    wrong: about({ locale: ['en', 'es', 'en'] }),
    right: about({ locale: ['en', 'es'] }),
  },
  'manifest/unresolved-reference': {
    wrong: {
      manifest: { settings: { login: { ...settings.login, name: 'settings.logn' } } },
      files: { 'i18n/en.json': wordsOf('The'), 'i18n/es.json': wordsOf('El') },
    },
    right: { files: { 'i18n/en.json': wordsOf('The'), 'i18n/es.json': wordsOf('El') } },
  },
  'manifest/literal-text': {
    wrong: manifest({ settings: { login: { ...settings.login, name: 'Your login' } } }),
    right: manifest({ settings }),
  },
};

const blocks: Record<string, Example> = {
  'manifest/no-settings': { wrong: manifest({ settings: null }), right: manifest({ settings: {} }) },
  'manifest/fields-without-installation': {
    wrong: manifest({ widget: { installation: false }, settings }),
    right: manifest({ widget: { installation: true }, settings }),
  },
  'manifest/several-custom-fields': {
    wrong: manifest({ settings: { rules: field('custom'), hours: field('custom') } }),
    right: manifest({ settings: { rules_and_hours: field('custom') } }),
  },
  'manifest/custom-field-without-location': {
    wrong: manifest({ locations: ['lcard-1'], settings: { rules: field('custom') } }),
    right: manifest({ locations: ['lcard-1', 'settings'], settings: { rules: field('custom') } }),
  },
  'manifest/unproven-dp-field': {
    wrong: trigger({ ...dp, settings: { text: { name: 'dp.text', type: 'textarea', required: true } } }),
    right: trigger({ ...dp, settings: { text: { name: 'dp.text', type: 'text', required: true } } }),
  },
  'manifest/no-salesbot-handler': {
    wrong: bot({ logo: '/widgets/parcels/images/logo.png' }),
    right: bot({ logo: '/widgets/parcels/images/logo.png', track: handler }),
  },
  'manifest/salesbot-logo': {
    wrong: bot({ logo: '/widgets/parcels/images/bot.png', track: handler }),
    right: bot({ logo: '/widgets/parcels/images/logo.png', track: handler }),
  },
  'manifest/showcase-installation': {
    wrong: about({ is_showcase: true, installation: true }),
    right: manifest({ widget: { is_showcase: true, installation: false }, settings: {} }),
    ...onAmo,
  },
  'manifest/system-menu-title': {
    wrong: menu({ leads: { title: 'menu.parcels' } }),
    right: menu({ parcels: { title: 'menu.parcels' } }),
    ...inMarketplace,
  },
  'manifest/system-menu-key': {
    wrong: menu({ leads: { submenu: { late: { title: 'menu.late' } } } }),
    right: menu({ stats: { submenu: { late: { title: 'menu.late' } } } }),
    ...inMarketplace,
  },
  'manifest/amo-menu-hiding': {
    wrong: menu({ mail: { is_hidden: true }, parcels: { title: 'menu.parcels' } }),
    right: menu({ parcels: { title: 'menu.parcels' } }),
    ...inMarketplace,
  },
  'manifest/page-of-private-widget': {
    wrong: menu({ parcels: { title: 'menu.parcels' } }),
    right: locations('settings', 'lcard-1'),
  },
  'manifest/menu-icon': {
    wrong: menu({ parcels: { title: 'menu.parcels', icon: 'images/parcels.svg' } }),
    right: {
      ...menu({ parcels: { title: 'menu.parcels', icon: 'images/parcels.svg' } }),
      files: { 'images/parcels.svg': '<svg xmlns="http://www.w3.org/2000/svg"></svg>\n' },
    },
    ...inMarketplace,
  },
  'manifest/location-without-script': {
    wrong: manifest({ locations: ['settings', 'amoforms'], amoforms_settings: { title: 'forms.title' } }),
    right: {
      ...manifest({ locations: ['settings', 'amoforms'], amoforms_settings: { title: 'forms.title' } }),
      files: { 'amoforms.js': 'define([], function () {});\n' },
    },
    ...onAmo,
  },
};

const areas: Record<string, Example> = {
  'manifest/unknown-location': {
    wrong: locations('settings', 'lcards-1'),
    right: locations('settings', 'lcard-1'),
  },
  'manifest/location-suffix': {
    wrong: locations('settings', 'everywhere-1'),
    right: locations('settings', 'everywhere'),
  },
  'manifest/location-without-suffix': {
    wrong: locations('settings', 'lcard'),
    right: locations('settings', 'lcard-1'),
  },
  'manifest/repeated-location': {
    wrong: locations('settings', 'lcard-0', 'lcard-1'),
    right: locations('settings', 'lcard-1'),
  },
  'manifest/amo-location': {
    wrong: locations('settings', 'cucard-1'),
    right: locations('settings', 'ccard-1'),
  },
  'manifest/kommo-location': {
    wrong: locations('settings', 'lcard-1', 'ai_agent'),
    right: locations('settings', 'lcard-1'),
    ...onAmo,
  },
  'manifest/card-sdk-without-card': {
    wrong: locations('settings', 'card_sdk'),
    right: locations('settings', 'card_sdk', 'lcard-0'),
  },
  'manifest/location-without-block': {
    wrong: locations('settings', 'digital_pipeline'),
    right: trigger(dp),
  },
  'manifest/dp-without-location': { wrong: manifest({ dp }), right: trigger(dp) },
  'manifest/block-without-location': {
    wrong: manifest({ advanced: { title: 'advanced.title' } }),
    right: manifest({
      locations: ['settings', 'advanced_settings'],
      advanced: { title: 'advanced.title' },
    }),
  },
};

const listing: Record<string, Example> = {
  'manifest/legacy-key': { wrong: about({ code: 'parcels' }), right: about({}) },
  'manifest/no-version': { wrong: about({ version: 'beta' }), right: about({ version: '1.0.0' }) },
  'manifest/version-not-raised': {
    wrong: { ...about({ version: '1.9.0' }), uploaded: { version: '1.9.0' } },
    right: { ...about({ version: '1.10.0' }), uploaded: { version: '1.9.0' } },
  },
  'manifest/unlisted-settings': {
    wrong: manifest({ widget: { installation: false }, locations: ['lcard-1'], settings: null }),
    right: manifest({ widget: { installation: false }, locations: ['lcard-1'], settings: {} }),
    ...inMarketplace,
  },
  'manifest/no-location': {
    wrong: locations(),
    right: locations('settings', 'lcard-1'),
  },
  'manifest/code-changed': {
    wrong: { ...about({ code: 'parcels_new' }), uploaded: { code: 'parcels' } },
    right: {
      ...about({ code: 'parcels' }),
      uploaded: { code: 'parcels' },
      configuration: {
        ignore: [{ code: 'manifest/legacy-key', because: 'the widget was never converted' }],
      },
    },
  },
  'manifest/no-support': {
    wrong: { without: ['support'] },
    right: about({ support: { link: 'https://www.kommo.com/support/' } }),
  },
  'manifest/empty-support': {
    wrong: about({ support: { link: 'https://www.kommo.com/support/', email: '' } }),
    right: about({ support: { link: 'https://www.kommo.com/support/' } }),
  },
  'manifest/support-email': {
    wrong: about({ support: { email: 'www.kommo.com/support' } }),
    right: about({ support: { email: 'support@kommo.com' } }),
  },
  'manifest/no-tour': { wrong: manifest({ tour: null }), right: manifest({ tour }) },
  'manifest/no-tour-description': {
    wrong: manifest({ tour: { is_tour: true, tour_images: tour.tour_images } }),
    right: manifest({ tour }),
  },
  'manifest/language-support': {
    wrong: manifest(languages('en', 'fr')),
    right: manifest(languages('en', 'pt')),
  },
  'manifest/amo-key': {
    wrong: trigger({ ...dp, title: 'dp.title' }),
    right: trigger(dp),
  },
  'manifest/not-an-address': { wrong: sms('www.kommo.com/sms'), right: sms('https://www.kommo.com/sms') },
  'manifest/field-without-required': {
    wrong: { manifest: { settings: { login: { name: 'settings.login', type: 'text' } } } },
    right: { manifest: { settings: { login: { name: 'settings.login', type: 'text', required: true } } } },
  },
  'manifest/support-not-an-address': {
    wrong: about({ support: { link: 'www.kommo.com/support' } }),
    right: about({ support: { link: 'https://www.kommo.com/support' } }),
  },
  'manifest/not-https': { wrong: sms('http://www.kommo.com/sms'), right: sms('https://www.kommo.com/sms') },
  'manifest/support-not-https': {
    wrong: about({ support: { link: 'http://www.kommo.com/support/' } }),
    right: about({ support: { link: 'https://www.kommo.com/support/' } }),
  },
  'manifest/placeholder-url': {
    wrong: sms('https://your-domain.example.com/sms'),
    right: sms('https://www.kommo.com/sms'),
  },
};

/** Examples of the manifest. */
export const manifestExamples: Readonly<Record<string, Example>> = {
  ...keys,
  ...areas,
  ...blocks,
  ...listing,
};

function wordsOf(article: string): Json {
  const text = (name: string): string => `${article} ${name}`;
  return {
    widget: {
      name: text('parcels'),
      description: text('description'),
      short_description: text('short description'),
      tour_description: text('tour'),
    },
    settings: { login: text('login') },
  };
}
