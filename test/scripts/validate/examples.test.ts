import { describe, expect, it } from 'vitest';
import { examples, type ExampleParts } from '../../../scripts/validate/examples/index.js';
import { widgetFiles } from '../../../scripts/validate/examples/widget.js';
import { codes, rules } from '../../../scripts/validate/registry.js';
import { runRule } from '../../../scripts/validate/rule.js';
import type { SituationOptions } from '../../../scripts/validate/situation.js';
import { createView } from '../../../scripts/validate/view.js';

function codesIn(parts: ExampleParts, situation: SituationOptions): string[] {
  const view = createView({ files: widgetFiles(parts), problems: parts.problems ?? [] }, situation);
  return rules.flatMap((rule) => runRule(rule, view)).map(({ code }) => code);
}

describe.each(Object.entries(examples))('the example of %s', (code, { wrong, right, situation = {} }) => {
  it('triggers the rule, and what is right triggers nothing at all', () => {
    expect(codesIn(wrong, situation)).toContain(code);
    expect(codesIn(right, situation)).toEqual([]);
  });
});

describe('the examples', () => {
  it('are there for every rule, and so is its help', () => {
    expect(rules.filter(({ code }) => examples[code] === undefined).map(({ code }) => code)).toEqual([]);
    expect(codes.filter(({ help = '' }) => help === '').map(({ code }) => code)).toEqual([]);
  });

  it('are examples of rules that there are', () => {
    const codes = new Set(rules.map(({ code }) => code));

    expect(Object.keys(examples).filter((code) => !codes.has(code))).toEqual([]);
  });
});
