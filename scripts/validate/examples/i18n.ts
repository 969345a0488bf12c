import type { Example } from './example.js';
import { type Json, minimalManifest, plainScript, type WidgetParts, widgetFiles } from './widget.js';

type Group = Record<string, Json>;
type Words = Record<string, Group>;

const inMarketplace = { situation: { audience: 'public' } } as const;
const named = plainScript.replace('return true;', "return Boolean(this.i18n('errors'));");
const { tour, widget } = minimalManifest;
const agent = { locations: ['settings', 'lcard-1', 'ai_agent'] };
const russian = {
  widget: { ...widget, locale: ['en', 'ru'] },
  tour: { ...tour, tour_images: { en: ['/images/tour/en.png'], ru: ['/images/tour/ru.png'] } },
};
const turkish = {
  widget: { ...widget, locale: ['en', 'tr'] },
  tour: { ...tour, tour_images: { en: ['/images/tour/en.png'], tr: ['/images/tour/tr.png'] } },
};

/** The language files of the minimal widget, with these groups laid over theirs. */
function languages(changes: Record<string, Words>, manifest: Record<string, Json> = {}): WidgetParts {
  const whole = widgetFiles({ manifest });
  const files = Object.entries(changes).map(([code, groups]): [string, Json] => {
    const file = `i18n/${code}.json`;
    const words = JSON.parse(whole.get(file)?.toString('utf8') ?? '{}') as Words;
    for (const [name, group] of Object.entries(groups)) words[name] = { ...words[name], ...group };
    return [file, words];
  });
  return { manifest, files: { 'script.js': named, ...Object.fromEntries(files) } };
}

/** Texts of the widget itself in both languages. */
function presented(key: string, en: string, es: string): WidgetParts {
  return languages({ en: { widget: { [key]: en } }, es: { widget: { [key]: es } } });
}

/** Messages of its script in both languages. */
function errors(en: Group, es: Group): WidgetParts {
  return languages({ en: { errors: en }, es: { errors: es } });
}

const whole: WidgetParts = { files: {} };

/** Examples of the language files. */
export const i18nExamples: Readonly<Record<string, Example>> = {
  'i18n/missing-file': { wrong: { files: { 'i18n/es.json': null } }, right: whole },
  'i18n/unlisted-file': {
    wrong: { files: { 'i18n/fr.json': {} } },
    right: { files: { 'i18n/fr.json': null } },
  },
  'i18n/not-an-object': { wrong: { files: { 'i18n/es.json': ['Paquetes'] } }, right: whole },
  'i18n/missing-key': {
    wrong: errors({ late: 'It is late', lost: 'It is lost' }, { late: 'Llega tarde' }),
    right: errors({ late: 'It is late', lost: 'It is lost' }, { late: 'Llega tarde', lost: 'Se ha perdido' }),
  },
  'i18n/extra-key': {
    wrong: errors({ late: 'It is late' }, { late: 'Llega tarde', lost: 'Se ha perdido' }),
    right: errors({ late: 'It is late' }, { late: 'Llega tarde' }),
  },
  'i18n/different-kind': {
    wrong: errors({ late: 'It is late' }, { late: { title: 'Llega tarde' } }),
    right: errors({ late: 'It is late' }, { late: 'Llega tarde' }),
  },
  'i18n/not-a-text': {
    wrong: languages({
      en: { settings: { login: { label: 'Login' } } },
      es: { settings: { login: { label: 'Usuario' } } },
    }),
    right: languages({ en: { settings: { login: 'Login' } }, es: { settings: { login: 'Usuario' } } }),
  },
  'i18n/empty-text': {
    wrong: presented('name', 'Parcels', ''),
    right: presented('name', 'Parcels', 'Paquetes'),
  },
  'i18n/no-agent-description': {
    wrong: {
      manifest: agent,
      files: Object.fromEntries([...widgetFiles()].filter(([name]) => name.startsWith('i18n/'))),
    },
    right: { manifest: agent },
  },
  'i18n/agent-description-length': {
    wrong: languages(
      { en: { widget: { ai_agent_description: 'Tells when parcels arrive. '.repeat(5) } } },
      agent,
    ),
    right: languages({ en: { widget: { ai_agent_description: 'Tells when parcels arrive.' } } }, agent),
  },
  'i18n/blank-translation': {
    wrong: errors({ late: 'The parcel is late' }, { late: '' }),
    right: errors({ late: 'The parcel is late' }, { late: 'El paquete llega tarde' }),
  },
  'i18n/placeholders': {
    wrong: errors({ late: 'Parcel {number} is late' }, { late: 'El paquete {numero} llega tarde' }),
    right: errors({ late: 'Parcel {number} is late' }, { late: 'El paquete {number} llega tarde' }),
  },
  'i18n/untranslated': {
    wrong: errors({ late: 'The parcel is late' }, { late: 'The parcel is late' }),
    right: errors({ late: 'The parcel is late' }, { late: 'El paquete llega tarde' }),
  },
  'i18n/translate-later': {
    wrong: languages(
      { en: { errors: { late: 'The parcel is late' } }, tr: { errors: { late: 'The parcel is late' } } },
      turkish,
    ),
    right: languages(
      { en: { errors: { late: 'The parcel is late' } }, tr: { errors: { late: 'Paket gecikti' } } },
      turkish,
    ),
  },
  'i18n/cyrillic': {
    wrong: presented('short_description', 'Your посылки at a glance', 'Sus paquetes'),
    right: presented('short_description', 'Your parcels at a glance', 'Sus paquetes'),
  },
  'i18n/no-cyrillic': {
    wrong: languages({ ru: { widget: { short_description: 'Shows your parcels' } } }, russian),
    right: languages({ ru: { widget: { short_description: 'Показывает посылки' } } }, russian),
  },
  'i18n/russian-link': {
    wrong: presented('description', 'Write to help@kommo.ru', 'Escriba a help@kommo.com'),
    right: presented('description', 'Write to help@kommo.com', 'Escriba a help@kommo.com'),
    ...inMarketplace,
  },
  'i18n/name-length': {
    wrong: presented('name', 'Parcels and deliveries of clients', 'Paquetes'),
    right: presented('name', 'Parcels of clients', 'Paquetes'),
    ...inMarketplace,
  },
  'i18n/name-word-length': {
    wrong: presented('name', 'Parceldeliverytracker', 'Paquetes'),
    right: presented('name', 'Parcel tracker', 'Paquetes'),
    ...inMarketplace,
  },
  'i18n/short-description-length': {
    wrong: presented(
      'short_description',
      'Shows where the parcels of your clients are at this moment',
      'Sus paquetes',
    ),
    right: presented('short_description', 'Shows where parcels are', 'Sus paquetes'),
    ...inMarketplace,
  },
  'i18n/description-length': {
    wrong: presented(
      'description',
      'It shows where the parcels of your clients are. '.repeat(9),
      'Sus paquetes',
    ),
    right: presented('description', 'It shows where the parcels of your clients are.', 'Sus paquetes'),
    ...inMarketplace,
  },
  'i18n/platform-name': {
    wrong: presented('name', 'Parcels for Kommo', 'Paquetes'),
    right: presented('name', 'Parcels', 'Paquetes'),
    ...inMarketplace,
  },
  'i18n/claim': {
    wrong: presented('short_description', 'Free parcel tracking', 'Sus paquetes'),
    right: presented('short_description', 'Parcel tracking', 'Sus paquetes'),
    ...inMarketplace,
  },
  'i18n/bare-link': {
    wrong: presented('description', 'See https://www.kommo.com/help', 'Sus paquetes'),
    right: presented('description', 'See <a href="https://www.kommo.com/help">the help</a>', 'Sus paquetes'),
    ...inMarketplace,
  },
  'i18n/short-tag': {
    wrong: presented('description', 'Parcels of #SUBDOMIAN#', 'Paquetes de #SUBDOMIAN#'),
    right: presented('description', 'Parcels of #SUBDOMAIN#', 'Paquetes de #SUBDOMAIN#'),
  },
  'i18n/unbalanced-html': {
    wrong: presented('description', 'All <b>parcels', 'Sus paquetes'),
    right: presented('description', 'All <b>parcels</b>', 'Sus paquetes'),
  },
  'i18n/script-in-text': {
    wrong: presented('description', 'Parcels<script src="/parcels.js"></script>', 'Sus paquetes'),
    right: presented('description', 'Parcels', 'Sus paquetes'),
    ...inMarketplace,
  },
  'i18n/unused-text': {
    wrong: languages({ en: { widget: { slogan: 'On time' } }, es: { widget: { slogan: 'A tiempo' } } }),
    right: languages({}),
  },
};
