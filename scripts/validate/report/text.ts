import pc from 'picocolors';
import wrapAnsi from 'wrap-ansi';
import { printable } from '../../cli/printable.js';
import type { CheckedWidget } from '../checked-widget.js';
import type { Finding, Severity } from '../finding.js';
import { codeFrame, type FrameLine } from './code-frame.js';
import { type FramedLines, linesForFrames } from './framed-lines.js';
import { situationLine } from './situation-line.js';
import { sumLine, totalLine } from './sum-line.js';

type Colors = ReturnType<typeof pc.createColors>;

export interface TextOptions {
  /** How wide the terminal is, in characters. */
  columns?: number | undefined;
  /** Whether the text goes to where colours are shown; by default it does not. */
  color?: boolean | undefined;
}

const signs: Record<Severity, string> = { error: '✖ error', warning: '▲ warning', notice: '● notice' };

/** Beyond this, lines are hard to read however wide the terminal is. */
const maxColumns = 120;

/** However narrow the terminal is, texts are not squeezed into less. */
const minColumns = 30;

const indent = '    ';

/** The report for people: by file, what is wrong, where, and what to do about it, then the sum. */
export function formatText(
  widgets: readonly CheckedWidget[],
  { columns = 80, color = false }: TextOptions = {},
): string {
  const page: Page = {
    columns: Math.max(minColumns, Math.min(columns, maxColumns)),
    colors: pc.createColors(color),
    explained: new Set(),
  };
  const blocks = widgets.flatMap((widget) => widgetBlocks(widget, page));
  if (widgets.length > 1) blocks.push(totalLine(widgets, page.colors));
  return blocks.join('\n\n');
}

interface Page {
  columns: number;
  colors: Colors;
  /** The codes whose help has been printed: once is enough. */
  explained: Set<string>;
}

function widgetBlocks(widget: CheckedWidget, page: Page): string[] {
  const blocks = [...byFile(widget.report.findings)].flatMap(([file, findings]) => {
    const lines = linesForFrames(widget, file, findings);
    const name = wrapped(printable(file ?? widget.subject), page.columns).map(page.colors.underline);
    return [name.join('\n'), ...findings.map((finding) => findingBlock(finding, lines, page).join('\n'))];
  });
  const sum = wrapped(sumLine(widget, page.colors), page.columns);
  const situation = wrapped(situationLine(widget), page.columns - 2).map(
    (line) => `  ${page.colors.dim(line)}`,
  );
  return [...blocks, [...sum, ...situation].join('\n')];
}

function byFile(findings: readonly Finding[]): Map<string | null, Finding[]> {
  const files = new Map<string | null, Finding[]>();
  for (const finding of findings) {
    const others = files.get(finding.file);
    if (others === undefined) files.set(finding.file, [finding]);
    else others.push(finding);
  }
  return files;
}

function findingBlock(finding: Finding, lines: FramedLines, { columns, colors, explained }: Page): string[] {
  const { code, severity, message, line, column, expected, found, help } = finding;
  const room = columns - indent.length;
  const place = line === null ? [] : [`${line}:${column ?? 1}`];
  const head = [
    paint(severity, colors)(signs[severity]),
    ...[...place, code].map((part) => colors.dim(part)),
  ];
  const frame = line === null ? [] : framed(finding, lines, room, colors);
  const isNew = help !== null && !explained.has(code);
  if (isNew) explained.add(code);
  return [
    ...wrapped(head.join('  '), room).map((text, index) => (index === 0 ? '  ' : indent) + text),
    ...wrapped(printable(message), room).map((text) => indent + colors.bold(text)),
    ...frame.map((text) => `${indent}${text}`),
    ...[
      ...detail('expected', unlessSaid(expected, message), room),
      ...detail('found', unlessSaid(found, message), room),
      ...detail('help', isNew ? help : null, room),
    ].map((text) => indent + colors.dim(text)),
  ];
}

function framed(
  { line, column, severity }: Finding,
  lines: FramedLines,
  room: number,
  colors: Colors,
): string[] {
  const place = { line: line ?? 1, column: column ?? 1 };
  if (!lines.isShown(place)) return [];
  const gutter = String(place.line + 2).length + 4;
  const mark = paint(severity, colors);
  return codeFrame(lines.picked, place, { room: room - gutter - 1 }).map((row: FrameLine) => {
    const number = (row.number === null ? '' : String(row.number)).padStart(gutter - 4);
    const sign = row.meant && row.number !== null ? mark('>') : ' ';
    const text = row.number === null ? mark(row.text) : row.text;
    return `${sign} ${colors.dim(`${number} │`)} ${text}`.trimEnd();
  });
}

function unlessSaid(value: string | null, message: string): string | null {
  return value !== null && message.includes(value) ? null : value;
}

/** A label and its value, aligned with the others; nothing where there is no value. */
function detail(label: string, value: string | null, room: number): string[] {
  if (value === null) return [];
  const labelWidth = 'expected'.length + 2;
  return wrapped(printable(value), room - labelWidth).map(
    (line, index) => (index === 0 ? label : '').padEnd(labelWidth) + line,
  );
}

/** Breaks at spaces, and within what has none and is wider. */
function wrapped(text: string, columns: number): string[] {
  return wrapAnsi(text, columns, { hard: true }).split('\n');
}

function paint(severity: Severity, colors: Colors): (text: string) => string {
  return { error: colors.red, warning: colors.yellow, notice: colors.cyan }[severity];
}
