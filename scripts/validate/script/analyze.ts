import type {
  AnyNode,
  ArrowFunctionExpression,
  CallExpression,
  Expression,
  FunctionExpression,
  Statement,
} from 'acorn';
import type { ScriptVerdict, WidgetInstanceFacts } from './index.js';
import { writtenInstance } from './instance.js';
import { isMinified } from './origin.js';
import { maxMinified, parseScript, tooLarge } from './parse.js';
import { makeLocator, type Position } from '../text.js';

/** Nobody ships a script.js of this size. */
const maxLength = 4 * 1024 * 1024;

/** What reading a script tells; `null` where only a run can. */
export interface ScriptAnalysis {
  verdict: ScriptVerdict | null;
  instance: WidgetInstanceFacts | null;
}

/**
 * Reads a script without running it. Nothing is told when the code doesn't tell at a glance what it gives: a bundle that
 * returns its exports, a condition, a class made by a helper.
 */
export function analyzeScript(text: string): ScriptAnalysis {
  const unknown = { verdict: null, instance: null };
  if (text.length > maxLength) {
    return { ...unknown, verdict: { kind: 'undecided', reason: tooLarge } };
  }
  if (isMinified(text) && text.length > maxMinified) return unknown;
  const parsed = parseScript(text);
  if (parsed.kind !== 'program') return { ...unknown, verdict: parsed };
  if (!/\bdefine\b/.test(text)) {
    return { ...unknown, verdict: { kind: 'no-define', reason: 'it never calls define' } };
  }
  const calls = parsed.program.body.flatMap(toDefineCall);
  const [call] = calls;
  if (call === undefined || calls.length > 1 || call.arguments[0]?.type === 'Literal') return unknown;
  const factory = call.arguments.at(-1);
  if (factory?.type !== 'FunctionExpression' && factory?.type !== 'ArrowFunctionExpression') return unknown;
  const result = returnedBy(factory);
  if (result === null) return unknown;
  const isPlain = result.type === 'FunctionExpression';
  return {
    verdict: judge(result, makeLocator(text)),
    instance: isPlain ? writtenInstance(result, text) : null,
  };
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

function judge(value: Expression, at: (offset: number) => Position): ScriptVerdict | null {
  switch (value.type) {
    case 'FunctionExpression':
      if (value.async) return notExtendable('an async function', at(value.start));
      return value.generator ? notExtendable('a generator function', at(value.start)) : { kind: 'function' };
    case 'ArrowFunctionExpression':
      return notExtendable('an arrow function', at(value.start));
    case 'ClassExpression':
      return notExtendable('a class', at(value.start));
    case 'ObjectExpression':
      return { kind: 'no-function', found: 'an object', ...at(value.start) };
    case 'ArrayExpression':
      return { kind: 'no-function', found: 'a list', ...at(value.start) };
    case 'Literal':
    case 'TemplateLiteral':
      return { kind: 'no-function', found: 'a plain value', ...at(value.start) };
    default:
      return null;
  }
}

function notExtendable(found: string, place: Position): ScriptVerdict {
  return { kind: 'not-extendable', found, ...place };
}
