import type { AtRule, ChildNode, Comment, Declaration, Root, Rule } from 'postcss';
import CssSyntaxError from 'postcss/lib/css-syntax-error';
import list from 'postcss/lib/list';
import parse from 'postcss/lib/parse';
import type { Position } from '../text.js';
import { type OwnNames, plain, type Reach, reachOf } from './selectors.js';
import { systemNames } from './system-names.js';
import { isVendorSheet } from './vendor.js';

/** One selector of a rule's list. */
export interface SheetSelector extends Position {
  text: string;
  reach: Reach;
  rule: Rule;
}

/** Why a stylesheet cannot be taken apart: it is no CSS, or there is too much of it. */
export type SheetFlaw =
  (Position & { kind: 'syntax'; reason: string }) | { kind: 'too-large'; found: string };

/** A stylesheet of the archive, taken apart once. */
export interface Sheet {
  file: string;
  /** Whether it is somebody's package: nobody mends that by hand. */
  isVendor: boolean;
  /** Why it could not be taken apart, and then everything else is empty. */
  flaw: SheetFlaw | null;
  /** Those that are not below a rule of the widget's own. */
  selectors: readonly SheetSelector[];
  declarations: readonly Declaration[];
  comments: readonly Comment[];
  imports: readonly AtRule[];
  /** Rules that begin with `//`: CSS has no such comments, so browsers drop them. */
  lineComments: readonly Rule[];
  /** The variables that values read. */
  variablesRead: ReadonlySet<string>;
}

/** Nobody ships a stylesheet of this size; its tree would take a few hundred megabytes. */
export const maxSheetLength = 3 * 1024 * 1024;

/** Takes a stylesheet apart; `codes` are those of the widget as far as they are known. Never throws. */
export function readSheet(file: string, text: string, codes: readonly string[] = []): Sheet {
  const isVendor = isVendorSheet(file, text);
  const empty = {
    file,
    isVendor,
    selectors: [],
    declarations: [],
    comments: [],
    imports: [],
    lineComments: [],
    variablesRead: new Set<string>(),
  };
  const root = parseSheet(text);
  if ('kind' in root) return { ...empty, flaw: root };
  const own = { codes: [...codes.map(plain).filter((code) => code !== ''), ...mainClasses(root)] };
  const parts = collect(root, own);
  const variablesRead = new Set(parts.declarations.flatMap(({ value }) => value.match(/--[\w-]+/g) ?? []));
  return { file, isVendor, flaw: null, variablesRead, ...parts };
}

function parseSheet(text: string): Root | SheetFlaw {
  if (text.length > maxSheetLength)
    return { kind: 'too-large', found: `${(text.length / 1024 / 1024).toFixed(1)} MB` };
  try {
    // Without `map: false` postcss would read the source map that a comment names.
    return parse(text, { map: false }) as Root;
  } catch (error) {
    if (!(error instanceof CssSyntaxError)) throw error;
    return { kind: 'syntax', line: error.line ?? 1, column: error.column ?? 1, reason: error.reason };
  }
}

/** At-rules whose blocks hold no rules for elements of the page. */
const withoutSelectors =
  /^(?:-\w+-)?(?:keyframes|font-face|page|property|counter-style|font-feature-values)$/i;

/** Visits the tree without calling itself, since a sheet may nest as deep as it likes. */
function collect(
  root: Root,
  own: OwnNames,
): Pick<Sheet, 'selectors' | 'declarations' | 'comments' | 'imports' | 'lineComments'> {
  const selectors: SheetSelector[] = [];
  const declarations: Declaration[] = [];
  const comments: Comment[] = [];
  const imports: AtRule[] = [];
  const lineComments: Rule[] = [];
  const waiting: { node: ChildNode; inOwn: boolean }[] = [];
  const push = (nodes: readonly ChildNode[], inOwn: boolean): void => {
    for (const node of [...nodes].reverse()) waiting.push({ node, inOwn });
  };
  push(root.nodes, false);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, inOwn } = next;
    if (node.type === 'rule' && node.selector.startsWith('//')) lineComments.push(node);
    if (node.type === 'decl') declarations.push(node);
    else if (node.type === 'comment') comments.push(node);
    else if (node.type === 'atrule') {
      if (/^import$/i.test(node.name)) imports.push(node);
      const scoped = /^scope$/i.test(node.name) && reachOf(node.params, own).kind === 'own';
      push(node.nodes ?? [], inOwn || scoped || withoutSelectors.test(node.name));
    } else {
      const judged = inOwn ? [] : judge(node, own);
      selectors.push(...judged);
      push(node.nodes, inOwn || judged.every(({ reach }) => reach.kind === 'own'));
    }
  }
  return { selectors, declarations, comments, imports, lineComments };
}

function judge(rule: Rule, own: OwnNames): SheetSelector[] {
  const start = { line: rule.source?.start?.line ?? 1, column: rule.source?.start?.column ?? 1 };
  const written = rule.raws.selector?.raw ?? rule.selector;
  let offset = 0;
  let lineStart = 0;
  let line = start.line;
  return list.comma(rule.selector).map((text) => {
    const found = written.indexOf(text, offset);
    const at = found === -1 ? offset : found;
    for (
      let end = written.indexOf('\n', offset);
      end !== -1 && end < at;
      end = written.indexOf('\n', end + 1)
    ) {
      line += 1;
      lineStart = end + 1;
    }
    offset = at;
    const column = line === start.line ? start.column + at : at - lineStart + 1;
    return { text, reach: reachOf(text, own), rule, line, column };
  });
}

/** A class that most rules of a sheet begin with stands for the widget's code: `.parcels .list`, `.parcels .item`. */
function mainClasses(root: Root): string[] {
  const uses = new Map<string, number>();
  let rules = 0;
  for (const node of root.nodes) {
    if (node.type !== 'rule') continue;
    rules += 1;
    const first = /^\s*\.([a-z]+)(?![\w-])/i.exec(node.selector)?.[1];
    if (first !== undefined && !systemNames.has(first)) uses.set(first, (uses.get(first) ?? 0) + 1);
  }
  return [...uses].filter(([, times]) => times >= 3 && times > rules / 2).map(([name]) => plain(name));
}
