import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readZip } from '../../../scripts/archive/read-zip.js';
import { type CheckedWidget, checkFiles, formatReport } from '../../../scripts/validate/index.js';
import { audiences, type Situation, targets } from '../../../scripts/validate/situation.js';
import { gif, jpeg, png } from '../../../scripts/validate/examples/pictures.js';
import { printFigures, rounds } from '../../support/rounds.js';
import { rawZip } from '../../support/raw-zip.js';
import { type Content, minimalManifest, plainScript, widgetFiles } from '../../support/widget-folder.js';

const size = { width: 130, height: 100 };
const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array));

const plainSheet = `@import "kit.css";
.parcel-list,
.parcel-list > a:hover { --parcel-list-blue: #00f; background: url("images/van.svg"); }
/* Late parcels stand out. */
@media (max-width: 600px) { .parcel-list { margin: 0 } }
`;

const plainTemplate = `{% for parcel in parcels %}
<li title="{{ parcel.name|e }}">{% if parcel.late %}{{ late }}{% else %}-{% endif %}</li>
{% endfor %}{# the end #}
`;

const scriptPieces = [
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
].concat('(', ')', 'import("fs")', 'class ', 'new ', '/*', '*/');

/** What rules look for in scripts. */
const busyPieces = [
  'eval(',
  'new Function(',
  'alert(',
  'console.log(',
  'APP.',
  'AMOCRM.x = ',
  'for (;;) {',
  '$.ajax({',
].concat(
  'async: false',
  "'/templates/x.twig'",
  '"http://localhost"',
  '// widget-ignore ',
  "self.i18n('",
  '$authorizedAjax(',
);

const sheetPieces = [
  '{',
  '}',
  ';',
  ':',
  ',',
  '/*',
  '*/',
  '"',
  "'",
  '(',
  ')',
  '[',
  ']',
  '\\',
  '!important',
  'url(',
  '\n',
]
  .concat(
    '@import ',
    '@media ',
    '@keyframes ',
    '@scope ',
    ':root',
    ':where(',
    '.modal',
    '.own-a',
    '#own',
    'p ',
    '*',
  )
  .concat('--palette-x', '--x', 'color', 'red', '//cdn.parcels.io/', 'http://localhost/', '\ud800');

const templatePieces = [
  '{{',
  '}}',
  '{%',
  '%}',
  '{#',
  '#}',
  '{{-',
  '-%}',
  '"',
  "'",
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '|',
  '\n',
]
  .concat(
    'if ',
    'else',
    'endif',
    'for a in b ',
    'endfor',
    'set x = ',
    'block a',
    'endblock',
    'include "a"',
    'macro a(b)',
  )
  .concat(
    'a',
    '.b',
    '~',
    '..',
    ' is ',
    ' not ',
    '<script',
    ' src="',
    '//x.io',
    '>',
    '<!--',
    '-->',
    '1',
    ',',
    ':',
    '?',
  );

/** Pieces in any order, which come further than random bytes do. */
function soupOf(pieces: readonly string[]): fc.Arbitrary<Buffer> {
  return fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => Buffer.from(parts.join(' ')));
}

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

const figures = {
  manifests: 0,
  'i18n files': 0,
  pictures: 0,
  scripts: 0,
  stylesheets: 0,
  templates: 0,
  zips: 0,
};

const situations: readonly Situation[] = targets.flatMap((target) =>
  audiences.map((audience) => ({ target, audience })),
);

/** Whoever waits longer takes the validator for hung; a busy machine takes a few times what a quiet one does. */
const maxMilliseconds = 5000;

/** In another situation each time, so that the rules of all of them meet such files. */
function check(kind: keyof typeof figures, files: Record<string, Content>): void {
  const situation = situations[figures[kind] % situations.length];
  figures[kind] += 1;
  const started = performance.now();
  const widget = checkFiles(widgetFiles({ files }), situation);
  expect(performance.now() - started, 'milliseconds').toBeLessThan(maxMilliseconds);
  expectReport(widget);
}

function expectReport(widget: CheckedWidget): void {
  const { summary, findings } = widget.report;
  expect(summary.errors + summary.warnings + summary.notices).toBe(findings.length);
  for (const { line, column, message } of findings) {
    expect(line === null || (line >= 1 && column !== null && column >= 1)).toBe(true);
    expect(message).not.toMatch(/undefined|\[object|NaN/);
    expect(message).not.toMatch(stack);
  }
  // The words of an error's stack can only come into a message, which is printed as it is.
  expect(
    formatReport('text', [widget])
      .split('\n')
      .filter((text) => stack.test(text)),
  ).toEqual([]);
}

/** A line of a stack, as V8 writes it. */
const stack = /^\s*at .*(?:\.(?:ts|mjs|js):\d+:\d+|node:internal)/m;

afterAll(() => {
  printFigures('Damaged and random files without a crash, a hang or a stack', figures);
});

describe('validateFiles reports and never throws', { timeout: 900_000 }, () => {
  it.each<[string, keyof typeof figures, Buffer]>([
    ['manifest.json', 'manifests', whole('manifest.json')],
    ['i18n/es.json', 'i18n files', whole('i18n/es.json')],
    ['images/logo.png', 'pictures', png(size)],
    ['images/tour/en.png', 'pictures', jpeg(size)],
    ['images/other.gif', 'pictures', gif({ ...size, frames: 3 })],
    ['style.css', 'stylesheets', Buffer.from(plainSheet)],
    ['templates/list.twig', 'templates', Buffer.from(plainTemplate)],
  ])('whatever the bytes of %s are', (name, kind, content) => {
    const either = fc.oneof(bytes, worn(content));
    fc.assert(
      fc.property(either, (changed) => {
        check(kind, { [name]: changed });
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
        check('manifests', { 'manifest.json': { ...minimalManifest, ...(blocks as Record<string, never>) } });
      }),
      { numRuns: rounds(150, 2000) },
    );
  });

  it('whatever the texts of a language are', () => {
    const words = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Content>;
    const text = fc.constantFrom(
      '#HOST#',
      '<a href="',
      '</b>',
      '{{',
      'Kommo',
      'https://x.ru/',
      '\u202e',
      'x'.repeat(3000),
    );
    const widget = fc.dictionary(
      fc.constantFrom('name', 'description', 'short_description', '__proto__'),
      text,
    );
    fc.assert(
      fc.property(fc.oneof(words, fc.record({ widget })), (content) => {
        check('i18n files', { 'i18n/es.json': content });
      }),
      { numRuns: rounds(80, 1000) },
    );
  });

  it('whatever a script does', () => {
    const soup = soupOf([...scriptPieces, ...busyPieces]);
    fc.assert(
      fc.property(fc.oneof(bytes, soup, worn(Buffer.from(plainScript))), (script) => {
        check('scripts', { 'script.js': script });
      }),
      { numRuns: rounds(80, 1000) },
    );
    fc.assert(
      fc.property(fc.oneof(soup, worn(Buffer.from(plainScript))), (script) => {
        check('scripts', { 'lib/list.js': script });
      }),
      { numRuns: rounds(80, 1000) },
    );
  });

  it('whatever a stylesheet holds', () => {
    fc.assert(
      fc.property(soupOf(sheetPieces), (sheet) => {
        check('stylesheets', { 'style.css': sheet });
      }),
      { numRuns: rounds(150, 2000) },
    );
  });

  it('whatever a template holds', () => {
    fc.assert(
      fc.property(soupOf(templatePieces), (template) => {
        check('templates', { 'templates/list.twig': template });
      }),
      { numRuns: rounds(150, 2000) },
    );
  });
});

describe('readZip reports and never throws', { timeout: 900_000 }, () => {
  it('whatever the bytes of the archive are', async () => {
    const archive = rawZip([...widgetFiles()].slice(0, 4).map(([name, data]) => ({ name, data })));
    await fc.assert(
      fc.asyncProperty(fc.oneof(bytes, worn(archive)), async (content) => {
        figures.zips += 1;
        const started = performance.now();
        const { files, problems, complete } = await readZip(content);
        expect(complete || problems.length > 0).toBe(true);
        for (const file of files.values()) expect(Buffer.isBuffer(file)).toBe(true);
        if (complete) expectReport(checkFiles(files));
        expect(performance.now() - started, 'milliseconds').toBeLessThan(maxMilliseconds);
      }),
      { numRuns: rounds(200, 4000) },
    );
  });
});
