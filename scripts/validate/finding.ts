import type { Situation } from './situation.js';

export type Severity = 'error' | 'warning' | 'notice';

/** One thing that a person should know about a widget. */
export interface Finding {
  /** Stable: tools may match on it. A family and a name, e.g. `manifest/unknown-key`. */
  code: string;
  severity: Severity;
  /** Whole sentences, understandable without the other fields. */
  message: string;
  /**
   * The path in the folder or archive; `null` when the archive as a whole is meant. That of the configuration is as
   * seen from the folder or archive, e.g. `../widget.config.json`.
   */
  file: string | null;
  /** From 1; `null` where the finding has no line, as in a picture. */
  line: number | null;
  /** From 1, in UTF-16 code units; `null` together with the line. */
  column: number | null;
  /** What should stand there, and what does; `null` where that adds nothing to the message. */
  expected: string | null;
  found: string | null;
  /** What to do about it, in whole sentences; the rule's. */
  help: string | null;
}

export interface ValidationReport extends Situation {
  summary: { errors: number; warnings: number; notices: number };
  /** By file, line, column and code, so that the same widget always gives the same report. */
  findings: Finding[];
}

/** Counts and orders findings. The archive as a whole comes first. */
export function makeReport(findings: readonly Finding[], { target, audience }: Situation): ValidationReport {
  const count = (severity: Severity): number => findings.filter((one) => one.severity === severity).length;
  return {
    target,
    audience,
    summary: { errors: count('error'), warnings: count('warning'), notices: count('notice') },
    findings: [...findings].sort(compareFindings),
  };
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.file ?? '', b.file ?? '') ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
