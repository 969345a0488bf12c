import vm from 'node:vm';
import { describe, expect, it } from 'vitest';
import { guardLoops, instrumentFiles } from '../../../src/sandbox/site/instrument.js';

/** Runs the instrumented script and counts the guard's calls; `out` is what the script left in `result`. */
function run(script: string): { out: unknown; guarded: string[] } {
  const guarded: string[] = [];
  const page = vm.createContext({
    result: undefined,
    __loopGuard: (code: string) => {
      guarded.push(code);
    },
  });
  vm.runInContext(guardLoops(script, 'my_code'), page);
  return { out: page['result'], guarded };
}

describe('every kind of loop is guarded at each turn, and does what it did', () => {
  it.each([
    ['for', 'result = 0; for (var i = 0; i < 3; i++) { result += i; }', 3, 3],
    ['for without brackets', 'result = 0; for (var i = 0; i < 3; i++) result += i', 3, 3],
    ['for without a body', 'for (result = 0; result < 3; result++);', 3, 3],
    ['for in', 'result = ""; for (var k in { a: 1, b: 2 }) result += k;', 'ab', 2],
    ['for of', 'result = ""; for (const k of ["a", "b"]) { result += k }', 'ab', 2],
    ['while', 'result = 0; while (result < 2) result++;', 2, 2],
    ['do while', 'result = 0; do result++; while (result < 2)', 2, 2],
    ['loops in loops', 'result = 0; for (var i = 0; i < 2; i++) for (var j = 0; j < 2; j++) result++', 4, 6],
    ['labels', 'result = 0; a: for (;;) { while (true) { if (++result > 2) break a; continue a; } }', 3, 6],
    ['a loop between if and else', 'if (0) for (;;) x(); else result = 1;', 1, 0],
    ['generators', 'function* g() { while (true) yield 1 } for (result of g()) break;', 1, 2],
    [
      'a widget whose self is its own',
      'var self = {}, window = {}; for (result = 0; result < 2; result++);',
      2,
      2,
    ],
  ])('%s', (_what, script, out, calls) => {
    const ran = run(script);
    expect(ran.out).toBe(out);
    expect(ran.guarded).toEqual(Array<string>(calls).fill('my_code'));
  });
});

it('keeps the lines, so that errors and breakpoints stay where they were', () => {
  const script = 'for (;;)\n  // why\n  x();\nwhile (1) {\n  y();\n}\n';
  expect(guardLoops(script, 'a').split('\n')).toHaveLength(script.split('\n').length);
});

it('needs no guard on the page: workers load scripts too', () => {
  const page = vm.createContext({ result: 0 });
  vm.runInContext(guardLoops('while (result < 2) result++', 'a'), page);
  expect(page['result']).toBe(2);
});

it('takes modules and leaves alone what is no JavaScript', () => {
  expect(guardLoops('export const a = 1; for (;;) {}', 'a')).toContain('__loopGuard');
  expect(guardLoops('define([], function ( {', 'a')).toBe('define([], function ( {');
});

describe('files', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it('instruments scripts once for the same content', () => {
    const serve = instrumentFiles();
    const first = serve('a', 'script.js', bytes('for (;;);'));
    expect(new TextDecoder().decode(first)).toContain('__loopGuard');
    expect(serve('a', 'lib/other.js', bytes('for (;;);'))).toBe(first);
    expect(serve('b', 'script.js', bytes('for (;;);'))).not.toBe(first);
  });

  it.each(['templates/for.twig', 'i18n/en.json', 'script.js.map', 'js'])('serves %s as it is', (file) => {
    const content = bytes('for (;;);');
    expect(instrumentFiles()('a', file, content)).toBe(content);
  });

  it('serves a script without loops as it is', () => {
    const content = bytes('\ufeffvar a = 1;');
    expect(instrumentFiles()('a', 'script.js', content)).toBe(content);
  });
});
