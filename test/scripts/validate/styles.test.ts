import { describe, expect, it } from 'vitest';
import { styleExamples } from '../../../scripts/validate/examples/styles.js';
import { type Finding, type SituationOptions, validateFiles } from '../../../scripts/validate/index.js';
import { disabledCode } from '../../../scripts/validate/styles/disabled-code.js';
import { type WidgetParts, widgetFiles } from '../../support/widget-folder.js';

function findings(css: string, options: SituationOptions = {}, parts: WidgetParts = {}): Finding[] {
  return validateFiles(
    widgetFiles({ ...parts, files: { 'style.css': css, ...parts.files } }),
    options,
  ).findings.filter(({ code }) => code.startsWith('styles/'));
}

describe('validateFiles finds nothing in', () => {
  it.each([
    ['rules below a class of the widget’s', '.parcel-list p, .parcel-list > .modal { margin: 0 }'],
    ['rules below the widget’s id', '#parcels p { margin: 0 }'],
    ['a package below :where', ':where(.parcel-list) a{color:red}:where(.parcel-list) *{margin:0}'],
    ['variables of one’s own on :root', '.parcel-list { margin: 0 }\n:root { --parcel-list-blue: #00f }'],
    [
      'the switch of the dark theme',
      ':root[data-color-scheme="dark"] .parcel-list { color: #fff }\n:root[data-color-scheme="dark"] { --parcel-list: #000 }',
    ],
    ['key frames', '@keyframes parcel-turn { from { opacity: 0 } 50% { opacity: 1 } to { opacity: 0 } }'],
    [
      'nested rules',
      '.parcel-list { p { margin: 0 } &:hover .modal { color: red } @media print { a { color: red } } }',
    ],
    ['rules in a scope of the widget’s', '@scope (.parcel-list) { p { margin: 0 } }'],
    [
      'the block of one widget in the panel',
      '.card-widgets__widget-parcels .card-widgets__widget__body { padding: 0 }',
    ],
    [
      'a class that most rules begin with',
      '.parcels { margin: 0 }\n.parcels p { margin: 0 }\n.parcels li.done { margin: 0 }',
    ],
    ['commas in brackets and texts', '.parcel-list:is(a, b), .parcel-list[title="a, b"] { margin: 0 }'],
    [
      'files of the archive and data',
      '.parcel-list { background: url(images/a.png), url("data:image/png;base64,iVBO//cdn") }',
    ],
    ['an empty file', ''],
    [
      'hacks for old browsers',
      '.parcel-list { *zoom: 1; _height: 1px; filter: progid:DXImageTransform.Microsoft.gradient(a=1) }',
    ],
    ['rules of an at-rule that nobody knows yet', '@position-try --parcel { margin: 0 }'],
  ])('%s', (_what, css) => {
    expect(findings(css)).toEqual([]);
  });

  it('variables that a package in the archive reads', () => {
    const css = '.parcel-list { --kit-color: #00f }';
    expect(findings(css)).toHaveLength(1);
    const files = { 'kit.min.css': ':where(.parcel-list) a{color:var(--kit-color)}' };
    expect(findings(css, {}, { files })).toEqual([]);
  });

  it('rules below the code that an old manifest still has', () => {
    const css = '.modal.parcels p { margin: 0 }\n:root { --parcels-blue: #00f }';
    expect(findings(css).map(({ code }) => code)).toEqual(['styles/system-class', 'styles/variable-name']);
    const widget = { code: 'parcels' };
    expect(findings(css, {}, { manifest: { widget } })).toEqual([]);
  });
});

describe('a stylesheet of the marketplace', () => {
  it('is judged as moderators do', () => {
    const css = 'p { margin: 0 }\n.modal { margin: 0 }\n/* p { margin: 0 } */\n.own-a { --palette-x: 1 }\n';
    expect(findings(css, { audience: 'public' }).map(({ code, severity }) => [code, severity])).toEqual([
      ['styles/global-selector', 'error'],
      ['styles/system-class', 'error'],
      ['styles/commented-out', 'error'],
      ['styles/palette-redefined', 'error'],
    ]);
  });

  it('may take fonts from the hosts that Kommo excepts, and from none for amoCRM', () => {
    const css = '@import url(https://fonts.googleapis.com/css2?family=Inter);';
    expect(findings(css, { audience: 'public', target: 'kommo' })).toEqual([]);
    expect(findings(css, { audience: 'public', target: 'amocrm' })).toMatchObject([
      { code: 'styles/external-import', severity: 'error' },
    ]);
  });
});

it('names the line and the column of each selector of a list', () => {
  const found = findings('  .own-a,\n  p,\n .own-b, a:hover { margin: 0 }');
  expect(found.map(({ line, column, found }) => [line, column, found])).toEqual([
    [2, 3, '"p"'],
    [3, 10, '"a:hover"'],
  ]);
});

describe('disabledCode takes for CSS', () => {
  it.each([
    'color: red;',
    'color: red; margin: 0;',
    'p { margin: 0; }',
    '.own-a:hover,\n.b { color: red }',
    '-webkit-box-flex: 1;',
  ])('%s', (text) => {
    expect(disabledCode(text)).toBe(text.split('\n')[0]);
  });
});

describe('disabledCode takes for prose', () => {
  it.each([
    'Note: the list is late;',
    'color: as in the list',
    'The kit writes: .a { color: red; }',
    'Use .a { color: red; } to tint',
    'See https://parcels.io/docs;',
    '1. Layout',
    '=== Buttons ===',
    'TODO: margin; padding;',
    'stylelint-disable no-descending-specificity',
    'p { }',
    '',
  ])('%s', (text) => {
    expect(disabledCode(text)).toBeNull();
  });
});

describe('a stylesheet as large and deep as it likes', { timeout: 30_000 }, () => {
  it.each([
    ['a hundred thousand open blocks', 'a{'.repeat(100_000)],
    ['fifty thousand nested blocks', 'a{'.repeat(50_000) + '}'.repeat(50_000)],
    ['fifty thousand selectors', `${'p,\n'.repeat(50_000)}p{}`],
    ['thirty thousand rules', 'p{margin:0}\n'.repeat(30_000)],
    ['selectors full of brackets', `${':is('.repeat(50_000)}p${')'.repeat(50_000)}{}`],
    ['addresses that are never closed', `.own-a{b:"${'url('.repeat(50_000)}"}`],
    ['a comment of a megabyte', `/*${'a{b:'.repeat(250_000)};*/`],
    ['classes full of escapes', `.${'\\\\'.repeat(100_000)}{}`],
    ['texts that are never closed', `[a=${'\\"'.repeat(50_000)}{}`],
  ])('comes to an end: %s', (_what, css) => {
    const started = performance.now();
    expect(findings(css).length).toBeLessThan(1000);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('the examples', () => {
  it.each(Object.entries(styleExamples))('of %s show it', (code, { wrong, right, situation }) => {
    const codes = (parts: WidgetParts): string[] =>
      validateFiles(widgetFiles(parts), situation).findings.map((finding) => finding.code);
    expect(new Set(codes(wrong))).toEqual(new Set([code]));
    expect(codes(right)).toEqual([]);
  });
});
