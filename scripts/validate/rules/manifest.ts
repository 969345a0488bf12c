import { dpFieldTypes } from '../../../src/kommo/manifest.js';
import { isObject, type JsonDocument } from '../json-document.js';
import { listsLocation, matchPaths } from '../manifest-facts.js';
import { formatPath } from '../manifest-schema.js';
import type { Problem, Rule } from '../rule.js';
import type { WidgetView } from '../view.js';
import { list, quote } from '../words.js';

/** What the fields and blocks of the manifest demand of one another: `platform/widget.md §1.4–§1.6, §1.9`. */
export const manifestRules: readonly Rule[] = [
  {
    code: 'manifest/no-settings',
    severity: 'error',
    title: 'A widget that is installed has a block settings.',
    help: 'The upload is refused with “"settings" field is required in manifest.json” when the widget is installable, or lists the location settings, and has no such block. Add the block; without fields of its own it holds nothing: "settings": {}.',
    source: 'platform/widget.md §1.9 M3, §2.4',
    check: onManifest((manifest) => {
      const need = manifest.get(['settings']) === undefined ? needsSettings(manifest) : null;
      if (need === null) return [];
      return [
        {
          message: `The block "settings" is missing although ${need.reason}. It may be empty: "settings": {}.`,
          ...manifest.spot(need.path),
          expected: '"settings": { … }',
          found: 'no settings',
        },
      ];
    }),
  },
  {
    code: 'manifest/unlisted-settings',
    severity: { private: 'off', public: 'warning' },
    title: 'A widget for the marketplace lists its settings, even if there are none.',
    help: 'The checklist of the marketplace has the block settings among the keys that every manifest needs, also where the widget is not installed. Add it; without fields it holds nothing: "settings": {}.',
    source: 'platform/widget.md §1.1, §8 rule 25',
    check: onManifest((manifest) => {
      if (manifest.get(['settings']) !== undefined || needsSettings(manifest) !== null) return [];
      return [
        {
          message: 'The block "settings" is missing, which the checklist of the marketplace demands.',
          ...manifest.spot([]),
          expected: '"settings": {}',
          found: 'no settings',
        },
      ];
    }),
  },
  {
    code: 'manifest/no-location',
    severity: 'warning',
    title: 'A widget with a script lists the locations where it runs.',
    help: 'The platform starts script.js in the areas that are listed and nowhere else. List those that the widget is made for, such as "lcard-1" for the cards of leads.',
    source: 'platform/widget.md §1.2, §1.3',
    check: onManifest((manifest, { names }) => {
      const locations = manifest.get(['locations']);
      if (!Array.isArray(locations) || locations.length > 0 || !names.has('script.js')) return [];
      return [
        {
          message: 'No location is listed, so the platform never starts script.js.',
          ...manifest.spot(['locations']),
          expected: 'a location such as "settings" or "lcard-1"',
          found: 'an empty list',
        },
      ];
    }),
  },
  {
    code: 'manifest/fields-without-installation',
    severity: 'notice',
    title: 'A widget with fields in its settings can be installed.',
    help: 'With widget.installation false the platform only lists the widget: there is no button to install it and no window in which anybody could fill in its fields. Set it to true, or take the fields out.',
    source: 'platform/widget.md §1.2, inferred',
    check: onManifest((manifest) => {
      const [field] = matchPaths(manifest, 'settings.*');
      if (manifest.get(['widget', 'installation']) !== false || field === undefined) return [];
      return [
        {
          message: 'The settings have fields, but a widget that is not installed has no window for them.',
          ...manifest.spot(['widget', 'installation']),
          expected: 'true, or no fields in settings',
          found: `false and the field ${quote(String(field.at(-1)))}`,
        },
      ];
    }),
  },
  {
    code: 'manifest/several-custom-fields',
    severity: 'error',
    title: 'The block settings has at most one field of the type custom.',
    help: 'The platform draws and stores one field of the type custom. Keep what the others held in the same field: its value may be a JSON text of any shape.',
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
    help: 'The platform leaves an empty element for a custom field, and script.js fills it. It only runs in the settings window when the location settings is listed, so list it.',
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
    // The documentation lists it without a word that it must be there, and public manifests lack it.
    code: 'manifest/field-without-required',
    severity: 'warning',
    title: 'Every field says whether it has to be filled in.',
    help: 'All documented fields have the key required, true or false. What the platform makes of a field without it is not known. Add it.',
    source: 'platform/widget.md §1.4, §1.5',
    check: onManifest((manifest) =>
      ['settings.*', 'dp.settings.*']
        .flatMap((pattern) => matchPaths(manifest, pattern))
        .filter((path) => isObject(manifest.get(path)) && manifest.get([...path, 'required']) === undefined)
        .map((path) => ({
          message: `${formatPath(path)} does not say whether it has to be filled in.`,
          ...manifest.keySpot(path),
          expected: '"required": true or "required": false',
          found: 'no key "required"',
        })),
    ),
  },
  {
    code: 'manifest/unproven-dp-field',
    severity: 'warning',
    title: 'Fields of the digital pipeline are of a type that is known to work there.',
    help: 'Only text and custom were seen to work in triggers. For anything else take text, and draw your own control over it in dpSettings.',
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
    help: 'Each handler becomes a step that users put into their bots. Give it a code, a name and its fields.',
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
    severity: { kommo: 'warning', amocrm: 'error' },
    title: 'A showcase widget is not installed.',
    help: 'A showcase has the button View in place of Install, so there is nothing to install: set widget.installation to false. Only amoCRM documents showcases.',
    source: 'platform/widget.md §1.2, §1.9 M15',
    check: onManifest((manifest) => {
      if (manifest.get(['widget', 'is_showcase']) !== true) return [];
      if (manifest.get(['widget', 'installation']) !== true) return [];
      const message = 'widget.is_showcase is true, so widget.installation must be false.';
      return [{ message, ...manifest.spot(['widget', 'installation']), expected: 'false', found: 'true' }];
    }),
  },
];

/** A check that has nothing to say about a manifest that cannot be read. */
export function onManifest(check: (manifest: JsonDocument, view: WidgetView) => Problem[]): Rule['check'] {
  return (view) => {
    const manifest = view.manifest();
    return manifest === null ? [] : check(manifest, view);
  };
}

/** Why the uploader demands the block settings, and where that stands; `null` where it does not. */
function needsSettings(manifest: JsonDocument): { reason: string; path: (string | number)[] } | null {
  const path = matchPaths(manifest, 'locations.*').find((one) => manifest.get(one) === 'settings');
  if (path !== undefined) return { reason: 'the location "settings" is listed', path };
  if (manifest.get(['widget', 'installation']) !== true) return null;
  return { reason: 'widget.installation is true', path: ['widget', 'installation'] };
}

function customFields(manifest: JsonDocument): (string | number)[][] {
  return matchPaths(manifest, 'settings.*').filter((path) => manifest.get([...path, 'type']) === 'custom');
}
