import { systemMenuItems } from '../../../src/kommo/manifest.js';
import { isObject } from '../json-document.js';
import { matchPaths } from '../manifest-facts.js';
import type { Rule } from '../rule.js';
import { list, quote } from '../words.js';
import { onManifest } from './manifest.js';

/** The left menu: `platform/widget.md §1.8`. What a system item may have besides is the schema's. */
export const menuRules: readonly Rule[] = [
  {
    code: 'manifest/system-menu-title',
    severity: 'error',
    title: 'An own item of the left menu does not take the code of a system item.',
    help: 'Under the code of a system item the platform only reads a submenu or whether the item is hidden. Give your own item a code of its own, and say where it stands with sort.after.',
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
    code: 'manifest/system-menu-key',
    severity: 'error',
    title: 'A widget changes of a system item only what the platform allows.',
    help: 'Only stats and settings take a submenu of a widget. amoCRM also lets a widget hide every system item but settings. Nothing else of a system item can be changed, so take the key out.',
    source: 'platform/widget.md §1.8',
    check: onManifest((manifest) =>
      systemMenuItems.flatMap((item) => {
        const block = manifest.get(['left_menu', item]);
        const allowed = allowedKeys(item);
        // An own item under that code is one mistake, which has a rule of its own.
        if (!isObject(block) || block['title'] !== undefined) return [];
        return Object.keys(block)
          .filter((key) => !allowed.includes(key))
          .map((key) => ({
            message: `The system item ${quote(item)} of the left menu can't have ${quote(key)}.`,
            ...manifest.keySpot(['left_menu', item, key]),
            expected: list(allowed, { last: 'or' }),
            found: quote(key),
          }));
      }),
    ),
  },
  {
    code: 'manifest/amo-menu-hiding',
    severity: { kommo: 'warning', amocrm: 'off' },
    title: 'A widget for Kommo does not hide system items of the left menu.',
    help: 'Only amoCRM documents is_hidden; on Kommo the item may stay where it is. Leave is_hidden out of the archive for Kommo.',
    source: 'platform/widget.md §1.8',
    check: onManifest((manifest) =>
      matchPaths(manifest, 'left_menu.*.is_hidden').map((path) => ({
        message:
          'Only amoCRM documents is_hidden; on Kommo the item may stay where it is. Leave is_hidden out of the archive for Kommo.',
        ...manifest.keySpot(path),
        expected: 'no is_hidden',
        found: quote('is_hidden'),
      })),
    ),
  },
  {
    code: 'manifest/page-of-private-widget',
    severity: { private: 'notice', public: 'off' },
    title: 'Only a widget for the marketplace has pages in the left menu.',
    help: 'Kommo and amoCRM give pages in the left menu to public integrations and to technical accounts. In another account the item may not appear: upload the widget from a technical account, or do without the page.',
    source: 'platform/widget.md §1.3, §1.8',
    check: onManifest((manifest) =>
      matchPaths(manifest, 'locations.*')
        .filter((path) => manifest.get(path) === 'widget_page')
        .map((path) => ({
          message: 'Pages in the left menu are for public integrations and technical accounts.',
          ...manifest.spot(path),
          expected: '--audience public, or an account that is technical',
          found: quote('widget_page'),
        })),
    ),
  },
];

function allowedKeys(item: (typeof systemMenuItems)[number]): string[] {
  if (item === 'settings') return ['submenu'];
  return item === 'stats' ? ['submenu', 'is_hidden'] : ['is_hidden'];
}
