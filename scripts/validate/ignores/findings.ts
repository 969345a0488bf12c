import type { ConfiguredIgnore } from '../configuration/configuration.js';
import type { Finding } from '../finding.js';
import { nearest } from '../nearest.js';
import { describeShown, type Problem, type RuleFacts, runRule } from '../rule.js';
import type { WidgetView } from '../view.js';
import { quote } from '../words.js';
import { ignoreFacts } from './facts.js';
import type { InlineIgnore } from './inline.js';

/** Whether a comment can ignore anything: it has the code of a rule, and a reason. */
export function isSound({ code, because }: InlineIgnore, codes: ReadonlySet<string>): boolean {
  return because !== '' && codes.has(code);
}

/**
 * What is wrong with the comments themselves. `used` are those that met a finding; of the others only those are
 * told whose rule has looked (`judged`).
 */
export function findingsOfInline(
  ignores: readonly InlineIgnore[],
  view: WidgetView,
  {
    used,
    codes,
    judged,
  }: { used: ReadonlySet<InlineIgnore>; codes: ReadonlySet<string>; judged: ReadonlySet<string> },
): Finding[] {
  const unknown = ignores.filter(({ code }) => !codes.has(code));
  const silent = ignores.filter(({ code, because }) => codes.has(code) && because === '');
  const unused = ignores.filter((one) => isSound(one, codes) && judged.has(one.code) && !used.has(one));
  return [
    ...tell(ignoreFacts.unknownCode, view, unknown, ({ code, ...place }) => {
      const meant = code === '' ? null : nearest(code, codes);
      const hint = meant === null ? '' : ` Did you mean ${quote(meant)}?`;
      return {
        message:
          code === '' ? 'The comment names no rule to ignore.' : `There is no rule ${quote(code)}.${hint}`,
        ...placeOf(place),
        expected: meant ?? 'widget-ignore CODE because …',
        found: code === '' ? 'no code' : quote(code),
      };
    }),
    ...tell(ignoreFacts.withoutReason, view, silent, ({ code, ...place }) => ({
      message: `The comment does not say why ${code} is ignored, so it is not.`,
      ...placeOf(place),
      expected: `widget-ignore ${code} because …`,
      found: 'no reason',
    })),
    ...tell(ignoreFacts.unused, view, unused, ({ code, ...place }) => ({
      message: `There is no finding ${code} here to ignore.`,
      ...placeOf(place),
      expected: `a finding ${code}`,
      found: 'none',
    })),
  ];
}

/** What the ignores of the configuration `file` say that met no finding. */
export function findingsOfUnused(
  entries: readonly ConfiguredIgnore[],
  view: WidgetView,
  file: string,
): Finding[] {
  return tell(ignoreFacts.unusedInConfiguration, view, entries, ({ code, file: pattern, line, column }) => {
    const where = pattern === null ? '' : ` in ${pattern}`;
    return {
      message: `There is no finding ${code}${where} to ignore.`,
      file,
      fromRoot: true,
      line,
      column,
      expected: `a finding ${code}${where}`,
      found: 'none',
    };
  });
}

function placeOf({
  file,
  line,
  column,
}: Omit<InlineIgnore, 'code'>): Pick<Problem, 'file' | 'line' | 'column'> {
  return { file, line, column };
}

/** In the way of all rules, with their limits. */
function tell<Item>(
  facts: RuleFacts,
  view: WidgetView,
  items: readonly Item[],
  describe: (item: Item) => Problem,
): Finding[] {
  return runRule({ ...facts, check: () => describeShown(items, describe) }, view);
}
