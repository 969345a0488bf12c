import type { CheckedWidget } from '../checked-widget.js';
import { formatJson } from './json.js';
import { formatText, type TextOptions } from './text.js';

/** For people, and for programs. */
export const formats = ['text', 'json'] as const;

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
  }
}
