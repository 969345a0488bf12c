import { describe, expect, it } from 'vitest';
import {
  type Finding,
  formatJson,
  formatText,
  type ValidationReport,
} from '../../../scripts/validate/index.js';
import { makeReport } from '../../../scripts/validate/finding.js';

const base: Finding = {
  code: 'manifest/wrong-value',
  severity: 'error',
  message: 'widget.interface_version must be 2.',
  file: 'manifest.json',
  line: 9,
  column: 5,
  expected: '2',
  found: 'the number 1',
  help: null,
};

const situation = { target: 'kommo', audience: 'private' } as const;
const reportOf = (findings: readonly Finding[]): ValidationReport => makeReport(findings, situation);

const report = reportOf([
  base,
  {
    ...base,
    code: 'manifest/placeholder-url',
    severity: 'warning',
    message:
      'Nobody answers at "help.example.com". Put in your own address before you upload the widget to Kommo.',
    line: 120,
    expected: null,
    found: '"https://help.example.com/"',
  },
  {
    ...base,
    code: 'images/missing',
    message: 'images/logo.png is missing.',
    file: 'images/logo.png',
    line: null,
    column: null,
    expected: 'a PNG',
    found: null,
  },
  {
    ...base,
    code: 'archive/damaged',
    severity: 'notice',
    message: 'The archive is odd.',
    file: null,
    line: null,
    column: null,
    expected: null,
    found: null,
  },
]);

const plain = { subject: 'widget.zip', color: false };

describe('formatText', () => {
  it('groups by file, aligns, and leaves out what the message says already', () => {
    expect(formatText(report, plain)).toBe(
      `widget.zip
         ● notice   The archive is odd.  archive/damaged

images/logo.png
         ✖ error    images/logo.png is missing.  images/missing
                    expected a PNG

manifest.json
    9:5  ✖ error    widget.interface_version must be 2.  manifest/wrong-value
                    found    the number 1
  120:5  ▲ warning  Nobody answers at "help.example.com". Put in your own
                    address before you upload the widget to Kommo.
                    manifest/placeholder-url
                    found    "https://help.example.com/"

✖ widget.zip: 2 errors, 1 warning, 1 notice`,
    );
  });

  it.each([60, 80, 100, 140])('keeps within %i columns', (columns) => {
    const longest = Math.max(
      ...formatText(report, { ...plain, columns })
        .split('\n')
        .map((line) => line.length),
    );

    expect(longest).toBeLessThanOrEqual(columns);
  });

  it('says that a widget without errors is valid', () => {
    expect(formatText(reportOf([]), plain)).toBe('✔ widget.zip is valid: nothing to complain about');
    expect(formatText(reportOf([{ ...base, severity: 'warning' }]), plain)).toContain(
      '✔ widget.zip is valid: 1 warning',
    );
  });

  it('has colours only when it is told to', () => {
    expect(formatText(report, { ...plain, color: false })).not.toContain('\u001B');
    expect(formatText(report, { ...plain, color: true })).toContain('\u001B[31m');
  });

  it('has no colours by default, wherever it runs', () => {
    expect(formatText(report)).not.toContain('\u001B');
  });

  it('does not let the names in an archive steer the terminal', () => {
    const evil = reportOf([{ ...base, file: 'a\u001B[2J\u202Eb', message: 'x\u0007y', found: '\u009B1m' }]);

    for (const character of '\u001B\u0007\u009B\u202E')
      expect(formatText(evil, plain)).not.toContain(character);
  });
});

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

describe('formatJson', () => {
  it('is the report itself', () => {
    expect(JSON.parse(formatJson(report))).toEqual(report);
  });
});
