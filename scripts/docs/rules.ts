import type { Example } from '../validate/examples/example.js';
import { type Shown, showExample } from '../validate/examples/shown.js';
import { audienceNames, targetNames } from '../validate/report/situation-line.js';
import { sourceInWords } from '../validate/report/source-in-words.js';
import type { RuleFacts } from '../validate/rule.js';
import { audiences, levelIn, targets } from '../validate/situation.js';
import { count } from '../validate/words.js';

const head = `# The rules

<!-- Made by \`npm run docs\` from the rules and their examples in scripts/validate; edits here are lost. -->

What \`npm run validate\` checks, by family: [validate.md](validate.md) tells how to run it, and how to say that a rule
does not hold for a widget. Each rule has a code that stays as it is, a severity for each platform and for whom the widget is
made, and where the demand comes from. An example shows what differs from a minimal widget; what it does not show is
in order.
`;

/** The reference of all rules as Markdown: an overview, then one entry per code with its anchor. */
export function rulesDocument(
  rules: readonly RuleFacts[],
  examples: Readonly<Record<string, Example>>,
): string {
  const families = new Map<string, RuleFacts[]>();
  for (const rule of [...rules].sort(byCode)) {
    const family = rule.code.split('/')[0] ?? '';
    families.set(family, [...(families.get(family) ?? []), rule]);
  }
  return [
    head,
    ...[...families].map(([family, members]) => overview(family, members)),
    ...[...families].flatMap(([family, members]) => [
      `## ${family}`,
      ...members.map((rule) => entry(rule, examples[rule.code])),
    ]),
  ].join('\n\n');
}

/** The anchor of a rule's entry in the document. */
export function anchorOf(code: string): string {
  return code.replaceAll('/', '-');
}

function byCode(a: RuleFacts, b: RuleFacts): number {
  return a.code < b.code ? -1 : a.code > b.code ? 1 : 0;
}

function overview(family: string, members: readonly RuleFacts[]): string {
  const links = members.map(({ code }) => `[${code.slice(family.length + 1)}](#${anchorOf(code)})`);
  return `**${family}**, ${count(members.length, 'rule')}: ${links.join(', ')}`;
}

function entry(rule: RuleFacts, example: Example | undefined): string {
  const shown = example === undefined ? undefined : showExample(example);
  return [
    `<a id="${anchorOf(rule.code)}"></a>`,
    `### ${rule.code}`,
    markdown(rule.title),
    ...(rule.help === undefined ? [] : [markdown(rule.help)]),
    severities(rule),
    `Source: ${markdown(sourceInWords(rule.source))}.`,
    ...(shown === undefined ? [] : ['Wrong:', ...shown.wrong.map(piece)]),
    ...(shown === undefined ? [] : ['Right:', ...shown.right.map(piece)]),
  ].join('\n\n');
}

function severities({ severity }: RuleFacts): string {
  const rows = audiences.map((audience) => {
    const levels = targets.map((target) => levelIn(severity, { target, audience }));
    return `| ${audienceNames[audience]} | ${levels.join(' | ')} |`;
  });
  return [
    `| For | ${targets.map((target) => targetNames[target]).join(' | ')} |`,
    `| --- | ${targets.map(() => '---').join(' | ')} |`,
    ...rows,
  ].join('\n');
}

function piece(shown: Shown): string {
  if (shown.kind === 'words') return markdown(shown.words);
  const fence = fenceFor(shown.code);
  return `\`${shown.file}\`\n\n${fence}${shown.language}\n${shown.code}\n${fence}`;
}

/** One backtick more than the code has in a row. */
function fenceFor(code: string): string {
  const longest = (code.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  return '`'.repeat(longest + 1);
}

/** A text as Markdown that shows it as it is. */
function markdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|]/g, '\\$&');
}
