import { type Json, minimalManifest } from '../../../support/widget-folder.js';
import type { Defect } from './defect.js';

const error = { severity: 'error', file: 'manifest.json' } as const;
const warning = { severity: 'warning', file: 'manifest.json' } as const;
const { widget, tour, settings } = minimalManifest;

function widgetWithout(key: keyof typeof widget): { files: Record<string, Json> } {
  const rest = Object.fromEntries(Object.entries(widget).filter(([name]) => name !== key));
  return { files: { 'manifest.json': { ...minimalManifest, widget: rest } } };
}

/** The keys of the manifest by themselves: what the JSON Schema says. */
export const schemaDefects: readonly Defect[] = [
  {
    name: 'no manifest, and one that is named otherwise',
    parts: { files: { 'manifest.json': null, 'Manifest.json': '{}' } },
    ...error,
    code: 'manifest/missing',
    says: ['Is it Manifest.json?'],
  },
  {
    name: 'a manifest that is a list',
    parts: { files: { 'manifest.json': '[]' } },
    ...error,
    code: 'manifest/wrong-type',
    line: 1,
    says: ['The manifest must be an object', 'an empty list'],
  },
  {
    name: 'a missing key, at the object that lacks it',
    parts: widgetWithout('name'),
    ...error,
    code: 'manifest/missing-key',
    line: '"widget": {',
    says: ['widget.name is missing'],
  },
  {
    name: 'no locations',
    parts: { manifest: { locations: null } },
    ...error,
    code: 'manifest/missing-key',
    line: 1,
    says: ['locations is missing'],
  },
  {
    name: 'a key that is spelled wrong, with the right one',
    parts: { manifest: { widget: { ...widget, init_onse: true } } },
    ...warning,
    code: 'manifest/unknown-key',
    line: '"init_onse"',
    says: ['"init_onse" is not a key of widget'],
  },
  {
    name: 'a block that is spelled wrong, with the right one',
    parts: { manifest: { advansed: { title: 'widget.name' } } },
    ...warning,
    code: 'manifest/unknown-key',
    line: '"advansed"',
    says: ['Did you mean "advanced"?'],
  },
  {
    name: 'a key that nobody knows, with those that are known',
    parts: { manifest: { settings: { login: { ...settings.login, placeholder: 'x' } } } },
    ...warning,
    code: 'manifest/unknown-key',
    line: '"placeholder"',
    says: ['settings.login', 'name, type or required'],
  },
  {
    name: 'a text in place of true or false',
    parts: { manifest: { widget: { installation: 'true' } } },
    ...error,
    code: 'manifest/wrong-type',
    line: '"installation"',
    says: ['widget.installation must be true or false', 'the text "true"'],
  },
  {
    name: 'an empty list in place of an object',
    parts: { manifest: { settings: [] } },
    ...error,
    code: 'manifest/wrong-type',
    line: '"settings": []',
    says: ['settings must be an object', 'an empty list'],
  },
  {
    name: 'an interface version that is a text',
    parts: { manifest: { widget: { interface_version: '2' } } },
    ...error,
    code: 'manifest/wrong-value',
    line: '"interface_version"',
    says: ['must be 2', 'the text "2"'],
  },
  {
    name: 'a type of field that there is none of',
    parts: { manifest: { settings: { login: { ...settings.login, type: 'password' } } } },
    ...error,
    code: 'manifest/wrong-value',
    line: '"type": "password"',
    says: ['settings.login.type', '"pass"'],
  },
  {
    name: 'a colour that is a word',
    parts: {
      manifest: {
        locations: ['settings', 'lcard-1', 'mobile_card'],
        mobile: { frame_url: 'https://www.kommo.com/', color: 'blue' },
      },
    },
    ...error,
    code: 'manifest/wrong-format',
    line: '"color"',
    says: ['mobile.color', 'the text "blue"'],
  },
  {
    name: 'an empty list of languages',
    parts: { manifest: { widget: { locale: [] }, tour: { ...tour, tour_images: {} } } },
    ...error,
    code: 'manifest/empty',
    line: '"locale": []',
  },
  {
    name: 'a language that is listed twice',
    parts: { manifest: { widget: { locale: ['en', 'es', 'en'] } } },
    ...warning,
    code: 'manifest/repeated-item',
    line: 12,
    says: ['"en" twice'],
  },
];

/** Locations, blocks and what they demand of one another. */
export const crossDefects: readonly Defect[] = [
  {
    name: 'a location that there is none of, with the nearest',
    parts: { manifest: { locations: ['settings', 'lcards-1'] } },
    ...error,
    code: 'manifest/unknown-location',
    line: '"lcards-1"',
    says: ['Did you mean "lcard-1"?'],
  },
  {
    name: 'an invented location, with the codes that there are',
    parts: { manifest: { locations: ['settings', 'lcard-1', 'dashboard-widgets'] } },
    ...error,
    code: 'manifest/unknown-location',
    line: '"dashboard-widgets"',
    says: ['everywhere'],
  },
  {
    name: 'a suffix where there is none',
    parts: { manifest: { locations: ['settings', 'everywhere-1'] } },
    ...error,
    code: 'manifest/location-suffix',
    line: '"everywhere-1"',
  },
  {
    name: 'a suffix that is neither -0 nor -1',
    parts: { manifest: { locations: ['settings', 'lcard-2'] } },
    ...error,
    code: 'manifest/location-suffix',
    line: '"lcard-2"',
    says: ['lcard-0 or lcard-1'],
  },
  {
    name: 'a card without a suffix',
    parts: { manifest: { locations: ['settings', 'lcard'] } },
    severity: 'notice',
    file: 'manifest.json',
    code: 'manifest/location-without-suffix',
    line: '"lcard"',
  },
  {
    name: 'a location with both suffixes',
    parts: { manifest: { locations: ['settings', 'lcard-0', 'lcard-1'] } },
    ...warning,
    code: 'manifest/repeated-location',
    line: '"lcard-1"',
    says: ['exclude each other'],
  },
  {
    name: 'a location that is listed twice',
    parts: { manifest: { locations: ['settings', 'lcard-1', 'settings'] } },
    ...warning,
    code: 'manifest/repeated-location',
    line: 21,
    says: ['listed twice'],
  },
  {
    name: 'a location that only amoCRM has',
    parts: { manifest: { locations: ['settings', 'cucard-1'] } },
    ...warning,
    code: 'manifest/amo-location',
    line: '"cucard-1"',
  },
  {
    name: 'card_sdk without a card',
    parts: { manifest: { locations: ['settings', 'card_sdk'] } },
    ...error,
    code: 'manifest/card-sdk-without-card',
    line: '"card_sdk"',
  },
  {
    name: 'digital_pipeline without dp',
    parts: { manifest: { locations: ['settings', 'digital_pipeline'] } },
    ...error,
    code: 'manifest/location-without-block',
    line: '"digital_pipeline"',
    says: ['"dp"'],
  },
  {
    name: 'dp without digital_pipeline',
    parts: { manifest: { dp: { settings: {}, action_multiple: true } } },
    ...error,
    code: 'manifest/dp-without-location',
    line: '"dp": {',
  },
  {
    name: 'another block without its location',
    parts: { manifest: { sms: { endpoint: 'https://www.kommo.com/' } } },
    ...warning,
    code: 'manifest/block-without-location',
    line: '"sms": {',
  },
  {
    name: 'no settings although the widget is installed',
    parts: { manifest: { settings: null, locations: ['lcard-1'] } },
    ...error,
    code: 'manifest/no-settings',
    line: '"installation": true',
  },
  {
    name: 'no settings although the location is listed',
    parts: { manifest: { settings: null, widget: { installation: false } } },
    ...error,
    code: 'manifest/no-settings',
    line: '"settings"',
  },
  {
    name: 'two custom fields',
    parts: {
      manifest: {
        settings: {
          one: { name: 'settings.one', type: 'custom', required: false },
          two: { name: 'settings.two', type: 'custom', required: true },
        },
      },
    },
    ...error,
    code: 'manifest/several-custom-fields',
    line: 30,
    says: ['one and two'],
  },
  {
    name: 'a custom field without the location settings',
    parts: {
      manifest: {
        locations: ['lcard-1'],
        settings: { one: { name: 'settings.one', type: 'custom', required: false } },
      },
    },
    ...error,
    code: 'manifest/custom-field-without-location',
    line: '"custom"',
  },
  {
    name: 'a type of field that is not known to work in the digital pipeline',
    parts: {
      manifest: {
        locations: ['settings', 'digital_pipeline'],
        dp: {
          settings: { text: { name: 'dp.text', type: 'textarea', required: true } },
          action_multiple: false,
        },
      },
    },
    ...warning,
    code: 'manifest/unproven-dp-field',
    line: '"textarea"',
  },
  {
    name: 'salesbot_designer without a handler',
    parts: {
      manifest: {
        locations: ['settings', 'salesbot_designer'],
        salesbot_designer: { logo: '/widgets/parcels/images/logo.png' },
      },
    },
    ...error,
    code: 'manifest/no-salesbot-handler',
    line: '"salesbot_designer": {',
  },
  {
    name: 'a showcase that is installed',
    parts: { manifest: { widget: { is_showcase: true } } },
    ...warning,
    code: 'manifest/showcase-installation',
    line: '"installation"',
    also: ['manifest/amo-key'],
  },
  {
    name: 'an own menu item under the code of a system item',
    parts: {
      manifest: {
        locations: ['settings', 'widget_page'],
        left_menu: { leads: { title: 'menu.parcels' } },
      },
    },
    ...error,
    code: 'manifest/system-menu-title',
    line: '"leads"',
    situation: { audience: 'public' },
  },
  {
    name: 'the legacy code',
    parts: { manifest: { widget: { code: 'parcels' } } },
    ...warning,
    code: 'manifest/legacy-key',
    line: '"code"',
  },
  {
    name: 'no settings in a widget for the marketplace that is only listed',
    parts: {
      manifest: { widget: { installation: false }, locations: ['lcard-1'], settings: null },
    },
    ...warning,
    code: 'manifest/unlisted-settings',
    line: 1,
    situation: { audience: 'public' },
  },
  {
    name: 'a list of locations without any',
    parts: { manifest: { locations: [] } },
    ...warning,
    code: 'manifest/no-location',
    line: '"locations"',
    says: ['never starts script.js'],
  },
  {
    name: 'no version',
    parts: widgetWithout('version'),
    ...warning,
    code: 'manifest/no-version',
    line: '"widget": {',
  },
  {
    name: 'a version that cannot be raised',
    parts: { manifest: { widget: { version: 'beta' } } },
    ...warning,
    code: 'manifest/no-version',
    line: '"version"',
  },
  {
    name: 'no support',
    parts: widgetWithout('support'),
    ...warning,
    code: 'manifest/no-support',
    line: '"widget": {',
  },
  {
    name: 'an empty address for mail beside a link',
    parts: { manifest: { widget: { support: { link: 'https://www.kommo.com/', email: '' } } } },
    ...warning,
    code: 'manifest/empty-support',
    line: '"email"',
  },
  {
    name: 'an empty address for mail and no link',
    parts: { manifest: { widget: { support: { email: '' } } } },
    ...error,
    code: 'manifest/empty',
    line: '"email"',
  },
  { name: 'no tour', parts: { manifest: { tour: null } }, ...warning, code: 'manifest/no-tour', line: 1 },
  {
    name: 'a tour that is not shown',
    parts: { manifest: { tour: { ...tour, is_tour: false } } },
    ...warning,
    code: 'manifest/no-tour',
    line: '"is_tour"',
    says: ['deprecated'],
  },
  {
    name: 'a language that only amoCRM offers',
    parts: {
      manifest: {
        widget: { locale: ['en', 'ru'] },
        tour: { ...tour, tour_images: { en: ['/images/en.png'], ru: ['/images/ru.png'] } },
      },
    },
    ...warning,
    situation: { target: 'kommo' },
    code: 'manifest/language-support',
    line: '"ru"',
  },
  {
    name: 'an address that is a tunnel',
    parts: {
      manifest: {
        locations: ['settings', 'lcard-1', 'sms'],
        sms: { endpoint: 'https://a1b2.ngrok-free.app/sms' },
      },
    },
    ...warning,
    code: 'manifest/placeholder-url',
    line: '"endpoint"',
  },
  {
    name: 'a field that does not say whether it is needed',
    parts: { manifest: { settings: { login: { name: 'settings.login', type: 'text' } } } },
    ...warning,
    code: 'manifest/field-without-required',
    line: '"login": {',
  },
  {
    name: 'a support page that is no address',
    parts: { manifest: { widget: { support: { link: 'kommo.com/help' } } } },
    ...warning,
    code: 'manifest/support-not-an-address',
    line: '"link"',
  },
  ...[
    'https:kommo.com',
    'https:///kommo.com',
    'https://www.kommo.com/sms\n',
    ' https://www.kommo.com/sms',
    'https://www.kom\nmo.com/sms',
    'https://www.kommo.com/s ms',
    'https:\\\\www.kommo.com',
  ].map((endpoint): Defect => ({
    name: `the address ${JSON.stringify(endpoint)}, which only a browser would mend`,
    parts: { manifest: { locations: ['settings', 'lcard-1', 'sms'], sms: { endpoint } } },
    ...error,
    code: 'manifest/not-an-address',
    line: '"endpoint"',
  })),
  {
    name: 'an address without encryption',
    parts: {
      manifest: {
        locations: ['settings', 'lcard-1', 'sms'],
        sms: { endpoint: 'http://www.kommo.com/sms' },
      },
    },
    ...error,
    code: 'manifest/not-https',
    line: '"endpoint"',
  },
  {
    name: 'an address that leads nowhere',
    parts: { manifest: { widget: { support: { link: 'https://help.example.com/' } } } },
    ...warning,
    code: 'manifest/placeholder-url',
    line: '"link"',
    says: ['help.example.com'],
  },
];
