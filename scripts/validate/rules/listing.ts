import { isObject } from '../json-document.js';
import { isEmptySupport, localeEntries } from '../manifest-facts.js';
import type { Rule } from '../rule.js';
import type { Target } from '../situation.js';
import { describeValue, list, quote } from '../words.js';
import { onManifest } from './manifest.js';

/** Languages by who documents them: `platform/widget.md §1.2`. */
const languages: Record<Target, readonly string[]> = {
  kommo: ['en', 'es', 'pt', 'tr', 'id'],
  amocrm: ['ru', 'en', 'es', 'pt'],
};

const platformNames: Record<Target, string> = { kommo: 'Kommo', amocrm: 'amoCRM' };

/** What the manifest says of the widget to those who list, install and update it: `platform/widget.md §1.2, §1.9`. */
export const listingRules: readonly Rule[] = [
  {
    code: 'manifest/legacy-key',
    severity: 'warning',
    title: 'The manifest has no keys that the platform no longer reads.',
    help: 'The platform makes the code at the upload. Only widgets from before that, which were never converted, still need code and secret_key to be updated: take them out of any other. Whoever opens a page with the widget can read the key.',
    source: 'platform/widget.md §1.2, §1.9 M16',
    check: onManifest((manifest) =>
      ['code', 'secret_key'].flatMap((key) =>
        manifest.get(['widget', key]) === undefined
          ? []
          : [
              {
                message: `widget.${key} is no longer needed, and everybody can read the archive: take it out.`,
                ...manifest.keySpot(['widget', key]),
                expected: 'no such key',
                found: quote(key),
              },
            ],
      ),
    ),
  },
  {
    code: 'manifest/no-version',
    severity: 'warning',
    title: 'The manifest has a version that the next upload can raise.',
    help: 'The version stands in the addresses of script.js and the language files. Only when it rises do browsers fetch the new files, so give it two to four numbers joined by dots and raise it with every upload.',
    source: 'platform/widget.md §1.2, §2.5',
    check: onManifest((manifest) => {
      const version = manifest.get(['widget', 'version']);
      if (version !== undefined && (typeof version !== 'string' || /^\d+(?:\.\d+){1,3}$/.test(version)))
        return [];
      const message =
        version === undefined
          ? 'widget.version is missing: browsers keep old files after an upload.'
          : 'widget.version must be numbers joined by dots, so that it can be raised.';
      const spot =
        version === undefined ? manifest.keySpot(['widget']) : manifest.spot(['widget', 'version']);
      return [
        {
          message,
          ...spot,
          expected: '1.0.0',
          found: version === undefined ? 'no version' : describeValue(version),
        },
      ];
    }),
  },
  {
    code: 'manifest/no-support',
    severity: { kommo: 'warning', amocrm: { private: 'warning', public: 'error' } },
    title: 'The manifest names a support page or address.',
    help: 'Users who need help find the link, or else the address, beside the widget. amoCRM has demanded one of them since 2018; Kommo leaves it open but wants a contact in public integrations. Give widget.support.link the page, or email the address.',
    source: 'platform/widget.md §1.2, §1.9 M19, §11',
    check: onManifest((manifest) => {
      const { link, email } = {
        link: manifest.get(['widget', 'support', 'link']),
        email: manifest.get(['widget', 'support', 'email']),
      };
      if (link !== undefined || email !== undefined || !isObject(manifest.get(['widget']))) return [];
      const message =
        'widget.support has neither link nor email. Kommo asks for it in public integrations, amoCRM always.';
      return [
        {
          message,
          ...manifest.keySpot(['widget', 'support']),
          expected: 'widget.support.link',
          found: 'neither',
        },
      ];
    }),
  },
  {
    code: 'manifest/empty-support',
    severity: 'warning',
    title: 'Of link and email of the support, what is empty is left out.',
    help: 'An empty way to the support helps nobody, and what the platform makes of it is not known. Fill it in or take the key out.',
    source: 'platform/widget.md §1.9 M19',
    check: onManifest((manifest) =>
      ['link', 'email']
        .map((way) => ['widget', 'support', way])
        .filter((path) => isEmptySupport(manifest, path))
        .map((path) => ({
          message: `${path.join('.')} is empty: fill it in or take it out.`,
          ...manifest.spot(path),
          expected: 'a text or no such key',
          found: 'an empty text',
        })),
    ),
  },
  {
    code: 'manifest/support-email',
    severity: 'warning',
    title: 'The address of the support is an e-mail address.',
    help: 'Users write to it as it stands there. Write a whole address such as support@kommo.com; a page belongs in widget.support.link.',
    source: 'platform/widget.md §1.2',
    check: onManifest((manifest) => {
      const email = manifest.get(['widget', 'support', 'email']);
      if (typeof email !== 'string' || email === '' || /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(email))
        return [];
      return [
        {
          message: 'widget.support.email must be an e-mail address.',
          ...manifest.spot(['widget', 'support', 'email']),
          expected: 'an address such as help@company.com',
          found: quote(email),
        },
      ];
    }),
  },
  {
    code: 'manifest/no-tour',
    severity: { private: 'warning', public: 'error' },
    title: 'The manifest has a tour.',
    help: 'The tour shows one to five pictures before the widget is installed. The marketplace demands it; what a private widget needs is documented in two ways, and many work without. Add the block tour with is_tour, tour_images and tour_description.',
    source: 'platform/widget.md §1.9 M17, §11',
    check: onManifest((manifest) => {
      const isTour = manifest.get(['tour', 'is_tour']);
      if (isTour === true || (isTour !== undefined && typeof isTour !== 'boolean')) return [];
      const message =
        isTour === false
          ? 'tour.is_tour is false, which is deprecated: show a tour.'
          : 'There is no tour. Private integrations work without one, public ones need it.';
      return [
        {
          message,
          ...manifest.spot(isTour === false ? ['tour', 'is_tour'] : []),
          expected: '"is_tour": true',
          found: isTour === false ? 'false' : 'no tour',
        },
      ];
    }),
  },
  {
    code: 'manifest/no-tour-description',
    severity: { private: 'notice', public: 'warning' },
    title: 'A tour has a text.',
    help: 'The text stands beside the pictures and says what the widget does. Put it into the language files and its path into tour.tour_description. Whether the platform insists on it is documented in two ways.',
    source: 'platform/widget.md §1.2',
    check: onManifest((manifest) => {
      if (manifest.get(['tour', 'is_tour']) !== true) return [];
      if (manifest.get(['tour', 'tour_description']) !== undefined) return [];
      return [
        {
          message: 'The tour has no text beside its pictures: tour.tour_description is missing.',
          ...manifest.keySpot(['tour']),
          expected: '"tour_description": "widget.tour_description"',
          found: 'no tour_description',
        },
      ];
    }),
  },
  {
    code: 'manifest/language-support',
    severity: 'warning',
    title: 'Every language is one that the platform offers.',
    help: 'Kommo offers en, es, pt, tr and id; amoCRM ru, en, es and pt. Nobody can choose another language, so nobody sees its texts. For both platforms make two archives from the same source.',
    source: 'platform/widget.md §1.2, §1.9 M21',
    check: onManifest((manifest, { situation: { target } }) =>
      localeEntries(manifest)
        .filter(({ text }) => !languages[target].includes(text))
        .map(({ text, path }) => {
          const other: Target = target === 'kommo' ? 'amocrm' : 'kommo';
          return {
            message: languages[other].includes(text)
              ? `Only ${platformNames[other]} offers the language ${quote(text)}.`
              : `Neither Kommo nor amoCRM is known to offer the language ${quote(text)}.`,
            ...manifest.spot(path),
            expected: list(languages[target], { last: 'or' }),
            found: quote(text),
          };
        }),
    ),
  },
  {
    code: 'manifest/amo-key',
    severity: { kommo: 'notice', amocrm: 'off' },
    title: 'Every key is one that the documentation of Kommo has.',
    help: 'Only the documentation of amoCRM has this key. Kommo may read it or pass over it: leave it out of the archive for Kommo unless you saw it work.',
    source: 'platform/widget.md §1.2, §1.8, §11',
    check: onManifest((manifest) =>
      [
        ['widget', 'is_showcase'],
        ['dp', 'title'],
      ]
        .filter((path) => manifest.get(path) !== undefined)
        .map((path) => ({
          message: `Only amoCRM documents ${path.join('.')}; on Kommo it may do nothing.`,
          ...manifest.keySpot(path),
          expected: 'a key that Kommo documents',
          found: quote(String(path.at(-1))),
        })),
    ),
  },
];
