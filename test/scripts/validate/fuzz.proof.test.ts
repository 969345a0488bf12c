import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readZip } from '../../../scripts/archive/read-zip.js';
import { type ValidationReport, validateFiles } from '../../../scripts/validate/index.js';
import { gif, jpeg, png } from '../../../scripts/validate/examples/pictures.js';
import { printFigures, rounds } from '../../support/rounds.js';
import { rawZip } from '../../support/raw-zip.js';
import { type Content, minimalManifest, plainScript, widgetFiles } from '../../support/widget-folder.js';

const size = { width: 130, height: 100 };
const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array));

/** A file that was whole before bytes of it were changed, taken out or put in. */
function worn(whole: Buffer): fc.Arbitrary<Buffer> {
  const wound = fc.record({
    at: fc.nat(whole.byteLength),
    cut: fc.nat(40),
    put: fc.uint8Array({ maxLength: 12 }),
  });
  return fc
    .array(wound, { minLength: 1, maxLength: 4 })
    .map((wounds) =>
      wounds.reduce<Buffer>(
        (content, { at, cut, put }) =>
          Buffer.concat([content.subarray(0, at), put, content.subarray(at + cut)]),
        whole,
      ),
    );
}

function whole(name: string): Buffer {
  return widgetFiles().get(name) ?? Buffer.alloc(0);
}

function check(files: Record<string, Content>): void {
  figures.widgets += 1;
  expectReport(validateFiles(widgetFiles({ files })));
}

function expectReport({ summary, findings }: ValidationReport): void {
  expect(summary.errors + summary.warnings + summary.notices).toBe(findings.length);
  for (const { line, column, message } of findings) {
    expect(line === null || (line >= 1 && column !== null && column >= 1)).toBe(true);
    expect(message).not.toMatch(/undefined|\[object|NaN/);
  }
}

const figures = { widgets: 0, archives: 0 };

afterAll(() => {
  printFigures('Damaged and random files without a crash', figures);
});

describe('validateFiles reports and never throws', { timeout: 900_000 }, () => {
  it.each([
    ['manifest.json', whole('manifest.json')],
    ['i18n/es.json', whole('i18n/es.json')],
    ['images/logo.png', png(size)],
    ['images/tour/en.png', jpeg(size)],
    ['images/other.gif', gif({ ...size, frames: 3 })],
  ])('whatever the bytes of %s are', (name, content) => {
    const either = fc.oneof(bytes, worn(content));
    fc.assert(
      fc.property(either, (changed) => {
        check({ [name]: changed });
      }),
      { numRuns: rounds(150, 2000) },
    );
  });

  it('whatever the values of the manifest are', () => {
    const keys = ['widget', 'locations', 'settings', 'tour', 'dp', 'salesbot_designer', 'left_menu', 'sms'];
    const value = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Content>;
    fc.assert(
      fc.property(fc.subarray(keys), fc.array(value, { minLength: 8, maxLength: 8 }), (some, values) => {
        const blocks = Object.fromEntries(some.map((key, index) => [key, values[index] ?? null]));
        check({ 'manifest.json': { ...minimalManifest, ...(blocks as Record<string, never>) } });
      }),
      { numRuns: rounds(150, 2000) },
    );
  });

  it('whatever script.js does', () => {
    const pieces = [
      'define',
      '([',
      '])',
      'function () {',
      '}',
      'return ',
      ';',
      '=>',
      'this',
      'window.',
      '`',
      '"',
      'x',
    ];
    const soup = fc
      .array(fc.constantFrom(...pieces, '(', ')', 'import("fs")', 'class ', 'new ', '/*', '*/'), {
        maxLength: 40,
      })
      .map((parts) => Buffer.from(parts.join(' ')));
    fc.assert(
      fc.property(fc.oneof(bytes, soup, worn(Buffer.from(plainScript))), (script) => {
        check({ 'script.js': script });
      }),
      { numRuns: rounds(80, 1000) },
    );
  });
});

describe('readZip reports and never throws', { timeout: 900_000 }, () => {
  it('whatever the bytes of the archive are', async () => {
    const archive = rawZip([...widgetFiles()].slice(0, 4).map(([name, data]) => ({ name, data })));
    await fc.assert(
      fc.asyncProperty(fc.oneof(bytes, worn(archive)), async (content) => {
        figures.archives += 1;
        const { files, problems, complete } = await readZip(content);
        expect(complete || problems.length > 0).toBe(true);
        for (const file of files.values()) expect(Buffer.isBuffer(file)).toBe(true);
      }),
      { numRuns: rounds(200, 4000) },
    );
  });
});
