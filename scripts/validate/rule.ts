import type { Finding, Severity } from './finding.js';
import type { WidgetView } from './view.js';

/** What a rule found; the code and the severity come from the rule. */
export interface Problem {
  message: string;
  file: string | null;
  line?: number | null;
  column?: number | null;
  expected?: string | null;
  found?: string | null;
}

/** One check: data that documents it, and a pure function over the widget. */
export interface Rule {
  /** Stable and unique: `<family>/<name>`. */
  code: string;
  severity: Severity;
  /** What the rule demands, in one sentence. */
  title: string;
  /** Where the demand comes from, e.g. `platform/widget.md §1.9 M3`. */
  source: string;
  check(view: WidgetView): Problem[];
}

/** Runs one rule; the paths of its findings are those of the archive, with the folder on top if there is one. */
export function runRule(rule: Rule, view: WidgetView): Finding[] {
  return rule.check(view).map((problem) => ({
    code: rule.code,
    severity: rule.severity,
    message: problem.message,
    file: problem.file === null ? null : `${view.topFolder}${problem.file}`,
    line: problem.line ?? null,
    column: problem.column ?? null,
    expected: problem.expected ?? null,
    found: problem.found ?? null,
  }));
}
