import { describe, expect, it } from 'vitest';
import type { Finding, ValidationReport } from '../../../scripts/validate/index.js';
import { makeReport } from '../../../scripts/validate/finding.js';
import { plainFinding as base } from '../../support/checked-widget.js';

const reportOf = (findings: readonly Finding[]): ValidationReport =>
  makeReport(findings, { target: 'kommo', audience: 'private' });

describe('makeReport', () => {
  it('orders by file, then line, column and code, with the archive as a whole first', () => {
    const at = (file: string | null, line: number | null, column: number | null, code = 'a/a'): Finding => ({
      ...base,
      file,
      line,
      column,
      code,
    });
    const ordered = [
      at(null, null, null),
      at('B', 9, 9),
      at('a', null, null),
      at('a', 2, 1, 'a/z'),
      at('a', 2, 10, 'a/b'),
      at('a', 2, 10, 'a/c'),
      at('a', 10, 1),
      at('b', 1, 1),
    ];

    expect(reportOf([...ordered].reverse()).findings).toEqual(ordered);
  });
});
