import { type AnyNode, parse } from 'acorn';
import { expect, it } from 'vitest';
import { parseScript } from '../../../scripts/validate/script/parse.js';
import { walk } from '../../../scripts/validate/script/walk.js';

const script = `function f({ a, b = a }, ...rest) { return \`\${a}\${rest}\`; }
class C { static #x = 1; get y() { return C.#x?.y ?? f({ a: 1, b }); } }
for (const { a } of []) label: while (a) { try { break label; } catch { continue; } }
(async () => { await import('x'); })();`;

function rangesIn(root: AnyNode): string[] {
  const ranges: string[] = [];
  walk(root, ({ node }) => ranges.push(`${node.type} ${String(node.range)}`));
  return ranges;
}

it('gives every node the range that acorn gives it', () => {
  const parsed = parseScript(script, { ranges: true });
  const expected = rangesIn(parse(script, { ecmaVersion: 'latest', ranges: true }));
  expect(parsed.kind === 'program' && rangesIn(parsed.program)).toEqual(expected);
  expect(expected.length).toBeGreaterThan(60);
});

it('gives nodes that are walked through as those without ranges are', () => {
  const types = (ranges: boolean): string[] => {
    const found: string[] = [];
    const parsed = parseScript(script, { ranges });
    if (parsed.kind === 'program') walk(parsed.program, ({ node }) => found.push(node.type));
    return found;
  };
  expect(types(true)).toEqual(types(false));
});
