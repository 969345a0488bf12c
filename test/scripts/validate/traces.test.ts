import { describe, expect, it } from 'vitest';
import { codeChecks } from '../../../scripts/validate/rules/script/checks.js';
import type { CodeCheck } from '../../../scripts/validate/script/check.js';
import { inspectScripts, type ScriptSource } from '../../../scripts/validate/script/source.js';
import { isScript, mayHoldRefused, plainText } from '../../../scripts/validate/script/traces.js';

/** What is refused, by the code of its check, in spellings that a search for the usual one would miss. */
const spellings: Record<string, readonly string[]> = {
  'script/external-library': [
    "define(['jquery', '//cdn.example.com/a.js'], f)",
    "define('name', ['a',\n 'b', 'text!https://cdn.example.com/a.js'], f)",
    "require(['http:\\x2f/cdn.example.com/a.js'])",
    'requirejs /* now */ (["//cdn.example.com/a.js"])',
    "window['require'](['//cdn.example.com/a.js'])",
    "require.config({ paths: { a: '//cdn.example.com/a' } })",
    "require['config']({ paths: { a: '//cdn.example.com/a' } })",
    'import(`//cdn.example.com/${name}.js`)',
  ],
  'script/script-tag': [
    "document.createElement('script')",
    'document["createElement"] (("SCRIPT"))',
    "document.createElement(/* of mine */ 'script')",
    "document.createElement?.('\\x73cript')",
    "document.createElementNS('http://www.w3.org/1999/xhtml', 'script')",
    'jQuery.getScript(a)',
    '$(\'body\').append(\'<p style="color: red; margin: 0"></p><script src="a.js"></script>\')',
    "$('<' + a, '<script\\n>')",
    'document.write("<scr\\ipt >")',
    "jQuery ( '<script>' )",
  ],
  'script/eval': ["eval('a')", '(0, eval)(a)', "window['eval'](a)", "\\u0065val('a')", "self['ev\\x61l'](a)"],
  'script/function-from-text': [
    "new Function('a')",
    "Function ('a')()",
    "new (Function)('a')",
    "new window['Function']('a')",
    "Function // text\n('a')",
  ],
  'script/timer-from-text': [
    "setTimeout('a()', 1)",
    "window['setInterval'] ( ('a' + b), 1)",
    'setTimeout(/* text */ `a()`, 1)',
    "(0, self.setTimeout)('a' + '()', 1)",
  ],
  'script/alert': ['alert(1)', "window['alert'](1)", '(0, alert)(1)', 'alert?.(1)', 'alert /* me */ (1)'],
  'script/confirm': ['confirm(1)', 'top.confirm\n(1)'],
  'script/prompt': ['prompt(1)', 'self["prompt"](1)'],
  'script/console': [
    'console.log(1)',
    'console\n  .log(1)',
    "window['console']['log'](1)",
    '(console).log(1)',
    'console?.log(1)',
    'console/* my */.log(1)',
    'var log = console.log',
  ],
  'script/synchronous-request': [
    '$.ajax({ async: false })',
    '$.ajax({ "async" : (false) })',
    "$.ajax({ ['async']: false })",
    '$.ajax({ async: /* no */ false })',
    "xhr.open('get', a, false)",
    'xhr["open"] ( "POST", a, false)',
    "xhr.open(/* m */'GET', a, false)",
  ],
};

const grave = codeChecks.filter(({ inVendor }) => inVendor !== undefined);

/** Enough text in one line to be taken for minified code. */
const long = `var a=[${'1,2,3,4,5,6,7,8,9,'.repeat(4000)}0];`;

function read(text: string, { file = 'vendor/library.js', checks = codeChecks } = {}): ScriptSource {
  const [script] = inspectScripts(new Map([[file, Buffer.from(text)]]), checks);
  if (script === undefined) throw new Error('no script');
  return script;
}

describe('traces of what is refused', () => {
  it('are known of every check that holds for code of others', () => {
    expect(grave.map(({ code }) => code).sort()).toEqual(Object.keys(spellings).sort());
    expect(grave.filter(({ traces }) => traces === undefined)).toEqual([]);
  });

  const cases = Object.entries(spellings).flatMap(([code, texts]) =>
    texts.map((text) => [code, text] as const),
  );

  it.each(cases)('of %s are in %s', (code, text) => {
    const [check] = grave.filter((one) => one.code === code);
    // Without traces every script is taken apart: that the spelling is one that the check knows.
    const always = { ...check, traces: /(?:)/ } as CodeCheck;
    expect(read(text, { checks: [always] }).remarks.get(code)).toHaveLength(1);
    expect(read(text).remarks.get(code)).toEqual(read(text, { checks: [always] }).remarks.get(code));
  });

  it.each([
    'var { log } = console;',
    'jQuery.globalEval(a)',
    '$.ajax({async:!1})',
    'xhr.open(method, address, !1)',
    '$.ajax({ "dataType": "script" })',
  ])('are in %s', (text) => {
    expect(mayHoldRefused(text, grave)).toBe(true);
  });

  it.each([
    'e.createElement("div"),t.innerHTML="<script><\\/script>"',
    'case"script":return!0',
    'setTimeout(function(){},"a"),x instanceof Function,Function.prototype.call.apply(f)',
    'function(){consoles.log}',
    'new Promise(open),window.open(a,"_blank")',
    'xmlns="http://www.w3.org/2000/svg";define(["a"],function(){return"https://reactjs.org/"})',
    'var evaluate=1,medieval=2,alerts=3',
  ])('are not in %s', (text) => {
    expect(mayHoldRefused(text, grave)).toBe(false);
  });
});

describe('code of others', () => {
  it('that has no trace of what is refused is not taken apart', () => {
    expect(read('this is no script').failure).toBeNull();
    expect(read('this is no script; eval(1)').failure).toMatchObject({ kind: 'syntax' });
  });

  it('that may be one’s own too has its syntax looked at', () => {
    expect(read(long, { file: 'bundle.js' })).toMatchObject({ origin: 'mixed', failure: null });
    expect(read(`${long} var;`, { file: 'bundle.js' }).failure).toMatchObject({ kind: 'syntax', line: 1 });
    expect(read(`#!/usr/bin/env node\n${long}`, { file: 'bundle.js' }).failure).toMatchObject({
      kind: 'syntax',
    });
    expect(read(`${long} export { a };`, { file: 'bundle.mjs' }).failure).toBeNull();
  });

  it('is a script when Node takes it for one, which runs nothing of it', () => {
    expect(isScript('throw new Error("it ran")')).toBe(true);
    expect(isScript('function f() { return /(/ }')).toBe(false);
    expect(isScript('export default 1')).toBe(false);
    expect(isScript(`${'('.repeat(100_000)}1${')'.repeat(100_000)}`)).toBe(false);
  });
});

describe('plain text', () => {
  it.each([
    ['\\x65val', 'eval'],
    ['\\u0065val', 'eval'],
    ['\\u{65}val', 'eval'],
    ['\\145val', 'eval'],
    ['\\eval', 'eval'],
    ['ev\\\nal', 'eval'],
    ['ev\\\r\nal', 'eval'],
    ['<script\\n>', '<script\n>'],
    ['\\\\x65val', '\\x65val'],
    ['\\u{ffffff}eval', 'eval'],
    ['a\\', 'a\\'],
  ])('of %j is %j', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });
});
