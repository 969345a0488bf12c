import type { ValidationReport } from '../finding.js';

/** The report for programs. No line end at the end. */
export function formatJson(report: ValidationReport): string {
  return JSON.stringify(report, null, 2);
}
