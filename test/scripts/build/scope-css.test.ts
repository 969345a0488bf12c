import { describe, expect, it } from 'vitest';
import { scopeCss } from '../../../scripts/build/scope-css.js';

const scoped = (css: string): string => scopeCss(css, '.root');

describe('scopeCss', () => {
  it.each([
    ['a rule', '.a{top:0}', ':where(.root) .a{top:0}'],
    ['each selector of a list', '.a,\n.b > .c{top:0}', ':where(.root) .a,\n:where(.root) .b > .c{top:0}'],
    ['several rules', '.a{top:0}\n\n.b{top:1px}', ':where(.root) .a{top:0}\n\n:where(.root) .b{top:1px}'],
    ['commas in brackets', '.a:is(.b,.c),.d{}', ':where(.root) .a:is(.b,.c),:where(.root) .d{}'],
    ['commas in attributes', '.a[title="x,y{"],.b{}', ':where(.root) .a[title="x,y{"],:where(.root) .b{}'],
    ['escaped characters', '.a\\,b,.c\\{{}', ':where(.root) .a\\,b,:where(.root) .c\\{{}'],
    ['braces in a value', '.a{content:"}"}.b{}', ':where(.root) .a{content:"}"}:where(.root) .b{}'],
    [
      'braces in a comment',
      '/* .x{,} */.a{/*}*/top:0}.b{}',
      '/* .x{,} */:where(.root) .a{/*}*/top:0}:where(.root) .b{}',
    ],
    [
      'rules in a condition',
      '@media print{.a,.b{top:0}}',
      '@media print{:where(.root) .a,:where(.root) .b{top:0}}',
    ],
    [
      'conditions in one another',
      '@layer x{@supports (a:b){.a{}}}.b{}',
      '@layer x{@supports (a:b){:where(.root) .a{}}}:where(.root) .b{}',
    ],
    ['nested rules once', '.a{top:0;&:hover{top:1px}}', ':where(.root) .a{top:0;&:hover{top:1px}}'],
  ])('puts %s below the root', (_case, css, expected) => {
    expect(scoped(css)).toBe(expected);
  });

  it.each([
    '@keyframes spin{0%{top:0}50%,to{top:1px}}',
    '@-webkit-keyframes spin{from{top:0}}',
    '@font-face{font-family:x}',
    '@property --x{syntax:"*"}',
    '@charset "utf-8";',
    '@layer a,b;',
  ])('leaves %s as it is, and goes on behind it', (css) => {
    expect(scoped(`${css}.a{}`)).toBe(`${css}:where(.root) .a{}`);
  });

  it('keeps the licence comments', () => {
    expect(scoped('/*! @license X */.a{}')).toBe('/*! @license X */:where(.root) .a{}');
  });

  it.each(['.a{top:0', '.a', '.a{}}', ':root{--x:0}', 'html .a{}', 'body{}'])(
    'refuses %s, which it cannot put below the root',
    (css) => {
      expect(() => scoped(css)).toThrow(/below/);
    },
  );

  it('leaves nothing of nothing', () => {
    expect([scoped(''), scoped(' \n')]).toEqual(['', ' \n']);
  });
});
