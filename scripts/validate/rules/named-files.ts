import type { JSONPath } from 'jsonc-parser';
import type { JsonDocument } from '../json-document.js';
import { locationEntries, matchPaths } from '../manifest-facts.js';
import { formatPath } from '../manifest-schema.js';
import type { Rule } from '../rule.js';
import type { WidgetView } from '../view.js';
import { quote } from '../words.js';
import { onManifest } from './manifest.js';

/** Scripts that the platform looks for by themselves: `platform/widget.md §1.2, §12`. */
const scripts: Readonly<Record<string, string>> = {
  amoforms: 'amoforms.js',
  personal_page: 'personal_page.js',
};

/** Files that the manifest names, or that its locations need, beside the logos and the tour. */
export const namedFileRules: readonly Rule[] = [
  {
    code: 'manifest/location-without-script',
    severity: 'warning',
    title: 'A location with a script of its own has it.',
    help: 'amoCRM loads a file of its own for these locations, not script.js: amoforms.js on the page with the web form, personal_page.js on the personal page. Put it beside script.js.',
    source: 'platform/widget.md §1.2, §12',
    check: onManifest((manifest, { names }) =>
      locationEntries(manifest).flatMap(({ parsed, path }) => {
        const file = parsed === null ? undefined : scripts[parsed.code];
        if (parsed === null || file === undefined || names.has(file)) return [];
        return [
          {
            message: `The location ${quote(parsed.code)} runs ${file}, which is not in the archive.`,
            ...manifest.spot(path),
            expected: file,
            found: 'no such file',
          },
        ];
      }),
    ),
  },
  {
    code: 'manifest/salesbot-logo',
    severity: 'warning',
    title: 'The logo of the Salesbot steps is in the archive.',
    help: 'The documented form is "/widgets/<code of the widget>/images/<file>", and the file stands in images/ of the archive; without it the step has no picture of yours. Put the file there, or correct the path.',
    source: 'platform/widget.md §1.6',
    check: onManifest((manifest, view) => {
      const path = ['salesbot_designer', 'logo'];
      const logo = manifest.get(path);
      if (typeof logo !== 'string' || logo === '' || isElsewhere(logo)) return [];
      const file = /(?:^|\/)(images\/.+)$/.exec(logo)?.[1];
      if (file !== undefined) return view.names.has(file) ? [] : [absent(view, manifest, path, file)];
      return [
        {
          message: 'The path of the logo of the Salesbot steps must lead to images/.',
          ...manifest.spot(path),
          expected: '"/widgets/<code>/images/…"',
          found: quote(logo),
        },
      ];
    }),
  },
  {
    code: 'manifest/menu-icon',
    severity: 'warning',
    title: 'The icons of the left menu are in the archive.',
    help: 'icon, and on Kommo icons.light and icons.dark, are paths in the archive such as images/menu.svg. Put the file there, or correct the path.',
    source: 'platform/widget.md §1.8; developers.kommo.com/changelog/left-menu-logos-update',
    check: onManifest((manifest, view) =>
      ['left_menu.*.icon', 'left_menu.*.icons.*']
        .flatMap((pattern) => matchPaths(manifest, pattern))
        .flatMap((path) => {
          const icon = manifest.get(path);
          if (typeof icon !== 'string' || icon === '' || isElsewhere(icon)) return [];
          const file = icon.replace(/^\.?\/+/, '');
          return view.names.has(file) ? [] : [absent(view, manifest, path, file)];
        }),
    ),
  },
];

function absent(view: WidgetView, manifest: JsonDocument, path: JSONPath, file: string) {
  const similar = view.inOtherCase(file);
  const hint = similar === null ? '' : ` Is it ${similar}?`;
  return {
    message: `${formatPath(path)}: the archive has no ${file}.${hint}`,
    ...manifest.spot(path),
    expected: file,
    found: similar ?? 'no such file',
  };
}

function isElsewhere(text: string): boolean {
  return /^(?:[a-z]+:)?\/\//i.test(text) || text.startsWith('data:');
}
