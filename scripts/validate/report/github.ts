import pc from 'picocolors';
import { printable } from '../../cli/printable.js';
import type { CheckedWidget } from '../checked-widget.js';
import type { Finding } from '../finding.js';
import { placeOf } from './place.js';
import { situationLine } from './situation-line.js';
import { sumLine } from './sum-line.js';

/**
 * Workflow commands of GitHub Actions, which show each finding beside the line that is meant; then the sums, for
 * the log. GitHub shows ten annotations of each severity for a step, so the gravest come first.
 */
export function formatGithub(
  widgets: readonly CheckedWidget[],
  { root = process.cwd() }: { root?: string | undefined } = {},
): string {
  const commands = (['error', 'warning', 'notice'] as const).flatMap((severity) =>
    widgets.flatMap((widget) =>
      widget.report.findings
        .filter((finding) => finding.severity === severity)
        .map((finding) => annotation(widget, finding, root)),
    ),
  );
  const plain = pc.createColors(false);
  return [
    ...commands,
    ...widgets.flatMap((widget) => [sumLine(widget, plain), `  ${situationLine(widget)}`]),
  ].join('\n');
}

function annotation(widget: CheckedWidget, finding: Finding, root: string): string {
  const { path, inside, line, column } = placeOf(widget, finding, root);
  const properties = [
    `file=${escapeProperty(path)}`,
    ...(line === null ? [] : [`line=${line}`, `col=${column ?? 1}`]),
    `title=${escapeProperty(finding.code)}`,
  ];
  const lines = [
    (inside === null ? '' : `${inside}${finding.line === null ? '' : `:${finding.line}`}: `) +
      finding.message,
    ...(finding.expected === null ? [] : [`expected: ${finding.expected}`]),
    ...(finding.found === null ? [] : [`found: ${finding.found}`]),
    ...(finding.help === null ? [] : [finding.help]),
  ];
  const message = lines.map((text) => escapeData(printable(text))).join(escapeData('\n'));
  return `::${finding.severity} ${properties.join(',')}::${message}`;
}

/** The escapes that the runner of GitHub Actions takes back; a property must not end at its own colon or comma. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
