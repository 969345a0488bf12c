import type { Finding } from './finding.js';
import { levelIn, type Levels } from './situation.js';
import type { WidgetView } from './view.js';
import { count } from './words.js';

/** What a rule found; the code and the severity come from the rule. */
export interface Problem {
  message: string;
  /** The path below the folder that holds the widget. */
  file: string | null;
  /** The path is that in the archive instead. */
  fromRoot?: boolean;
  line?: number | null;
  column?: number | null;
  expected?: string | null;
  found?: string | null;
}

/** What a flaw that was found elsewhere says, without what only that place knows of it. */
export function problemOf({ message, file, line, column, expected, found }: Problem): Problem {
  return {
    message,
    file,
    line: line ?? null,
    column: column ?? null,
    expected: expected ?? null,
    found: found ?? null,
  };
}

/** What documents the findings of one code. */
export interface RuleFacts {
  /** Stable and unique: `<family>/<name>`. */
  code: string;
  severity: Levels;
  /** What the rule demands, in one sentence. */
  title: string;
  /** Why it is demanded and what to do, in whole sentences that hold for every finding. */
  help?: string;
  /** Where the demand comes from, e.g. `platform/widget.md §1.9 M3`. */
  source: string;
}

/** One check: data that documents it, and a pure function over the widget. */
export interface Rule extends RuleFacts {
  check(view: WidgetView): Problem[];
}

/** How many findings one rule has at most: more help nobody, and a hostile file could make millions. */
const maxFindings = 200;

/**
 * Describes what {@link runRule} shows; the rest is only counted there, so it is not described: of a million
 * differences the words would take minutes.
 */
export function describeShown<Item>(items: readonly Item[], describe: (item: Item) => Problem): Problem[] {
  return describeFirst(items, items.length, describe);
}

/** {@link describeShown} for items that nobody has put into a list; `total` is how many there are. */
export function describeFirst<Item>(
  items: Iterable<Item>,
  total: number,
  describe: (item: Item) => Problem,
): Problem[] {
  const shown: Problem[] = [];
  for (const item of items) {
    if (shown.length === maxFindings) break;
    shown.push(describe(item));
  }
  const [any] = shown;
  if (any === undefined) return [];
  return shown.concat(new Array<Problem>(total - shown.length).fill(any));
}

/** Runs one rule; the paths of its findings are those of the archive, with the folder on top if there is one. */
export function runRule(rule: Rule, view: WidgetView): Finding[] {
  const severity = levelIn(rule.severity, view.situation);
  if (severity === 'off') return [];
  const problems = rule.check(view);
  const shown = problems.slice(0, maxFindings);
  if (problems.length > maxFindings) {
    const message = `${count(problems.length - maxFindings, 'more finding')} of this kind left out.`;
    shown.push({ message, file: shown.at(-1)?.file ?? null });
  }
  return shown.map((problem) => ({
    code: rule.code,
    severity,
    message: problem.message,
    file:
      problem.file === null || problem.fromRoot === true ? problem.file : `${view.topFolder}${problem.file}`,
    line: problem.line ?? null,
    column: problem.column ?? null,
    expected: problem.expected ?? null,
    found: problem.found ?? null,
    help: rule.help ?? null,
  }));
}
