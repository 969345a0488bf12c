import type { CheckedWidget } from '../checked-widget.js';

/**
 * The report for programs, described by `docs/validation-report.schema.json`: of one widget the report itself, of
 * several a list of them with their names. No line end at the end.
 */
export function formatJson(widgets: readonly CheckedWidget[]): string {
  const [only, ...others] = widgets;
  const content =
    only !== undefined && others.length === 0
      ? only.report
      : { widgets: widgets.map(({ subject, report }) => ({ subject, ...report })) };
  return JSON.stringify(content, null, 2);
}
