import pc from 'picocolors';
import { printable } from '../../cli/printable.js';
import { wrap } from '../../cli/wrap.js';
import type { Finding, Severity, ValidationReport } from '../finding.js';
import { count } from '../words.js';

type Colors = ReturnType<typeof pc.createColors>;

export interface TextOptions {
  /** What was checked, as the person named it. */
  subject?: string | undefined;
  /** How wide the terminal is, in characters. */
  columns?: number | undefined;
  /** Whether the text goes to where colours are shown; by default it does not. */
  color?: boolean | undefined;
}

const signs: Record<Severity, string> = { error: '✖ error', warning: '▲ warning', notice: '● notice' };

/** Beyond this, lines are hard to read however wide the terminal is. */
const maxColumns = 120;

/** However narrow the terminal is, texts are not squeezed into less. */
const minRoom = 30;

/** The report for people: by file, what is wrong and what to do about it, then the sum. No line end at the end. */
export function formatText(
  report: ValidationReport,
  { subject = 'the widget', columns = 80, color = false }: TextOptions = {},
): string {
  const colors = pc.createColors(color);
  const files = new Map<string, Finding[]>();
  for (const finding of report.findings) {
    const name = finding.file ?? subject;
    files.set(name, [...(files.get(name) ?? []), finding]);
  }
  const layout = measure(report.findings, Math.min(columns, maxColumns));
  const blocks = [...files].map(([file, findings]) =>
    [
      colors.underline(printable(file)),
      ...findings.flatMap((finding) => formatFinding(finding, layout, colors)),
    ].join('\n'),
  );
  return [...blocks, summaryLine(report, subject, colors)].join('\n\n');
}

interface Layout {
  placeWidth: number;
  signWidth: number;
  /** Where the texts begin, and how wide they may be. */
  indent: number;
  room: number;
}

function measure(findings: readonly Finding[], columns: number): Layout {
  const placeWidth = Math.max(0, ...findings.map((finding) => placeOf(finding).length));
  const signWidth = Math.max(0, ...findings.map(({ severity }) => signs[severity].length));
  const indent = 2 + (placeWidth === 0 ? 0 : placeWidth + 2) + signWidth + 2;
  return { placeWidth, signWidth, indent, room: Math.max(minRoom, columns - indent) };
}

function formatFinding(
  finding: Finding,
  { placeWidth, signWidth, indent, room }: Layout,
  colors: Colors,
): string[] {
  const place = placeWidth === 0 ? '' : `${placeOf(finding).padStart(placeWidth)}  `;
  const sign = paint(finding.severity, colors)(signs[finding.severity].padEnd(signWidth));
  const lines = wrap(printable(finding.message), room);
  const last = lines.pop() ?? '';
  const code = colors.dim(finding.code);
  const fits = last.length + 2 + finding.code.length <= room;
  const [first = '', ...more] = [
    ...lines,
    ...(fits ? [`${last}  ${code}`] : [last, code]),
    ...detail('expected', finding.expected, finding.message, room).map(colors.dim),
    ...detail('found', finding.found, finding.message, room).map(colors.dim),
  ];
  return [`  ${colors.dim(place)}${sign}  ${first}`, ...more.map((line) => `${' '.repeat(indent)}${line}`)];
}

function placeOf({ line, column }: Finding): string {
  return line === null ? '' : `${line}:${column ?? 1}`;
}

/** `expected` and `found` beneath each other with their values aligned, unless the message says the same. */
function detail(label: string, value: string | null, message: string, room: number): string[] {
  if (value === null || message.includes(value)) return [];
  const labelWidth = 'expected'.length + 1;
  return wrap(printable(value), Math.max(minRoom, room - labelWidth)).map(
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
