import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { WidgetFiles } from '../../../scripts/archive/files.js';
import { fixFiles } from '../../../scripts/validate/fix/fix-files.js';
import { validateFiles } from '../../../scripts/validate/index.js';
import { printFigures, rounds } from '../../support/rounds.js';
import { type Json, widgetFiles } from '../../support/widget-folder.js';
import { english } from './support/english.js';

function fixed(files: WidgetFiles): WidgetFiles {
  return new Map([...files, ...[...fixFiles(files)].map(([name, { bytes }]) => [name, bytes] as const)]);
}

const figures = { mended: 0 };

afterAll(() => {
  printFigures('Widgets that a second time finds nothing to mend in', figures);
});

describe('fixFiles, whatever the language files and styles hold', { timeout: 600_000 }, () => {
  it('mends all at once, so that a second time finds nothing, and never adds findings', () => {
    const key = fc.constantFrom('name', 'description', '10', '2', '__proto__', 'ключ', 'a"b');
    const tree = fc.letrec<{ group: Json }>((tie) => ({
      group: fc.dictionary(
        key,
        fc.oneof(
          { depthSize: 'small' },
          fc.constantFrom('Parcels', '', '[translate from en] x', 'é\n'),
          fc.constant(1),
          tie('group'),
        ),
        { maxKeys: 5, noNullPrototype: true },
      ),
    })).group;
    const written = (value: Json, [mark, lineEnd, indent]: readonly [string, string, number]): string =>
      mark + JSON.stringify(value, null, indent).replaceAll('\n', lineEnd);
    const form = fc.tuple(fc.constantFrom('', '\uFEFF'), fc.constantFrom('\n', '\r\n', '\r'), fc.nat(4));
    const text = fc.array(
      fc.constantFrom('\uFEFF', '\r', '\n', 'a {}', '/* widget-ignore text/line-ends because x */', 'é'),
      { maxLength: 9 },
    );
    fc.assert(
      fc.property(tree, tree, form, text, (en, es, how, parts) => {
        const words = { ...english, en };
        const files = widgetFiles({
          files: {
            'i18n/en.json': written(words, how),
            'i18n/es.json': written({ ...(es as object), widget: es }, how),
            'style.css': parts.join(''),
          },
        });
        const once = fixed(files);
        figures.mended += 1;

        expect(fixFiles(once)).toEqual(new Map());
        const [before, after] = [files, once].map((one) => validateFiles(one));
        expect(after?.findings.length).toBeLessThanOrEqual(before?.findings.length ?? 0);
        expect(after?.summary.errors).toBeLessThanOrEqual(before?.summary.errors ?? 0);
      }),
      { numRuns: rounds(100, 2000) },
    );
  });
});
