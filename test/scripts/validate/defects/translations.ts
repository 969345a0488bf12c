import { type Json, minimalManifest, plainScript, widgetFiles } from '../../../support/widget-folder.js';
import type { Defect } from './defect.js';

type Group = Record<string, Json>;
type Change = (words: Record<string, Group>) => unknown;

const { widget, tour } = minimalManifest;
const publicly = { situation: { audience: 'public' } } as const;
const inSpanish = { file: 'i18n/es.json' } as const;

/** A valid widget whose words are changed; the manifest says which languages it has. */
function words(
  changes: Record<string, Change>,
  manifest: Record<string, Json> = {},
  files: Record<string, Json> = {},
): Pick<Defect, 'parts'> {
  const whole = widgetFiles({ manifest });
  const changed = Object.entries(changes).map(([code, change]): [string, Json] => {
    const file = `i18n/${code}.json`;
    const content = JSON.parse(whole.get(file)?.toString('utf8') ?? '') as Record<string, Group>;
    change(content);
    return [file, content];
  });
  return { parts: { manifest, files: { ...files, ...Object.fromEntries(changed) } } };
}

const set =
  (group: string, key: string, text: Json): Change =>
  (content) => {
    content[group] = { ...content[group], [key]: text };
  };

const named = { 'script.js': plainScript.replace('return true;', "this.i18n('errors'); return true;") };

function locale(...codes: string[]): Record<string, Json> {
  const pictures = Object.fromEntries(codes.map((code) => [code, [`/images/tour/${code}.png`]]));
  return { widget: { ...widget, locale: codes }, tour: { ...tour, tour_images: pictures } };
}

function everyLanguage(change: Change): Record<string, Change> {
  return { en: change, es: change };
}

/** Texts beside those that they translate. */
export const translationDefects: readonly Defect[] = [
  {
    name: 'a text that is empty in one language',
    ...words({ en: set('errors', 'offline', 'No connection'), es: set('errors', 'offline', '') }, {}, named),
    severity: 'warning',
    ...inSpanish,
    code: 'i18n/blank-translation',
    line: '"offline"',
    says: ['No connection'],
  },
  {
    name: 'a placeholder that one language lacks',
    ...words(
      {
        en: set('errors', 'late', 'Parcel {{number}} is late'),
        es: set('errors', 'late', 'El paquete llega tarde'),
      },
      {},
      named,
    ),
    severity: 'warning',
    ...inSpanish,
    code: 'i18n/placeholders',
    line: '"late"',
    says: ['lacks {{number}}', 'no placeholder'],
  },
  {
    name: 'a placeholder that was translated',
    ...words(
      {
        en: set('errors', 'late', 'Parcel {number} is late'),
        es: set('errors', 'late', 'El paquete {numero} llega tarde'),
      },
      {},
      named,
    ),
    severity: 'warning',
    ...inSpanish,
    code: 'i18n/placeholders',
    line: '"late"',
    says: ['{number}', '{numero}'],
  },
  {
    name: 'a %s too many',
    ...words(
      { en: set('errors', 'late', '%s is late'), es: set('errors', 'late', '%s de %s llega tarde') },
      {},
      named,
    ),
    severity: 'warning',
    ...inSpanish,
    code: 'i18n/placeholders',
    line: '"late"',
    says: ['has %s, which i18n/en.json lacks'],
  },
  {
    name: 'a short tag that one language lacks',
    ...words({ en: set('widget', 'description', 'For the account #SUBDOMAIN#') }),
    severity: 'warning',
    ...inSpanish,
    code: 'i18n/placeholders',
    line: '"description"',
    says: ['#SUBDOMAIN#'],
  },
  {
    name: 'a text that nobody has translated',
    ...words({
      en: set('widget', 'tour_description', 'See the parcels of a lead'),
      es: set('widget', 'tour_description', 'See the parcels of a lead'),
    }),
    severity: 'notice',
    ...inSpanish,
    code: 'i18n/untranslated',
    line: '"tour_description"',
    says: ['the same as in i18n/en.json'],
  },
  {
    name: 'a language file that is a copy of another',
    ...copied('es'),
    severity: 'warning',
    ...publicly,
    ...inSpanish,
    code: 'i18n/untranslated',
    line: 1,
    says: ['6 of 6 texts'],
  },
  {
    name: 'Turkish texts that are English for now',
    ...copied('tr'),
    severity: 'notice',
    file: 'i18n/tr.json',
    code: 'i18n/translate-later',
    line: 1,
    says: ['"tr"'],
  },
  {
    name: 'Russian words among the Spanish ones',
    ...words({ es: set('widget', 'short_description', 'Los посылки de sus clientes') }),
    severity: 'warning',
    ...inSpanish,
    code: 'i18n/cyrillic',
    line: '"short_description"',
    says: ['посылки'],
  },
  {
    name: 'a Russian letter that looks Latin, in the marketplace',
    ...words({ en: set('widget', 'short_description', 'Your pаrcels at a glance') }),
    severity: 'error',
    ...publicly,
    file: 'i18n/en.json',
    code: 'i18n/cyrillic',
    line: '"short_description"',
  },
  {
    name: 'an English text among the Russian ones',
    ...words({ ru: set('widget', 'short_description', 'Shows your parcels') }, locale('en', 'ru')),
    severity: 'warning',
    ...publicly,
    file: 'i18n/ru.json',
    code: 'i18n/no-cyrillic',
    line: '"short_description"',
  },
  {
    name: 'a link to a .ru domain',
    ...words({
      es: set('widget', 'description', 'Vea <a href="https://www.kommo.ru/ayuda">la ayuda</a>.'),
    }),
    severity: 'error',
    ...publicly,
    ...inSpanish,
    code: 'i18n/russian-link',
    line: '"description"',
    says: ['www.kommo.ru'],
  },
  {
    name: 'an address of the support in a .ru domain',
    ...words({ en: set('widget', 'description', 'Write to help@kommo.ru.') }),
    severity: 'notice',
    file: 'i18n/en.json',
    code: 'i18n/russian-link',
    line: '"description"',
    says: ['kommo.ru'],
  },
  {
    name: 'a text that nothing names',
    ...words(everyLanguage(set('widget', 'slogan', 'Parcels'))),
    severity: 'notice',
    file: 'i18n/en.json',
    code: 'i18n/unused-text',
    line: '"slogan"',
    says: ['widget.slogan'],
  },
  {
    name: 'a group of texts that nothing names, once',
    ...words({
      en: (content) => (content['errors'] = { offline: 'No connection', slow: 'It takes long' }),
      es: (content) => (content['errors'] = { offline: 'Sin conexión', slow: 'Tarda mucho' }),
    }),
    severity: 'notice',
    file: 'i18n/en.json',
    code: 'i18n/unused-text',
    line: '"errors"',
    says: ['"errors"'],
  },
];

/** How the name, the descriptions and the HTML in texts read. */
export const wordingDefects: readonly Defect[] = [
  {
    name: 'a name that is too long',
    ...words({ es: set('widget', 'name', 'Paquetes y entregas de sus clientes') }),
    severity: 'error',
    ...publicly,
    ...inSpanish,
    code: 'i18n/name-length',
    line: '"name"',
    says: ['35 characters', 'at most 30'],
  },
  {
    name: 'a name with a word that is too long',
    ...words({ en: set('widget', 'name', 'Parceldeliverytracker') }),
    severity: 'error',
    ...publicly,
    file: 'i18n/en.json',
    code: 'i18n/name-word-length',
    line: '"name"',
    says: ['21 characters'],
  },
  {
    name: 'a short description that is too long',
    ...words({ es: set('widget', 'short_description', 'Paquetes '.repeat(6)) }),
    severity: 'notice',
    ...inSpanish,
    code: 'i18n/short-description-length',
    line: '"short_description"',
    says: ['53 characters'],
  },
  {
    name: 'a description that is too long',
    ...words({ es: set('widget', 'description', 'Paquetes '.repeat(45)) }),
    severity: 'error',
    ...publicly,
    ...inSpanish,
    code: 'i18n/description-length',
    line: '"description"',
    says: ['404 characters'],
  },
  {
    name: 'the platform in the name',
    ...words({ en: set('widget', 'name', 'Parcels for Kommo') }),
    severity: 'error',
    ...publicly,
    file: 'i18n/en.json',
    code: 'i18n/platform-name',
    line: '"name"',
    says: ['"Kommo"'],
  },
  {
    name: 'a feature of the platform in the name',
    ...words({ en: set('widget', 'name', 'Salesbot Plus') }),
    severity: 'notice',
    file: 'i18n/en.json',
    code: 'i18n/platform-name',
    line: '"name"',
    says: ['"Salesbot"'],
  },
  {
    name: 'the claim to be free',
    ...words({ es: set('widget', 'short_description', 'Paquetes gratis') }),
    severity: 'notice',
    ...publicly,
    ...inSpanish,
    code: 'i18n/claim',
    line: '"short_description"',
    says: ['"gratis"'],
  },
  {
    name: 'the claim to be official',
    ...words({ en: set('widget', 'description', 'The official tracker of parcels') }),
    severity: 'notice',
    ...publicly,
    file: 'i18n/en.json',
    code: 'i18n/claim',
    line: '"description"',
    says: ['"official"'],
  },
  {
    name: 'a link that cannot be clicked',
    ...words({ es: set('widget', 'description', 'Vea https://www.kommo.com/ayuda <b>hoy</b>') }),
    severity: 'error',
    ...publicly,
    ...inSpanish,
    code: 'i18n/bare-link',
    line: '"description"',
    says: ['https://www.kommo.com/ayuda'],
  },
  {
    name: 'a short tag that is spelled wrong',
    ...words({
      en: set('widget', 'description', 'For #SUBDOMIAN#'),
      es: set('widget', 'description', 'Para #SUBDOMIAN#'),
    }),
    severity: 'warning',
    file: 'i18n/en.json',
    code: 'i18n/short-tag',
    line: '"description"',
    says: ['Did you mean #SUBDOMAIN#?'],
    also: ['i18n/short-tag'],
  },
  {
    name: 'a short tag of older widgets of amoCRM',
    ...words({
      en: set('widget', 'description', 'Hash #API_HASH#'),
      es: set('widget', 'description', 'Clave #API_HASH#'),
    }),
    severity: 'warning',
    file: 'i18n/en.json',
    code: 'i18n/short-tag',
    line: '"description"',
    says: ['Only older widgets of amoCRM'],
    also: ['i18n/short-tag'],
  },
  {
    name: 'an element that is not closed',
    ...words({ es: set('widget', 'description', 'Paquetes <b>hoy') }),
    severity: 'warning',
    ...inSpanish,
    code: 'i18n/unbalanced-html',
    line: '"description"',
    says: ['<b> is not closed'],
  },
  {
    name: 'elements that overlap',
    ...words({ es: set('widget', 'description', '<b>Paquetes <i>hoy</b></i>') }),
    severity: 'warning',
    ...inSpanish,
    code: 'i18n/unbalanced-html',
    line: '"description"',
    says: ['</b> comes before </i>'],
  },
  {
    name: 'an end tag too many',
    ...words({ es: set('widget', 'description', 'Paquetes</a>') }),
    severity: 'warning',
    ...inSpanish,
    code: 'i18n/unbalanced-html',
    line: '"description"',
    says: ['</a> closes nothing'],
  },
  {
    name: 'a script in a text',
    ...words({ es: set('widget', 'description', 'Paquetes<script src="/a.js"></script>') }),
    severity: 'error',
    ...publicly,
    ...inSpanish,
    code: 'i18n/script-in-text',
    line: '"description"',
    says: ['<script'],
  },
  {
    name: 'an event attribute in a text',
    ...words({ es: set('widget', 'description', '<a href="#" onclick="go()">Paquetes</a>') }),
    severity: 'warning',
    ...inSpanish,
    code: 'i18n/script-in-text',
    line: '"description"',
    says: ['onclick'],
  },
];

/** A language whose file is the English one. */
function copied(code: string): Pick<Defect, 'parts'> {
  const english: Change = (content) => {
    content['widget'] = {
      name: 'Parcels',
      short_description: 'Your parcels at a glance',
      description: 'Shows the parcels of a lead',
      tour_description: 'See where the parcels are',
    };
    content['settings'] = { login: 'Your login at the service' };
    content['errors'] = { late: 'The parcel is late', lost: 'The parcel is lost' };
  };
  return words({ en: english, [code]: english }, locale('en', code), named);
}
