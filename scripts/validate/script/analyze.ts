import type {
  AnyNode,
  ArrowFunctionExpression,
  CallExpression,
  Expression,
  FunctionExpression,
  Node,
  Program,
  Statement,
} from 'acorn';
import { parse } from 'acorn';
import type { ScriptVerdict } from './index.js';

/** Parsing takes about a second per ten megabytes; nobody ships a script.js of this size. */
const maxLength = 4 * 1024 * 1024;

/**
 * Reads a script without running it. `null` when the code doesn't tell at a glance what it gives: a bundle that
 * returns its exports, a condition, a class made by a helper.
 */
export function analyzeScript(text: string): ScriptVerdict | null {
  if (text.length > maxLength) return { kind: 'undecided', reason: 'it is too large to be checked' };
  const parsed = parseScript(text);
  if ('verdict' in parsed) return parsed.verdict;
  if (!/\bdefine\b/.test(text)) return { kind: 'no-define', reason: 'it never calls define' };
  const calls = parsed.program.body.flatMap(toDefineCall);
  const [call] = calls;
  if (call === undefined || calls.length > 1 || call.arguments[0]?.type === 'Literal') return null;
  const factory = call.arguments.at(-1);
  if (factory?.type !== 'FunctionExpression' && factory?.type !== 'ArrowFunctionExpression') return null;
  const result = returnedBy(factory);
  return result === null ? null : judge(result);
}

function parseScript(text: string): { program: Program } | { verdict: ScriptVerdict } {
  const options = { ecmaVersion: 'latest', locations: true, allowHashBang: false } as const;
  try {
    return { program: parse(text, { ...options, sourceType: 'script' }) };
  } catch (error) {
    if (!(error instanceof SyntaxError) || error.message.startsWith('Not enough stack space')) {
      return { verdict: { kind: 'undecided', reason: 'its expressions nest too deep to be checked' } };
    }
    const { loc } = error as SyntaxError & { loc: { line: number; column: number } };
    const reason = error.message.replace(/ \(\d+:\d+\)$/, '');
    return { verdict: { kind: 'syntax', line: loc.line, column: loc.column + 1, reason } };
  }
}

/** `define(…)` or `window.define(…)` as a statement of its own. */
function toDefineCall(statement: AnyNode): CallExpression[] {
  if (statement.type !== 'ExpressionStatement') return [];
  const { expression } = statement;
  if (expression.type !== 'CallExpression') return [];
  const { callee } = expression;
  const name =
    callee.type === 'MemberExpression' && !callee.computed && callee.object.type === 'Identifier'
      ? callee.property
      : callee;
  return name.type === 'Identifier' && name.name === 'define' ? [expression] : [];
}

/** The one value that a factory returns on every way; `null` when there are several or it isn't written there. */
function returnedBy(factory: FunctionExpression | ArrowFunctionExpression): Expression | null {
  if (factory.body.type !== 'BlockStatement') return factory.body;
  const { body } = factory.body;
  const last = body.at(-1);
  const isPlain = body.slice(0, -1).every(cannotReturn);
  if (!isPlain || last?.type !== 'ReturnStatement' || last.argument == null) return null;
  return last.argument.type === 'Identifier' ? valueOf(last.argument.name, body) : last.argument;
}

function cannotReturn({ type }: Statement): boolean {
  return (
    type === 'VariableDeclaration' ||
    type === 'FunctionDeclaration' ||
    type === 'ClassDeclaration' ||
    type === 'ExpressionStatement' ||
    type === 'EmptyStatement'
  );
}

/** What a name is bound to in a block, when it is plain to see. */
function valueOf(name: string, body: readonly Statement[]): Expression | null {
  for (const statement of body) {
    if (statement.type !== 'VariableDeclaration') continue;
    for (const { id, init } of statement.declarations) {
      const isConstant = statement.kind === 'const';
      if (id.type === 'Identifier' && id.name === name && isConstant && init != null) return init;
    }
  }
  return null;
}

function judge(value: Expression): ScriptVerdict | null {
  switch (value.type) {
    case 'FunctionExpression':
      if (value.async) return notExtendable('an async function', value);
      return value.generator ? notExtendable('a generator function', value) : { kind: 'function' };
    case 'ArrowFunctionExpression':
      return notExtendable('an arrow function', value);
    case 'ClassExpression':
      return notExtendable('a class', value);
    case 'ObjectExpression':
      return { kind: 'no-function', found: 'an object', ...placeOf(value) };
    case 'ArrayExpression':
      return { kind: 'no-function', found: 'a list', ...placeOf(value) };
    case 'Literal':
    case 'TemplateLiteral':
      return { kind: 'no-function', found: 'a plain value', ...placeOf(value) };
    default:
      return null;
  }
}

function notExtendable(found: string, value: Node): ScriptVerdict {
  return { kind: 'not-extendable', found, ...placeOf(value) };
}

function placeOf({ loc }: Node): { line: number | null; column: number | null } {
  return loc == null ? { line: null, column: null } : { line: loc.start.line, column: loc.start.column + 1 };
}
