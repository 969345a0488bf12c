import { dpFieldTypes, systemMenuItems } from '../../../src/kommo/manifest.js';
import { isObject, type JsonDocument } from '../json-document.js';
import { isEmptySupport, listsLocation, localeEntries, matchPaths } from '../manifest-facts.js';
import type { Problem, Rule } from '../rule.js';
import { describeValue, list, quote } from '../words.js';

/** Languages by who documents them: `platform/widget.md §1.2`. */
const kommoLanguages = ['en', 'es', 'pt', 'tr', 'id'];
const amoLanguages = ['ru', 'en', 'es', 'pt'];

/** What keys of the manifest demand of one another: `platform/widget.md §1.9`. */
export const manifestRules: readonly Rule[] = [
  {
    code: 'manifest/no-settings',
    severity: 'error',
    title: 'A widget that is installed has a block settings.',
    source: 'platform/widget.md §1.9 M3',
    check: onManifest((manifest) => {
      if (manifest.get(['settings']) !== undefined) return [];
      const byLocation = matchPaths(manifest, 'locations.*').find(
        (path) => manifest.get(path) === 'settings',
      );
      const installed = manifest.get(['widget', 'installation']) === true;
      if (byLocation === undefined && !installed) return [];
      const reason =
        byLocation === undefined ? 'widget.installation is true' : 'the location "settings" is listed';
      return [
        {
          message: `The block "settings" is missing although ${reason}. It may be empty: "settings": {}.`,
          ...manifest.spot(byLocation ?? ['widget', 'installation']),
          expected: '"settings": { … }',
          found: 'no settings',
        },
      ];
    }),
  },
  {
    code: 'manifest/several-custom-fields',
    severity: 'error',
    title: 'The block settings has at most one field of the type custom.',
    source: 'platform/widget.md §1.4, §1.9 M13',
    check: onManifest((manifest) =>
      customFields(manifest)
        .slice(1)
        .map((path) => ({
          message: 'A widget can have only one field of the type custom in settings.',
          ...manifest.spot([...path, 'type']),
          expected: 'one custom field',
          found: list(customFields(manifest).map((other) => String(other.at(-1)))),
        })),
    ),
  },
  {
    code: 'manifest/custom-field-without-location',
    severity: 'error',
    title: 'A field of the type custom comes with the location settings.',
    source: 'platform/widget.md §1.9 M13',
    check: onManifest((manifest) =>
      listsLocation(manifest, 'settings')
        ? []
        : customFields(manifest)
            .slice(0, 1)
            .map((path) => ({
              message:
                'The widget draws a custom field itself, which it can only do with the location "settings".',
              ...manifest.spot([...path, 'type']),
              expected: '"settings" in locations',
              found: 'no "settings" there',
            })),
    ),
  },
  {
    code: 'manifest/unproven-dp-field',
    severity: 'warning',
    title: 'Fields of the digital pipeline are of a type that is known to work there.',
    source: 'platform/widget.md §1.5',
    check: onManifest((manifest) =>
      matchPaths(manifest, 'dp.settings.*.type').flatMap((path) => {
        const type = manifest.get(path);
        if (typeof type !== 'string' || (dpFieldTypes as readonly string[]).includes(type)) return [];
        const expected = list(
          dpFieldTypes.map((known) => quote(known)),
          { last: 'or' },
        );
        const message = `The type ${quote(type)} is not known to work in the digital pipeline.`;
        return [{ message, ...manifest.spot(path), expected, found: quote(type) }];
      }),
    ),
  },
  {
    code: 'manifest/no-salesbot-handler',
    severity: 'error',
    title: 'salesbot_designer has one handler or more.',
    source: 'platform/widget.md §1.6, §1.9 M11',
    check: onManifest((manifest) => {
      const block = manifest.get(['salesbot_designer']);
      if (!isObject(block) || Object.keys(block).some((key) => key !== 'logo')) return [];
      const message = 'salesbot_designer has no handler: the widget adds no step to the designer.';
      return [
        {
          message,
          ...manifest.keySpot(['salesbot_designer']),
          expected: 'a handler by its code',
          found: 'no handler',
        },
      ];
    }),
  },
  {
    code: 'manifest/showcase-installation',
    severity: 'error',
    title: 'A showcase widget is not installed.',
    source: 'platform/widget.md §1.9 M15',
    check: onManifest((manifest) => {
      if (manifest.get(['widget', 'is_showcase']) !== true) return [];
      if (manifest.get(['widget', 'installation']) !== true) return [];
      const message = 'widget.is_showcase is true, so widget.installation must be false.';
      return [{ message, ...manifest.spot(['widget', 'installation']), expected: 'false', found: 'true' }];
    }),
  },
  {
    code: 'manifest/system-menu-title',
    severity: 'error',
    title: 'An own item of the left menu does not take the code of a system item.',
    source: 'platform/widget.md §1.8',
    check: onManifest((manifest) =>
      systemMenuItems.flatMap((item) =>
        manifest.get(['left_menu', item, 'title']) === undefined
          ? []
          : [
              {
                message: `${quote(item)} is the code of a system item. Give your own item another code.`,
                ...manifest.keySpot(['left_menu', item]),
                expected: 'a code of your own',
                found: quote(item),
              },
            ],
      ),
    ),
  },
  {
    code: 'manifest/legacy-key',
    severity: 'warning',
    title: 'The manifest has no keys that the platform no longer reads.',
    source: 'platform/widget.md §1.9 M16',
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
    severity: 'warning',
    title: 'The manifest names a support page or address.',
    source: 'platform/widget.md §1.9 M19, §11',
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
    code: 'manifest/no-tour',
    severity: 'warning',
    title: 'The manifest has a tour.',
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
    code: 'manifest/language-support',
    severity: 'warning',
    title: 'Every language is one that Kommo offers.',
    source: 'platform/widget.md §1.2, §1.9 M21',
    check: onManifest((manifest) =>
      localeEntries(manifest)
        .filter(({ text }) => !kommoLanguages.includes(text))
        .map(({ text, path }) => ({
          message: amoLanguages.includes(text)
            ? `Only amoCRM offers the language ${quote(text)}.`
            : `Neither Kommo nor amoCRM is known to offer the language ${quote(text)}.`,
          ...manifest.spot(path),
          expected: list(kommoLanguages, { last: 'or' }),
          found: quote(text),
        })),
    ),
  },
];

/** A check that has nothing to say about a manifest that cannot be read. */
export function onManifest(check: (manifest: JsonDocument) => Problem[]): Rule['check'] {
  return (view) => {
    const manifest = view.manifest();
    return manifest === null ? [] : check(manifest);
  };
}

function customFields(manifest: JsonDocument): (string | number)[][] {
  return matchPaths(manifest, 'settings.*').filter((path) => manifest.get([...path, 'type']) === 'custom');
}
