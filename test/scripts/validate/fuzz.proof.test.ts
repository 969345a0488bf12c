import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readZip } from '../../../scripts/archive/read-zip.js';
import { type CheckedWidget, checkFiles, formatReport } from '../../../scripts/validate/index.js';
import { audiences, type Situation, targets } from '../../../scripts/validate/situation.js';
import { gif, jpeg, png } from '../../../scripts/validate/examples/pictures.js';
import { printFigures, rounds } from '../../support/rounds.js';
import { rawZip } from '../../support/raw-zip.js';
import { minimalManifest, plainScript, temporaryFolder, widgetFiles } from '../../support/widget-folder.js';
import { runValidate } from './support/run-validate.js';

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

/** Pieces that a text is put together from, between bars. */
const pieces = (text: string): string[] => text.split(' ¦ ');

const scriptPieces = [
  ...pieces('define ¦ ([ ¦ ]) ¦ function () { ¦ } ¦ return  ¦ ; ¦ => ¦ this ¦ window. ¦ ` ¦ " ¦ x ¦ ( ¦ )'),
  ...pieces('import("fs") ¦ class  ¦ new  ¦ /* ¦ */'),
  // What rules look for.
  ...pieces('eval( ¦ new Function( ¦ alert( ¦ console.log( ¦ APP. ¦ AMOCRM.x =  ¦ for (;;) { ¦ $.ajax({'),
  ...pieces("async: false ¦ '/templates/x.twig' ¦ \"http://localhost\" ¦ self.i18n(' ¦ $authorizedAjax("),
  '// widget-ignore ',
];

const sheetPieces = [
  ...pieces(
    '{ ¦ } ¦ ; ¦ : ¦ , ¦ /* ¦ */ ¦ " ¦ \' ¦ ( ¦ ) ¦ [ ¦ ] ¦ \\ ¦ \n ¦ !important ¦ url( ¦ color ¦ red',
  ),
  ...pieces('@import  ¦ @media  ¦ @keyframes  ¦ @scope  ¦ :root ¦ :where( ¦ .modal ¦ .own-a ¦ #own ¦ p  ¦ *'),
  ...pieces('--palette-x ¦ --x ¦ //cdn.parcels.io/ ¦ http://localhost/ ¦ \ud800'),
];

const templatePieces = [
  ...pieces('{{ ¦ }} ¦ {% ¦ %} ¦ {# ¦ #} ¦ {{- ¦ -%} ¦ " ¦ \' ¦ ( ¦ ) ¦ [ ¦ ] ¦ { ¦ } ¦ | ¦ \n'),
  ...pieces('if  ¦ else ¦ endif ¦ for a in b  ¦ endfor ¦ set x =  ¦ block a ¦ endblock ¦ include "a"'),
  ...pieces(
    'macro a(b) ¦ a ¦ .b ¦ ~ ¦ .. ¦  is  ¦  not  ¦ <script ¦  src=" ¦ //x.io ¦ > ¦ <!-- ¦ --> ¦ 1 ¦ , ¦ : ¦ ?',
  ),
];

/** Pieces in any order, which come further than random bytes do. */
function soupOf(pieces: readonly string[]): fc.Arbitrary<Buffer> {
  return fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => Buffer.from(parts.join(' ')));
}

/** Whole statements, since of most soups no more than the first mistake is seen. */
const statements = [
  ...pieces('eval("1") ¦ new Function("a") ¦ setTimeout("x()") ¦ console.log(1) ¦ window["alert"](`a`)'),
  ...pieces(
    'APP.data.x.y = 1 ¦ delete AMOCRM.a ¦ APP["constant"]("x", 1) ¦ for (const a of [1]) self.crm_post(a)',
  ),
  ...pieces('[].map((a) => $.get("/api/v4/leads/" + a)) ¦ $.ajax({ url: a, async: false }) ¦ x = y = z++'),
  ...pieces(
    'document.createElement("script") ¦ $("<script src=//x.io>") ¦ require(["./a.js", "text!b", `${a}`])',
  ),
  ...pieces(
    'this.callbacks = {} ¦ this.callbacks.onSave = function () {} ¦ Object.assign(this, { ...a, ["b"]: 1 })',
  ),
  ...pieces(
    'class A { static #b = 1; get c() { return this?.d } } ¦ label: for (;;) break label ¦ (0, eval)("")',
  ),
  ...pieces(
    'function* f() { yield* f() } ¦ async () => { for await (const a of b) ; } ¦ `a${`b${c}`}` ¦ /[/]\\//u ¦ ;',
  ),
  '/* var a = 1; */ // widget-ignore script/eval because a\n',
];

const program = fc.array(fc.constantFrom(...statements), { maxLength: 12 }).map((lines) => {
  const inside = lines.join(';\n');
  return Buffer.from(`define(['jquery'], function ($) { ${inside}; return function () { ${inside} }; });`);
});

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

/** A widget without a fault, made once: its pictures take longer to draw than it takes to check them. */
const valid = widgetFiles();

function whole(name: string): Buffer {
  return valid.get(name) ?? Buffer.alloc(0);
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value, null, 2));
}

const figures = {
  manifests: 0,
  'i18n files': 0,
  pictures: 0,
  scripts: 0,
  stylesheets: 0,
  templates: 0,
  zips: 0,
  'zips in one process': 0,
};

const situations: readonly Situation[] = targets.flatMap((target) =>
  audiences.map((audience) => ({ target, audience })),
);

/** Whoever waits longer takes the validator for hung; a busy machine takes a few times what a quiet one does. */
const maxMilliseconds = 5000;

/** In another situation each time, so that the rules of all of them meet such files. */
function check(kind: keyof typeof figures, name: string, content: Buffer): void {
  const situation = situations[figures[kind] % situations.length];
  figures[kind] += 1;
  const started = performance.now();
  const widget = checkFiles(new Map(valid).set(name, content), situation);
  expect(performance.now() - started, 'milliseconds').toBeLessThan(maxMilliseconds);
  expectReport(widget);
}

function expectReport(widget: CheckedWidget): void {
  const { summary, findings } = widget.report;
  expect(summary.errors + summary.warnings + summary.notices).toBe(findings.length);
  for (const { line, column, message } of findings) {
    expect(line === null || (line >= 1 && column !== null && column >= 1)).toBe(true);
    // Between curly quotes stands what a script has thrown.
    expect(message.replace(/“.*”/s, '')).not.toMatch(/undefined|\[object|NaN/);
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
        check(kind, name, changed);
      }),
      { numRuns: rounds(80, 500) },
    );
  });

  it('whatever the values of the manifest are', () => {
    const keys = ['widget', 'locations', 'settings', 'tour', 'dp', 'salesbot_designer', 'left_menu', 'sms'];
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(fc.subarray(keys), fc.array(value, { minLength: 8, maxLength: 8 }), (some, values) => {
        const blocks = Object.fromEntries(some.map((key, index) => [key, values[index] ?? null]));
        check('manifests', 'manifest.json', json({ ...minimalManifest, ...blocks }));
      }),
      { numRuns: rounds(80, 500) },
    );
  });

  it('whatever the texts of a language are', () => {
    const words = fc.jsonValue({ maxDepth: 4 });
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
        check('i18n files', 'i18n/es.json', json(content));
      }),
      { numRuns: rounds(80, 500) },
    );
  });

  it('whatever a script does', () => {
    const soup = soupOf(scriptPieces);
    const script = fc.oneof(program, soup, worn(Buffer.from(plainScript)), bytes);
    fc.assert(
      fc.property(script, (content) => {
        check('scripts', 'script.js', content);
      }),
      { numRuns: rounds(80, 500) },
    );
    fc.assert(
      fc.property(script, (content) => {
        check('scripts', 'lib/list.js', content);
      }),
      { numRuns: rounds(80, 500) },
    );
  });

  it('whatever a stylesheet holds', () => {
    fc.assert(
      fc.property(soupOf(sheetPieces), (sheet) => {
        check('stylesheets', 'style.css', sheet);
      }),
      { numRuns: rounds(80, 500) },
    );
  });

  it('whatever a template holds', () => {
    fc.assert(
      fc.property(soupOf(templatePieces), (template) => {
        check('templates', 'templates/list.twig', template);
      }),
      { numRuns: rounds(80, 500) },
    );
  });
});

function zipOf(files: Iterable<[string, Buffer]>): Buffer {
  return rawZip(Array.from(files, ([name, data]) => ({ name, data })));
}

describe('readZip reports and never throws', { timeout: 900_000 }, () => {
  it('whatever the bytes of the archive are', async () => {
    const archive = zipOf([...valid].slice(0, 4));
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
      { numRuns: rounds(150, 1000) },
    );
  });
});

describe('npm run validate', { timeout: 900_000 }, () => {
  it('comes to its end over many such widgets, as a process of its own', async () => {
    const folder = await temporaryFolder();
    const damage = fc
      .constantFrom('manifest.json', 'i18n/en.json', 'images/logo.png', 'script.js')
      .chain((name) =>
        fc.oneof(bytes, worn(whole(name)), program).map((content) => new Map(valid).set(name, content)),
      );
    const widgets = fc.sample(damage, rounds(10, 200));
    for (const [index, files] of widgets.entries()) {
      await writeFile(path.join(folder, `${index}.zip`), zipOf(files));
    }

    const { exitCode, stdout, stderr } = await runValidate([`${folder}/*.zip`], { timeout: 300_000 });
    figures['zips in one process'] += widgets.length;

    expect(exitCode).toBe(1);
    expect(stderr).toBe('');
    expect(stdout).toContain(`${widgets.length} widgets`);
    expect(stdout.split('\n').filter((line) => stack.test(line))).toEqual([]);
  });
});
