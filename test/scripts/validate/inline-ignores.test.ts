import { describe, expect, it } from 'vitest';
import { validateFiles } from '../../../scripts/validate/index.js';
import { inlineIgnores } from '../../../scripts/validate/ignores/inline.js';
import { widgetFiles } from '../../support/widget-folder.js';

/** The lines of `text` that its one comment stands for. */
function linesOf(text: string, file = 'script.js'): number[] {
  const [ignore, ...more] = inlineIgnores(new Map([[file, Buffer.from(text)]]));
  expect(more).toEqual([]);
  return [1, 2, 3, 4, 5, 6].filter((line) => ignore?.covers({ file, line }) === true);
}

function codesIn(files: Record<string, string>): (string | number | null)[][] {
  const { findings } = validateFiles(widgetFiles({ files }));
  return findings.map(({ code, file, line }) => [code, file, line]);
}

describe('widget-ignore', () => {
  it.each([
    ['a line comment above', 'a;\n// widget-ignore x/y because z\nb;\nc;', [3]],
    ['a line comment behind', 'a;\nb; // widget-ignore x/y because z\nc;', [2]],
    ['a block comment before', 'a;\n/* widget-ignore x/y because z */ b;\nc;', [2]],
    ['a block comment of several lines', 'a;\n/*\n * widget-ignore x/y\n * because z\n */\nb;', [6]],
    ['a comment in lines that end with CR LF', 'a;\r\n// widget-ignore x/y because z\r\nb;\r\nc;', [3]],
    ['a comment in the last line', 'a;\n// widget-ignore x/y because z', [3]],
    [
      'a comment behind a regular expression and a template',
      'a(/[/*]/, `/*${1}`); // widget-ignore x/y because z',
      [1],
    ],
    ['a comment before what is no script', '// widget-ignore x/y because z\nfunction (', [2]],
  ])('stands in %s for the lines that it should', (_where, text, lines) => {
    expect(linesOf(text)).toEqual(lines);
  });

  it('stands for the same in styles, whatever strings hold', () => {
    expect(
      linesOf('a::after { content: "/*" }\n/* widget-ignore x/y because z */\nb {}', 'style.css'),
    ).toEqual([3]);
    expect(linesOf("a { content: '\\'/*'; } /* widget-ignore x/y because z */\nb {}", 'style.css')).toEqual([
      1,
    ]);
    expect(
      inlineIgnores(new Map([['style.css', Buffer.from('a::after { content: "/* widget-ignore x/y */" }')]])),
    ).toEqual([]);
  });

  it('stands for the line below several of them', () => {
    const text = '// widget-ignore x/y because z\n// widget-ignore x/z because z\na;\nb;';
    const ignores = inlineIgnores(new Map([['lib/a.mjs', Buffer.from(text)]]));

    expect(ignores.map(({ code }) => code)).toEqual(['x/y', 'x/z']);
    for (const ignore of ignores) {
      expect([1, 2, 3, 4].filter((line) => ignore.covers({ file: 'lib/a.mjs', line }))).toEqual([3]);
      expect(ignore.covers({ file: 'script.js', line: 3 })).toBe(false);
      expect(ignore.covers({ file: 'lib/a.mjs', line: null })).toBe(false);
    }
  });

  it('is read in comments alone, at their beginning', () => {
    for (const text of [
      'a("// widget-ignore x/y because z");',
      '// see widget-ignore x/y because z',
      '// widget-ignored x/y because z',
      '// widget-ignore-all x/y because z',
    ]) {
      expect(inlineIgnores(new Map([['script.js', Buffer.from(text)]])), text).toEqual([]);
    }
    expect(inlineIgnores(new Map([['readme.md', Buffer.from('// widget-ignore x/y because z')]]))).toEqual(
      [],
    );
  });

  it('leaves out the finding that it stands for, of its rule alone', () => {
    const lineEnds =
      '.my-a {} /* widget-ignore text/line-ends because it is another library */\r\n.my-b {}\n';
    const mark = '\uFEFF.my-a {}\n';

    expect(codesIn({ 'style.css': lineEnds })).toEqual([]);
    expect(codesIn({ 'style.css': mark + lineEnds })).toEqual([['text/byte-order-mark', 'style.css', 1]]);
  });

  it('is reported where it met nothing, has no reason, or names no rule', () => {
    expect(codesIn({ 'style.css': '\n/* widget-ignore text/line-ends because x */\n' })).toEqual([
      ['ignore/unused', 'style.css', 2],
    ]);
    expect(codesIn({ 'style.css': '/* widget-ignore text/line-ends */\r\n' })).toEqual([
      ['ignore/without-reason', 'style.css', 1],
      ['text/line-ends', 'style.css', 1],
    ]);
    expect(codesIn({ 'style.css': '/* widget-ignore text/line-ends because */\n' })).toEqual([
      ['ignore/without-reason', 'style.css', 1],
    ]);
    for (const text of [
      '/* widget-ignore text/line-endz because x */',
      '/* widget-ignore */',
      '/* widget-ignore because x */',
    ]) {
      expect(codesIn({ 'style.css': text }), text).toEqual([['ignore/unknown-code', 'style.css', 1]]);
    }
    const [finding] = validateFiles(
      widgetFiles({ files: { 'style.css': '/* widget-ignore text/line-endz because x */' } }),
    ).findings;
    expect(finding?.message).toBe('There is no rule "text/line-endz". Did you mean "text/line-ends"?');
  });

  it('can itself be ignored by nobody but the configuration', () => {
    const twice =
      '/* widget-ignore ignore/unused because x */\n/* widget-ignore text/line-ends because x */\n';

    expect(codesIn({ 'style.css': twice }).map(([code]) => code)).toEqual([
      'ignore/unknown-code',
      'ignore/unused',
    ]);
  });

  it('comes to an end on a line of a hundred thousand comments', { timeout: 20_000 }, () => {
    const text = '/* widget-ignore text/line-ends because x */'.repeat(100_000);
    const { findings } = validateFiles(widgetFiles({ files: { 'style.css': text, 'extra.js': text } }));

    expect(findings.filter(({ code }) => code === 'ignore/unused').length).toBeLessThanOrEqual(201);
  });
});
