import type { CommandOption } from '../cli/command.js';
import { UserError } from '../cli/errors.js';
import type { TextOptions } from './report/text.js';
import { audiences, type Situation, targets } from './situation.js';

/** The options of the command that tell about the rules instead of checking a widget. */
export const aboutRulesOptions: Record<'list' | 'explain', CommandOption> = {
  list: { type: 'boolean', help: 'List all rules with their severities, and check nothing.' },
  explain: { type: 'string', value: 'CODE', help: 'Tell all about one rule, and check nothing.' },
};

type Values = Readonly<Record<string, unknown>>;

/**
 * What `--list` and `--explain` print; `null` when neither is asked for. A {@link UserError} for a code that no rule
 * has, and when a widget is named beside them.
 */
export async function aboutRules(
  values: Values,
  { widgets, ...options }: TextOptions & { widgets: readonly string[] },
): Promise<string | null> {
  const { list, explain } = values;
  if (list !== true && typeof explain !== 'string') return null;
  const [named] = widgets;
  if (named !== undefined) {
    throw new UserError(`--list and --explain check no widget; the command names "${named}".`, {
      nextStep: 'Leave out either the option or the widget.',
    });
  }
  const { codes } = await import('./registry.js');
  if (typeof explain === 'string') {
    const [{ explainRule, findRule }, { examples }] = await Promise.all([
      import('./report/explain.js'),
      import('./examples/index.js'),
    ]);
    const rule = findRule(explain, codes);
    return explainRule(rule, examples[rule.code], options);
  }
  const { formatRuleList } = await import('./report/rule-list.js');
  return formatRuleList(codes, situationOf(values), options);
}

function situationOf(values: Values): Situation {
  return {
    target: targets.find((name) => name === values['target']) ?? 'kommo',
    audience: audiences.find((name) => name === values['audience']) ?? 'private',
  };
}
