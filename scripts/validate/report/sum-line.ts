import type { Colors } from '../../cli/colors.js';
import { printable } from '../../cli/printable.js';
import { type CheckedWidget, fails } from '../checked-widget.js';
import type { ValidationReport } from '../finding.js';
import { count } from '../words.js';

type Summary = ValidationReport['summary'];

/** What was found in a widget, counted. */
export function sumLine(widget: CheckedWidget, colors: Colors): string {
  const { report, subject } = widget;
  const name = colors.bold(printable(subject));
  const sum = counted(report.summary, colors);
  return fails(widget)
    ? `${colors.red('✖')} ${name}: ${sum}`
    : `${colors.green('✔')} ${name} is valid: ${sum}`;
}

/** What was found in several widgets together. */
export function totalLine(widgets: readonly CheckedWidget[], colors: Colors): string {
  const sum = (pick: keyof Summary): number =>
    widgets.reduce((total, { report }) => total + report.summary[pick], 0);
  const total = { errors: sum('errors'), warnings: sum('warnings'), notices: sum('notices') };
  return `${count(widgets.length, 'widget')}: ${counted(total, colors)}`;
}

function counted({ errors, warnings, notices }: Summary, colors: Colors): string {
  const parts = [
    errors > 0 ? colors.red(count(errors, 'error')) : '',
    warnings > 0 ? colors.yellow(count(warnings, 'warning')) : '',
    notices > 0 ? colors.cyan(count(notices, 'notice')) : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'nothing to complain about' : parts.join(', ');
}
