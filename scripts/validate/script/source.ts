import type { AnyNode, Comment } from 'acorn';
import type { WidgetFiles } from '../../archive/files.js';
import { decodeText, makeLocator, type Position } from '../text.js';
import type { CodeCheck, Remark, Said, ScriptContext } from './check.js';
import { commentedOutCode } from './comments.js';
import { keyName } from './names.js';
import { isMinified, type Origin, originOf, type Region, regionsOf } from './origin.js';
import { maxMinified, maxScriptLength, parseScript, tooLarge } from './parse.js';
import { type Globals, globalsOf, maxScopedLength } from './scopes.js';
import { isScript, mayHoldRefused } from './traces.js';
import { isFunction, type Visit, walk } from './walk.js';

/** A script of the archive and what the checks said of it. */
export interface ScriptSource {
  /** Its path below the folder that holds the widget. */
  readonly file: string;
  readonly text: string;
  readonly origin: Origin;
  readonly minified: boolean;
  /** Why it could not be looked into. */
  readonly failure:
    | { kind: 'syntax'; line: number; column: number; reason: string }
    | { kind: 'undecided'; reason: string }
    | null;
  readonly globals: Pick<Globals, 'uses' | 'declared'> | null;
  /** Remarks by the code of their check, in the order of the text. */
  readonly remarks: ReadonlyMap<string, readonly Remark[]>;
  readonly originAt: (offset: number) => Origin;
  readonly placeOf: (offset: number) => Position;
}

/** So many remarks of one check on one file are kept; nobody reads more. */
const maxRemarks = 1000;

/** Scripts of more than so many characters together would take longer than anybody waits. */
const maxTogether = 8 * 1024 * 1024;

/** Reads every script of a widget, each once and with all checks in one walk. Never throws. */
export function inspectScripts(files: WidgetFiles, checks: readonly CodeCheck[]): ScriptSource[] {
  const names = new Set(files.keys());
  const visitors = byType(checks);
  const sources: ScriptSource[] = [];
  const read = { all: 0, minified: 0 };
  for (const [file, bytes] of mainFirst(files)) {
    // What macOS leaves beside a file has its name and is no script.
    if (!/\.m?js$/i.test(file) || /(?:^|\/)(?:__MACOSX\/|\._)/.test(file)) continue;
    const { text } = decodeText(bytes);
    if (text === null) continue;
    const { length } = text;
    const minified = isMinified(text) ? length : 0;
    const isTooLarge = length > maxScriptLength || minified > maxMinified;
    const isTooMuch = read.all + length > maxTogether || read.minified + minified > 2 * maxMinified;
    if (isTooLarge || isTooMuch) {
      sources.push(
        unread(file, text, isTooLarge ? tooLarge : 'the scripts together are too large to be checked'),
      );
      continue;
    }
    read.all += length;
    read.minified += minified;
    if (isPlainlyHarmless(file, text, checks)) sources.push(harmless(file, text));
    else sources.push(inspect({ file, text, names, visitors }));
  }
  return sources;
}

type AnyVisitor = (visit: Visit, context: ScriptContext) => Said;

type VisitorTable = ReadonlyMap<string, readonly { code: string; visitor: AnyVisitor }[]>;

interface Inspection {
  file: string;
  text: string;
  names: ReadonlySet<string>;
  visitors: VisitorTable;
}

function inspect({ file, text, names, visitors }: Inspection): ScriptSource {
  const origin = originOf(file, text);
  const scoped = origin === 'own' && text.length <= maxScopedLength;
  const parsed = parseScript(text, {
    ranges: scoped,
    // An ES module in the archive may be meant for `import()`.
    ...(file.endsWith('.mjs') && { sourceType: 'module' }),
  });
  const remarks = new Map<string, Remark[]>();
  const base = { file, text, origin, minified: isMinified(text), remarks, placeOf: makeLocator(text) };
  if (parsed.kind !== 'program') {
    return { ...base, globals: null, failure: parsed, originAt: () => origin };
  }
  const globals = scoped ? globalsOf(parsed.program) : null;
  const made = new Map<unknown, unknown>();
  const context: ScriptContext = {
    once<Value>(make: (text: string) => Value): Value {
      if (!made.has(make)) made.set(make, make(text));
      return made.get(make) as Value;
    },
    file,
    text,
    names,
    globals,
    isGlobal: globals?.isGlobal ?? ((node) => node.type === 'Identifier'),
    valueOf: globals?.valueOf ?? (() => null),
  };
  const say = (code: string, said: Said): void => {
    if (said == null) return;
    const all = remarks.get(code) ?? [];
    const several: readonly Remark[] = 'start' in said ? [said] : said;
    for (const remark of several) if (all.length < maxRemarks) all.push(remark);
    remarks.set(code, all);
  };
  const regions = origin === 'own' ? regionsOf(parsed.comments, text.length) : [];
  walk(parsed.program, (visit) => {
    const { node } = visit;
    for (const { code, visitor } of visitors.get(node.type) ?? []) {
      if ((remarks.get(code)?.length ?? 0) < maxRemarks) say(code, visitor(visit, context));
    }
    if (node.type === 'Property' && isBundledModule(node)) {
      regions.push({ start: node.start, end: node.end, origin: 'vendor' });
    }
  });
  if (origin === 'own') sayComments(parsed.comments, context, say);
  return {
    ...base,
    // Without what holds on to the whole tree.
    globals: globals === null ? null : { uses: globals.uses, declared: globals.declared },
    failure: null,
    originAt: (offset) => originAt(offset, origin, regions),
  };
}

/** The code of the check that the comments are looked at for; they are no nodes. */
export const commentedOutCodeName = 'script/commented-out-code';

function sayComments(
  comments: readonly Comment[],
  context: ScriptContext,
  say: (code: string, remark: Remark) => void,
): void {
  for (const remark of commentedOutCode(comments, context.text)) say(commentedOutCodeName, remark);
}

/** Whatever else is too much to be read, `script.js` is not. */
function mainFirst(files: WidgetFiles): [file: string, bytes: Buffer][] {
  const isMain = (name: string): boolean => name === 'script.js';
  return [...files].sort(([a], [b]) => Number(isMain(b)) - Number(isMain(a)));
}

/**
 * Whether the text alone tells that nothing is to be said of code of others: there is no trace of what is refused, and
 * where the widget's own code may be among it, it is a script.
 */
function isPlainlyHarmless(file: string, text: string, checks: readonly CodeCheck[]): boolean {
  const origin = originOf(file, text);
  if (origin === 'own' || mayHoldRefused(text, checks)) return false;
  return origin === 'vendor' || (!file.endsWith('.mjs') && isScript(text));
}

function harmless(file: string, text: string): ScriptSource {
  const origin = originOf(file, text);
  return {
    file,
    text,
    origin,
    minified: isMinified(text),
    failure: null,
    globals: null,
    remarks: new Map(),
    originAt: () => origin,
    placeOf: makeLocator(text),
  };
}

function unread(file: string, text: string, reason: string): ScriptSource {
  return { ...harmless(file, text), failure: { kind: 'undecided', reason } };
}

/** A module that webpack took from a package, under its path. */
function isBundledModule(node: AnyNode & { type: 'Property' }): boolean {
  return isFunction(node.value) && keyName(node)?.includes('node_modules/') === true;
}

function originAt(offset: number, whole: Origin, regions: readonly Region[]): Origin {
  const origins = regions
    .filter(({ start, end }) => start <= offset && offset < end)
    .map(({ origin }) => origin);
  return origins.find((origin) => origin === 'vendor') ?? origins[0] ?? whole;
}

function byType(checks: readonly CodeCheck[]): VisitorTable {
  const table = new Map<string, { code: string; visitor: AnyVisitor }[]>();
  for (const { code, visit = {} } of checks) {
    for (const [type, visitor] of Object.entries(visit)) {
      const already = table.get(type) ?? [];
      table.set(type, [...already, { code, visitor: visitor as unknown as AnyVisitor }]);
    }
  }
  return table;
}
