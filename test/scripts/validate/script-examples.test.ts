import { describe, expect, it } from 'vitest';
import { scriptExamples } from '../../../scripts/validate/examples/script.js';
import { widgetFiles } from '../../../scripts/validate/examples/widget.js';
import { validateFiles } from '../../../scripts/validate/index.js';
import { scriptRules } from '../../../scripts/validate/rules/script/index.js';

describe('the examples of the rules of scripts', () => {
  it('are there for every rule and for no other', () => {
    expect(Object.keys(scriptExamples).sort()).toEqual(scriptRules.map(({ code }) => code).sort());
  });

  it.each(Object.entries(scriptExamples))(
    '%s: wrong has the finding alone, right has none',
    (code, example) => {
      const { wrong, right, situation } = example;

      expect(validateFiles(widgetFiles(wrong), situation).findings.map((one) => one.code)).toEqual([code]);
      expect(validateFiles(widgetFiles(right), situation).findings).toEqual([]);
    },
  );
});
