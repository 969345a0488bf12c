import { describe, expect, it } from 'vitest';
import { whenStarted } from '../../../scripts/validate/examples/script.js';
import { validateFiles } from '../../../scripts/validate/index.js';
import type { SituationOptions } from '../../../scripts/validate/index.js';
import { widgetFiles } from '../../support/widget-folder.js';

function found(code: string, situation: SituationOptions = {}): string[] {
  const files = widgetFiles({ files: { 'script.js': whenStarted(code) } });
  return validateFiles(files, situation).findings.map((one) => `${one.severity} ${one.code}`);
}

describe('validateFiles takes for an explanation', () => {
  it.each([
    ['a sentence', '// Starts when the card is open; see render().'],
    ['a call in a sentence', '// init() comes after render(), as always'],
    ['the name of a function alone', '// bind_actions()'],
    ['the name of a method alone', '// self.widgetsOverlay()'],
    ['the name of a function and what it takes', '// init(widget)'],
    ['a word and a colon', '// Note: the icon is red (until it was saved);'],
    ['a list of values', '// one = red, two = green'],
    ['an address', '// https://www.kommo.com/parcels?id=1;'],
    ['a doc comment with an example', "/** Marks it: self.set_status('error'); */"],
    ['a comment for a tool', '// eslint-disable-next-line no-undef, no-alert;'],
    ['a word about a default', '// default: nothing'],
    ['a sentence that ends in a bracket', '// The rest (of the parcels) is late {yes}'],
  ])('%s', (_what, comment) => {
    expect(found(`${comment}\nself.set_status('installed');`)).toEqual([]);
  });
});

describe('validateFiles leaves alone', () => {
  it.each([
    [
      'a file in the folder of the widget',
      "require([self.params.path + '/script.js?v=' + self.get_version()]);",
    ],
    ['a file in a template', 'require([`${self.params.path}/script.js`]);'],
    ['one of two modules', "require([self.late ? 'moment' : 'underscore']);"],
    ['a require of one’s own', '((require) => require(self.modules))(self.load);'],
    ['the configuration of the loader', 'require({ waitSeconds: 9 });'],
    ['a request by the platform’s own server', "self.crm_post('http://www.kommo.com/x', {}, self.init);"],
    ['a window by http', "window.open('http://www.kommo.com/');"],
    ['a link by http', "$('#x').html('<a href=\"http://www.kommo.com/\">all</a>');"],
    ['an address by http that nothing asks for', "self.set_settings({ site: 'http://www.kommo.com/' });"],
    ['defines for two ways of loading', 'if (self.a) define([], self.a);\nelse define([], self.b);'],
    ['an alert of one’s own', 'const alert = (text) => self.set_status(text);\nalert("x");'],
    ['a console of one’s own', 'const console = { log: self.set_status };\nconsole.log("x");'],
    [
      'console.trace where a promise is rejected',
      "fetch('/x').then(() => 1, (error) => console.trace(error));",
    ],
    [
      'console.trace in a function that is handed over for errors',
      "const tell = (error) => console.trace(error);\nfetch('/x').then(null, tell);",
    ],
    [
      'console.trace in a method that is handed over for errors',
      "self.tell = function (error) { console.trace(error); };\nfetch('/x').catch(self.tell);",
    ],
    ['console.trace in a catch', 'try { self.init(); } catch (error) { console.trace(error); }'],
    [
      'a request that a click sends',
      "for (const id of [1]) $('#x' + id).on('click', () => fetch('/api/v4/leads/' + id));",
    ],
    [
      'a request for what a loop goes through',
      "(async () => { for (const one of await fetch('/api/v4/leads')) self.set_status(one); })();",
    ],
    ['async: false of something else', 'self.set_settings({ async: false });'],
    ['a variable that is asked about first', "const a = typeof Parcels === 'undefined' ? null : Parcels;"],
    ['a variable that a script puts into the window', 'window.parcels = 1;\nself.set_status(parcels);'],
    [
      'documented members of APP',
      "const card = APP.data.current_card;\nAPP.constant('account');\nAPP.sdk.showUserStatus();",
    ],
    ['a plugin of the loader as a module', "require(['text'], (text) => self.set_settings({ text }));"],
    ['the word eval in a text', "self.set_status('eval(1)');"],
  ])('%s', (_what, code) => {
    expect(found(code)).toEqual([]);
  });
});

describe('validateFiles is as strict as the marketplace', () => {
  const publicly = { audience: 'public' } as const;

  it.each([
    ['eval', "const sum = eval('1');", 'error script/eval'],
    ['alert', "alert('x');", 'error script/alert'],
    ['console.debug in Kommo', "console.debug('x');", 'error script/console'],
    ['confirm in Kommo', "confirm('x');", 'warning script/confirm'],
    [
      'a module that is not documented',
      "require(['lib/common/urlparams']);",
      'warning script/undocumented-module',
    ],
  ])('about %s, for the public', (_what, code, expected) => {
    expect(found(code, publicly)).toEqual([expected]);
  });

  it('of each platform: amoCRM permits console.debug, Kommo the public stores of libraries', () => {
    const store = "require(['https://code.jquery.com/ui.js']);";

    expect(found("console.debug('x');", { ...publicly, target: 'amocrm' })).toEqual([]);
    expect(found("confirm('x');", { ...publicly, target: 'amocrm' })).toEqual(['error script/confirm']);
    expect(found('APP.widgets.legal_handlers = [];', { ...publicly, target: 'amocrm' })).toEqual([]);
    expect(found(store, { ...publicly, target: 'amocrm' })).toEqual(['error script/external-library']);
    expect(found(store, publicly)).toEqual([]);
  });
});

describe('validateFiles comes to an end on scripts', { timeout: 60_000 }, () => {
  const last = "\neval('1');\n";
  /** Without them one long line would be taken for minified code. */
  const lines = '\n'.repeat(2000);

  it.each([
    ['with a sum of two thousand texts', `const text = ${"'a' + ".repeat(2000)}'';`],
    ['with ten thousand comments', `// a = (b;\n\n`.repeat(10_000)],
    ['with a comment that never parses', `/* ${'if (a) { '.repeat(1500)} */`],
    ['with ten thousand requests for modules', "require(['moment']);\n".repeat(10_000)],
    ['with ten thousand names from the store', 'var a = localStorage.b;\n'.repeat(10_000)],
    [
      'with a name from the store and as many spaces',
      `var a = localStorage.b; c${' '.repeat(200_000)};${lines}`,
    ],
    [
      'with a name from the store and as long a name',
      `var a = localStorage.b, c${'d'.repeat(200_000)};${lines}`,
    ],
    [
      'with as many names for names',
      Array.from({ length: 5000 }, (_one, at) => `const a${at + 1} = a${at};`).join('\n'),
    ],
    ['with as many handlers of errors', 'x.then(a, b).catch(c);\n'.repeat(20_000)],
    ['with two hundred thousand empty lines', `self.a =${'\n'.repeat(200_000)}1;`],
  ])('%s, and still finds eval', (_what, code) => {
    expect(found(code + last)).toContain('warning script/eval');
  });

  it('tells that it could not look into one that nests too deep', () => {
    expect(found(`const deep = ${'['.repeat(20_000)}${']'.repeat(20_000)};`)).toContain(
      'notice script/not-inspected',
    );
  });

  const functionOf = (text: string): string =>
    `define([], function () {\n  return function () {\n    this.callbacks = { render: () => true, init: () => true, bind_actions: () => true, onSave: () => true };\n${text}  };\n});\n`;
  const longLine = `var a = ${'1+'.repeat(100_000)}1;\n`;

  it.each([
    ['that is too large', functionOf('    var a = [1, 2, 3];\n'.repeat(300_000)), 'too large to be checked'],
    ['that is minified and too large for that', functionOf(longLine.repeat(9)), 'too large to be checked'],
    [
      'whose variables are too many',
      functionOf('    var a = [1, 2, 3];\n'.repeat(100_000)),
      'Which variables',
    ],
  ])('tells of a script.js %s', (_what, text, said) => {
    const { findings } = validateFiles(widgetFiles({ files: { 'script.js': text } }));
    const told = findings.filter(({ code }) => code === 'script/not-inspected');

    expect(told).toMatchObject([{ file: 'script.js', severity: 'notice' }]);
    expect(told[0]?.message).toContain(said);
    expect(findings.map(({ code }) => code)).not.toContain('script/undecided');
  });

  it('looks into ES modules, which have names of their own', () => {
    const { findings } = validateFiles(
      widgetFiles({
        files: {
          'parcels.mjs': "import { late } from './late.mjs';\nexport const parcels = [late, missing];\n",
          'late.mjs': 'export const late = true;\n',
        },
      }),
    );

    expect(findings.filter(({ code }) => code.startsWith('script/'))).toMatchObject([
      { code: 'script/unknown-variable', file: 'parcels.mjs', line: 2, found: 'missing' },
    ]);
  });

  it('reads script.js before libraries that leave no room for more', () => {
    const library = `/* a licence */\n${'var a = [1, 2, 3];\n'.repeat(250_000)}`;
    const { findings } = validateFiles(
      widgetFiles({
        files: {
          'script.js': whenStarted(last),
          'lib/a.js': library,
          'lib/b.js': library,
        },
      }),
    );

    expect(findings.filter(({ code }) => code === 'script/eval')).toMatchObject([{ file: 'script.js' }]);
    expect(findings.filter(({ code }) => code === 'script/not-inspected')).toMatchObject([
      { file: 'lib/b.js', found: 'the scripts together are too large to be checked' },
    ]);
  });

  it('looks into five megabytes of one’s own in a few seconds', () => {
    const code = `define([], function () {\n${'  function f() {\n    return 1 + 2;\n  }\n'.repeat(120_000)}${last}});\n`;
    const started = performance.now();
    const { findings } = validateFiles(widgetFiles({ files: { 'parcels.js': code } }));

    expect(code.length).toBeGreaterThan(4_500_000);
    expect(findings.map((one) => one.code)).toContain('script/eval');
    // Three seconds are the aim of the command on a machine that does nothing else.
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
