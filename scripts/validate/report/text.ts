import pc from 'picocolors';
import type { Finding, Severity, ValidationReport } from '../finding.js';
import { count } from '../words.js';
import { wrap } from './wrap.js';

type Colors = ReturnType<typeof pc.createColors>;

export interface TextOptions {
  /** What was checked, as the person named it. */
  subject?: string | undefined;
  /** How wide the terminal is, in characters. */
  columns?: number | undefined;
  color?: boolean | undefined;
}

const signs: Record<Severity, string> = { error: '✖ error', warning: '▲ warning', notice: '● notice' };

/** Beyond this, lines are hard to read however wide the terminal is. */
const maxColumns = 120;

/** The report for people: by file, what is wrong and what to do about it, then the sum. No line end at the end. */
export function formatText(
  report: ValidationReport,
  { subject = 'the widget', columns = 80, color = pc.isColorSupported }: TextOptions = {},
): string {
  const colors = pc.createColors(color);
  const files = new Map<string, Finding[]>();
  for (const finding of report.findings) {
    const name = finding.file ?? subject;
    files.set(name, [...(files.get(name) ?? []), finding]);
  }
  const blocks = [...files].map(([file, findings]) =>
    [
      colors.underline(printable(file)),
      ...formatFindings(findings, Math.min(columns, maxColumns), colors),
    ].join('\n'),
  );
  return [...blocks, summaryLine(report, subject, colors)].join('\n\n');
}

function formatFindings(findings: readonly Finding[], width: number, colors: Colors): string[] {
  const places = findings.map(({ line, column }) => (line === null ? '' : `${line}:${column ?? 1}`));
  const placeWidth = Math.max(...places.map((place) => place.length));
  const signWidth = Math.max(...findings.map(({ severity }) => signs[severity].length));
  const indent = 2 + (placeWidth === 0 ? 0 : placeWidth + 2) + signWidth + 2;
  const room = Math.max(30, width - indent);
  return findings.flatMap((finding, index) => {
    const place = placeWidth === 0 ? '' : `${(places[index] ?? '').padStart(placeWidth)}  `;
    const sign = signs[finding.severity].padEnd(signWidth);
    const [first = '', ...more] = wrap(printable(finding.message), room);
    const body = [
      ...more,
      ...detail('expected', finding.expected, room).map(colors.dim),
      ...detail('found', finding.found, room).map(colors.dim),
      colors.dim(finding.code),
    ];
    return [
      `  ${colors.dim(place)}${paint(finding.severity, colors)(sign)}  ${first}`,
      ...body.map((line) => `${' '.repeat(indent)}${line}`),
    ];
  });
}

/** `expected` and `found` beneath each other, with their values aligned. */
function detail(label: string, value: string | null, room: number): string[] {
  if (value === null) return [];
  const labelWidth = 'expected'.length + 1;
  return wrap(printable(value), Math.max(20, room - labelWidth)).map(
    (line, index) => `${(index === 0 ? label : '').padEnd(labelWidth)}${line}`,
  );
}

function summaryLine({ summary }: ValidationReport, subject: string, colors: Colors): string {
  const { errors, warnings, notices } = summary;
  const parts = [
    errors > 0 ? colors.red(count(errors, 'error')) : '',
    warnings > 0 ? colors.yellow(count(warnings, 'warning')) : '',
    notices > 0 ? colors.cyan(count(notices, 'notice')) : '',
  ].filter((part) => part !== '');
  const sum = parts.length === 0 ? 'nothing to complain about' : parts.join(', ');
  const name = colors.bold(printable(subject));
  return errors > 0 ? `${colors.red('✖')} ${name}: ${sum}` : `${colors.green('✔')} ${name} is valid: ${sum}`;
}

function paint(severity: Severity, colors: Colors): (text: string) => string {
  return { error: colors.red, warning: colors.yellow, notice: colors.cyan }[severity];
}

/** Names and texts come from the widget: what would steer the terminal is shown as a question mark. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '�');
}
