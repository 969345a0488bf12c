import pc from 'picocolors';
import wrapAnsi from 'wrap-ansi';
import { UserError } from '../../cli/errors.js';
import type { Example } from '../examples/example.js';
import { type Shown, showExample } from '../examples/shown.js';
import { nearest } from '../nearest.js';
import type { RuleFacts } from '../rule.js';
import { audiences, levelIn, targets } from '../situation.js';
import { audienceNames, targetNames } from './situation-line.js';
import { sourceInWords } from './source-in-words.js';
import type { TextOptions } from './text.js';

/** The rule with a code; a {@link UserError} with the most similar one when there is none. */
export function findRule(code: string, rules: readonly RuleFacts[]): RuleFacts {
  const rule = rules.find((one) => one.code === code);
  if (rule !== undefined) return rule;
  const codes = rules.map((one) => one.code);
  const suggestion = nearest(code, codes) ?? codes.find((one) => one.endsWith(`/${code}`));
  throw new UserError(`There is no rule "${code}".`, {
    nextStep:
      suggestion === undefined ? 'See all rules: npm run validate -- --list' : `Did you mean ${suggestion}?`,
  });
}

/** All that is known about a rule. No line end at the end. */
export function explainRule(
  rule: RuleFacts,
  example: Example | undefined,
  { columns = 80, color = false }: TextOptions = {},
): string {
  const colors = pc.createColors(color);
  const width = Math.max(30, Math.min(columns, 100));
  const section = (title: string, lines: readonly string[]): string =>
    [colors.bold(title), ...lines.map((line) => `  ${line}`.trimEnd())].join('\n');
  const paragraph = (text: string): string[] => wrapAnsi(text, width - 2, { hard: true }).split('\n');
  const shown = example === undefined ? undefined : showExample(example);
  const examples = (side: readonly Shown[]): string[] => side.flatMap((one) => showPiece(one, width - 4));
  return [
    [colors.underline(rule.code), wrapAnsi(rule.title, width)].join('\n'),
    ...(rule.help === undefined ? [] : [section('Why, and what to do', paragraph(rule.help))]),
    section('Severity', severityTable(rule)),
    ...(shown === undefined ? [] : [section('Wrong', examples(shown.wrong))]),
    ...(shown === undefined ? [] : [section('Right', examples(shown.right))]),
    section('Source', paragraph(`${sourceInWords(rule.source)}.`)),
  ].join('\n\n');
}

function severityTable({ severity }: RuleFacts): string[] {
  return audiences.map((audience) => {
    const levels = targets.map(
      (target) => `${targetNames[target]} ${levelIn(severity, { target, audience })}`,
    );
    return `${audienceNames[audience]}: ${levels.join(', ')}`;
  });
}

function showPiece(piece: Shown, width: number): string[] {
  if (piece.kind === 'words') return wrapAnsi(piece.words, width, { hard: true }).split('\n');
  return [`${piece.file}:`, ...piece.code.split('\n').map((line) => `  ${line}`)];
}
