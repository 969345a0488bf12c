import type { CheckedWidget } from '../checked-widget.js';
import { formatGithub } from './github.js';
import { formatJson } from './json.js';
import { formatSarif } from './sarif.js';
import { formatText, type TextOptions } from './text.js';

/** For people, for programs, for tools that collect findings, and for the log of GitHub Actions. */
export const formats = ['text', 'json', 'sarif', 'github'] as const;

export type Format = (typeof formats)[number];

export interface ReportOptions extends TextOptions {
  /** What paths in SARIF and in annotations are relative to, absolute; by default the folder one is in. */
  root?: string | undefined;
}

/** One or several widgets in a format. No line end at the end. */
export function formatReport(
  format: Format,
  widgets: readonly CheckedWidget[],
  options: ReportOptions = {},
): string {
  switch (format) {
    case 'text':
      return formatText(widgets, options);
    case 'json':
      return formatJson(widgets);
    case 'sarif':
      return formatSarif(widgets, options);
    case 'github':
      return formatGithub(widgets, options);
  }
}
