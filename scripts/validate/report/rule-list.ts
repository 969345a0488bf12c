import pc from 'picocolors';
import wrapAnsi from 'wrap-ansi';
import { type Colors } from '../../cli/colors.js';
import type { RuleFacts } from '../rule.js';
import { type Level, levelIn, type Situation } from '../situation.js';
import { inSituation } from './situation-line.js';
import type { TextOptions } from './text.js';

/** A table with a title beside the code takes so much; narrower terminals get the title below. */
const tableColumns = 100;

/** Every rule by family, with its severity in a situation and what it demands. No line end at the end. */
export function formatRuleList(
  rules: readonly RuleFacts[],
  situation: Situation,
  { columns = 80, color = false }: TextOptions = {},
): string {
  const colors = pc.createColors(color);
  const width = Math.max(30, Math.min(columns, 140));
  const codeWidth = Math.max(...rules.map(({ code }) => code.length));
  const blocks = [...families(rules)].map(([family, members]) =>
    [
      colors.bold(family),
      ...members.flatMap((rule) =>
        width < tableColumns
          ? stacked(rule, situation, width, colors)
          : [...tabled(rule, situation, width, codeWidth, colors)],
      ),
    ].join('\n'),
  );
  const foot = `${rules.length} rules; the severities are those ${inSituation(situation)}: --target and --audience show others, --explain CODE tells about one.`;
  return [...blocks, wrapAnsi(foot, width)].join('\n\n');
}

function families(rules: readonly RuleFacts[]): Map<string, RuleFacts[]> {
  const found = new Map<string, RuleFacts[]>();
  for (const rule of rules) {
    const family = rule.code.split('/')[0] ?? '';
    found.set(family, [...(found.get(family) ?? []), rule]);
  }
  return new Map([...found].map(([family, members]) => [family, members.sort(byCode)]));
}

function byCode(a: RuleFacts, b: RuleFacts): number {
  return a.code < b.code ? -1 : 1;
}

function tabled(
  rule: RuleFacts,
  situation: Situation,
  width: number,
  codeWidth: number,
  colors: Colors,
): string[] {
  const indent = 2 + levelWidth + 2 + codeWidth + 2;
  const [first = '', ...more] = wrapAnsi(rule.title, width - indent).split('\n');
  return [
    `  ${painted(levelIn(rule.severity, situation), colors)}  ${rule.code.padEnd(codeWidth)}  ${first}`,
    ...more.map((line) => ' '.repeat(indent) + line),
  ];
}

function stacked(rule: RuleFacts, situation: Situation, width: number, colors: Colors): string[] {
  const indent = 2 + levelWidth + 2;
  return [
    `  ${painted(levelIn(rule.severity, situation), colors)}  ${rule.code}`,
    ...wrapAnsi(rule.title, width - indent)
      .split('\n')
      .map((line) => ' '.repeat(indent) + colors.dim(line)),
  ];
}

const levelWidth = 'warning'.length;

/** A severity in its colour, as wide as the widest. */
function painted(level: Level, colors: Colors): string {
  const paint = { error: colors.red, warning: colors.yellow, notice: colors.cyan, off: colors.dim }[level];
  return paint(level.padEnd(levelWidth));
}
