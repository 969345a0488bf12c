import { describe, expect, it } from 'vitest';
import { type CheckedWidget, formatReport } from '../../../../scripts/validate/index.js';
import { checkedWidget, plainFinding as base } from '../../../support/checked-widget.js';

const lines = (widgets: readonly CheckedWidget[]): string[] =>
  formatReport('github', widgets, { root: '/repo' }).split('\n');

const folder = { kind: 'folder', path: '/repo/my-widget', subject: 'my-widget' } as const;

describe('formatReport, as annotations of GitHub', () => {
  it('has one command for each finding, then the sums', () => {
    expect(lines([checkedWidget([base], folder), checkedWidget([], { subject: 'b' })])).toEqual([
      '::error file=my-widget/manifest.json,line=4,col=26,title=manifest/wrong-value::widget.interface_version must be 2.%0Aexpected: 2%0Afound: the number 1%0AKommo loads no widget of another version. Write 2.',
      '✖ my-widget: 1 error',
      '  Checked for Kommo (by the languages of its manifest; see --target), as a private widget (by default; see --audience).',
      '✔ b is valid: nothing to complain about',
      '  Checked for Kommo (by the languages of its manifest; see --target), as a private widget (by default; see --audience).',
    ]);
  });

  it('puts the gravest first, as GitHub shows ten of each', () => {
    const severities = ['notice', 'error', 'warning', 'error'] as const;
    const findings = severities.map((severity, index) => ({ ...base, severity, line: index + 1 }));

    expect(
      lines([checkedWidget(findings, folder)])
        .slice(0, 4)
        .map((line) => /^::(\w+) .*line=(\d)/.exec(line)?.slice(1)),
    ).toEqual([
      ['error', '2'],
      ['error', '4'],
      ['warning', '3'],
      ['notice', '1'],
    ]);
  });

  it('escapes what would end a property or the command', () => {
    const evil = {
      ...base,
      file: 'a,b:c%d\n.js',
      message: '100%: a, b\r\n::stop-commands::x',
      expected: null,
      found: '\u001B[2J',
      help: null,
    };

    expect(lines([checkedWidget([evil], folder)])[0]).toBe(
      '::error file=my-widget/a%2Cb%3Ac%25d%0A.js,line=4,col=26,title=manifest/wrong-value::100%25: a, b\uFFFD\uFFFD::stop-commands::x%0Afound: \uFFFD[2J',
    );
  });

  it('begins no line but the annotations as a command, whatever the widget is called', () => {
    const widget = checkedWidget([], { subject: '::error::x\n::error::y' });

    expect(lines([widget]).filter((line) => line.trimStart().startsWith('::'))).toEqual([]);
  });

  it('annotates an archive for what lies in it, and the manifest for a folder as a whole', () => {
    const archive = { kind: 'archive', path: '/repo/dist/widget.zip' } as const;

    expect(lines([checkedWidget([base], archive)])[0]).toContain(
      '::error file=dist/widget.zip,title=manifest/wrong-value::manifest.json:4: widget.interface_version',
    );
    expect(lines([checkedWidget([{ ...base, file: null, line: null, column: null }], folder)])[0]).toContain(
      '::error file=my-widget/manifest.json,title=manifest/wrong-value::widget.interface_version',
    );
  });
});
