import { type Json, minimalManifest } from '../../../support/widget-folder.js';
import type { Defect } from './defect.js';

const error = { severity: 'error', file: 'manifest.json' } as const;
const warning = { severity: 'warning', file: 'manifest.json' } as const;
const notice = { severity: 'notice', file: 'manifest.json' } as const;
const publicly = { situation: { audience: 'public' } } as const;
const onAmo = { situation: { target: 'amocrm' } } as const;
const { widget, tour, settings } = minimalManifest;

function without(key: keyof typeof widget): { files: Record<string, Json> } {
  const rest = Object.fromEntries(Object.entries(widget).filter(([name]) => name !== key));
  return { files: { 'manifest.json': { ...minimalManifest, widget: rest } } };
}

/** What the manifest tells those who list and install the widget, by platform and audience. */
export const listingDefects: readonly Defect[] = [
  {
    name: 'no tour in the marketplace',
    parts: { manifest: { tour: null } },
    ...error,
    ...publicly,
    code: 'manifest/no-tour',
    line: 1,
  },
  {
    name: 'no support in the marketplace of amoCRM',
    parts: without('support'),
    ...error,
    situation: { target: 'amocrm', audience: 'public' },
    code: 'manifest/no-support',
    line: '"widget": {',
  },
  {
    name: 'a tour without a text',
    parts: { manifest: { tour: { is_tour: true, tour_images: tour.tour_images } } },
    ...notice,
    code: 'manifest/no-tour-description',
    line: '"tour": {',
  },
  {
    name: 'a page as the e-mail address of the support',
    parts: { manifest: { widget: { support: { email: 'www.kommo.com/help' } } } },
    ...warning,
    code: 'manifest/support-email',
    line: '"email"',
    says: ['www.kommo.com/help'],
  },
  {
    name: 'a support page without encryption',
    parts: { manifest: { widget: { support: { link: 'http://www.kommo.com/support/' } } } },
    ...notice,
    code: 'manifest/support-not-https',
    line: '"link"',
  },
  {
    name: 'an address that leads nowhere, in the marketplace',
    parts: { manifest: { widget: { support: { link: 'http://localhost:3000/help' } } } },
    ...error,
    ...publicly,
    code: 'manifest/placeholder-url',
    line: '"link"',
    also: ['manifest/support-not-https'],
  },
  {
    name: 'a language that amoCRM does not offer',
    parts: {
      manifest: {
        widget: { locale: ['en', 'tr'] },
        tour: { ...tour, tour_images: { en: ['/images/en.png'], tr: ['/images/tr.png'] } },
      },
    },
    ...warning,
    ...onAmo,
    code: 'manifest/language-support',
    line: '"tr"',
    says: ['Only Kommo offers', 'ru, en, es or pt'],
  },
  {
    name: 'a language that nobody offers',
    parts: {
      manifest: {
        widget: { locale: ['en', 'fr'] },
        tour: { ...tour, tour_images: { en: ['/images/en.png'], fr: ['/images/fr.png'] } },
      },
    },
    ...warning,
    code: 'manifest/language-support',
    line: '"fr"',
    says: ['Neither Kommo nor amoCRM'],
  },
  {
    name: 'the legacy secret key',
    parts: { manifest: { widget: { secret_key: 'abc' } } },
    ...warning,
    code: 'manifest/legacy-key',
    line: '"secret_key"',
    says: ['everybody can read'],
  },
  {
    name: 'a title of the trigger on Kommo',
    parts: {
      manifest: {
        locations: ['settings', 'digital_pipeline'],
        dp: { settings: {}, action_multiple: true, title: 'dp.title' },
      },
    },
    ...notice,
    code: 'manifest/amo-key',
    line: '"title"',
    says: ['dp.title'],
  },
  {
    name: 'a showcase that is installed, on amoCRM',
    parts: { manifest: { widget: { is_showcase: true } } },
    ...error,
    ...onAmo,
    code: 'manifest/showcase-installation',
    line: '"installation"',
  },
  {
    name: 'fields of a widget that is not installed',
    parts: { manifest: { widget: { installation: false }, settings } },
    ...notice,
    code: 'manifest/fields-without-installation',
    line: '"installation": false',
    says: ['"login"'],
  },
  {
    name: 'a location that only Kommo has',
    parts: { manifest: { locations: ['settings', 'lcard-1', 'ai_agent'] } },
    ...warning,
    ...onAmo,
    code: 'manifest/kommo-location',
    line: '"ai_agent"',
  },
];

const pages = { manifest: { locations: ['settings', 'widget_page'] } };

function menu(left_menu: Json): Pick<Defect, 'parts' | 'situation'> {
  return { parts: { manifest: { ...pages.manifest, left_menu } }, ...publicly };
}

export const menuDefects: readonly Defect[] = [
  {
    name: 'a submenu of a system item that takes none',
    ...menu({ leads: { submenu: { late: { title: 'menu.late' } } } }),
    ...error,
    code: 'manifest/system-menu-key',
    line: '"submenu"',
    says: ['"leads"', 'is_hidden'],
  },
  {
    name: 'hidden account settings',
    ...menu({ settings: { is_hidden: true } }),
    ...error,
    code: 'manifest/system-menu-key',
    line: '"is_hidden"',
    also: ['manifest/amo-menu-hiding'],
  },
  {
    name: 'a hidden system item on Kommo',
    ...menu({ mail: { is_hidden: true } }),
    ...warning,
    code: 'manifest/amo-menu-hiding',
    line: '"is_hidden"',
  },
  {
    name: 'an item without a title',
    ...menu({ parcels: { sort: { after: 'leads' } } }),
    ...error,
    code: 'manifest/missing-key',
    line: '"parcels"',
    says: ['left_menu.parcels.title'],
  },
  {
    name: 'an item after one that there is none of',
    ...menu({ parcels: { title: 'menu.parcels', sort: { after: 'deals' } } }),
    ...error,
    code: 'manifest/wrong-value',
    line: '"after"',
  },
  {
    name: 'widget_page without left_menu',
    parts: pages,
    ...publicly,
    ...error,
    code: 'manifest/location-without-block',
    line: '"widget_page"',
    says: ['"left_menu"'],
  },
  {
    name: 'a page in the left menu of a private widget',
    parts: { manifest: { ...pages.manifest, left_menu: { parcels: { title: 'menu.parcels' } } } },
    ...notice,
    code: 'manifest/page-of-private-widget',
    line: '"widget_page"',
  },
];

export const namedFileDefects: readonly Defect[] = [
  {
    name: 'an icon of the left menu that is not there',
    ...menu({ parcels: { title: 'menu.parcels', icon: 'images/parcels.svg' } }),
    ...warning,
    code: 'manifest/menu-icon',
    line: '"icon"',
    says: ['images/parcels.svg'],
  },
  {
    name: 'an icon of one theme that is not there',
    ...menu({
      parcels: { title: 'menu.parcels', icons: { light: 'images/logo.png', dark: 'images/Logo.png' } },
    }),
    ...warning,
    code: 'manifest/menu-icon',
    line: '"dark"',
    says: ['Is it images/logo.png?'],
  },
  {
    name: 'a logo of the bot that is not there',
    parts: {
      manifest: {
        locations: ['settings', 'salesbot_designer'],
        salesbot_designer: { logo: '/widgets/parcels/images/bot.png', track: { name: 'salesbot.track' } },
      },
    },
    ...warning,
    code: 'manifest/salesbot-logo',
    line: '"logo"',
    says: ['images/bot.png'],
  },
  {
    name: 'a logo of the bot outside of images/',
    parts: {
      manifest: {
        locations: ['settings', 'salesbot_designer'],
        salesbot_designer: { logo: '/bot.png', track: { name: 'salesbot.track' } },
      },
    },
    ...warning,
    code: 'manifest/salesbot-logo',
    line: '"logo"',
    says: ['/widgets/<code>/images/'],
  },
  {
    name: 'web forms without their script',
    parts: {
      manifest: { locations: ['settings', 'amoforms'], amoforms_settings: { title: 'forms.title' } },
    },
    ...warning,
    ...onAmo,
    code: 'manifest/location-without-script',
    line: '"amoforms"',
    says: ['amoforms.js'],
  },
  {
    name: 'a personal page without its script',
    parts: { manifest: { locations: ['settings', 'personal_page'] } },
    ...warning,
    ...onAmo,
    code: 'manifest/location-without-script',
    line: '"personal_page"',
    says: ['personal_page.js'],
  },
];
