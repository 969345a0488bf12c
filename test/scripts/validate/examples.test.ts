import { describe, expect, it } from 'vitest';
import { examples } from '../../../scripts/validate/examples/index.js';
import { codes } from '../../../scripts/validate/registry.js';
import { exampleReport } from '../../support/example-report.js';

const codesIn = (...example: Parameters<typeof exampleReport>): string[] =>
  exampleReport(...example).findings.map(({ code }) => code);

describe.each(Object.entries(examples))('the example of %s', (code, { wrong, right, situation }) => {
  it('triggers the rule, and what is right triggers nothing at all', () => {
    expect(codesIn(wrong, situation)).toContain(code);
    expect(codesIn(right, situation)).toEqual([]);
  });
});

describe('the examples', () => {
  it('are there for every code that a finding can have, and so is its help', () => {
    expect(Object.keys(examples).sort()).toEqual(codes.map(({ code }) => code).sort());
    expect(codes.filter(({ help = '' }) => help === '').map(({ code }) => code)).toEqual([]);
  });
});
