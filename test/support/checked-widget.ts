import { sourcesOf } from '../../scripts/validate/checked-widget.js';
import { makeReport } from '../../scripts/validate/finding.js';
import type { CheckedWidget, Finding } from '../../scripts/validate/index.js';

/** One finding with everything that a reporter may show. */
export const plainFinding: Finding = {
  code: 'manifest/wrong-value',
  severity: 'error',
  message: 'widget.interface_version must be 2.',
  file: 'manifest.json',
  line: 4,
  column: 26,
  expected: '2',
  found: 'the number 1',
  help: 'Kommo loads no widget of another version. Write 2.',
};

/** A widget with just these findings, and the files that they lie in. */
export function checkedWidget(
  findings: readonly Finding[],
  {
    files = {},
    subject = 'widget.zip',
    ...rest
  }: Partial<Omit<CheckedWidget, 'report' | 'sourceOf'>> & { files?: Record<string, string | Buffer> } = {},
): CheckedWidget {
  return {
    subject,
    path: null,
    kind: 'archive',
    origin: { target: 'manifest', audience: 'default' },
    configuration: null,
    failLevel: 'error',
    ...rest,
    report: makeReport(findings, { target: 'kommo', audience: 'private' }),
    sourceOf: sourcesOf(new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]))),
  };
}
