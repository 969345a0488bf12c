import type { AnyNode, Comment, Statement } from 'acorn';
import type { Remark } from './check.js';
import { parseScript } from './parse.js';

/** So many pieces of comments are tried as code; a file with more has been shown enough. */
const maxTries = 3000;

/** Longer comments are texts, licences or data. */
const maxPiece = 20_000;

/** Comments that speak to tools. */
const directive =
  /^[\s*!]*(?:eslint|@ts-|ts-|tslint|jshint|jslint|jscs|globals?\b|exported\b|istanbul|c8\b|v8\b|prettier|webpack|[#@]__|[#@] ?source|#(?:end)?region|@(?:license|preserve|cc_on)|widget-ignore|use strict)/;

/**
 * Comments that are code somebody has switched off: moderation refuses those and wants none but explanations
 * (`platform/widget.md §8` rule 7). Prose is left alone, and so are doc comments, which may show how a thing is used:
 *
 * | a comment, or lines of comments that follow each other         | is code |
 * | ------------------------------------------------------------ | ------- |
 * | that parse as a whole into statements which do something       | yes     |
 * | of which a line does so                                       | yes     |
 * | that parse as members of an object with functions or objects   | yes     |
 * | that begin with two asterisks, or speak to a tool              | no      |
 * | that name a function and no more: `foo()`, `foo(x)`, `a.foo()`  | no      |
 * | anything else, e.g. `see x`, `default: y`                       | no      |
 */
export function commentedOutCode(comments: readonly Comment[], text: string): Remark[] {
  const remarks: Remark[] = [];
  let tries = 0;
  const isCode = (piece: string): boolean => {
    if (!looksLikeCode(piece) || tries >= maxTries) return false;
    tries += 1;
    return parsesAsCode(piece);
  };
  for (const group of groups(comments, text)) {
    const first = group.find(({ value }) => !isApart(value));
    if (first === undefined) continue;
    const whole = group.map(({ value }) => value).join('\n');
    if (isCode(strip(whole))) {
      remarks.push(remark(first, whole));
      continue;
    }
    const line = group.find(({ type, value }) => type === 'Line' && isCode(value));
    if (line !== undefined) remarks.push(remark(line, line.value));
  }
  return remarks;
}

function remark({ start }: Comment, code: string): Remark {
  const shown = code.replace(/\s+/g, ' ').trim();
  return {
    start,
    message: 'This comment is code that was switched off. Delete it: the history of the project keeps it.',
    expected: 'comments that explain',
    found: shown.length <= 60 ? shown : `${shown.slice(0, 59)}…`,
  };
}

/** Line comments that follow each other on lines of their own belong together. */
function* groups(comments: readonly Comment[], text: string): Generator<Comment[]> {
  let group: Comment[] = [];
  for (const comment of comments) {
    if (isApart(comment.value) || (comment.type === 'Block' && comment.value.startsWith('*'))) continue;
    const last = group.at(-1);
    const goesOn =
      last?.type === 'Line' &&
      comment.type === 'Line' &&
      comment.start - last.end < 400 &&
      /^\s*$/.test(text.slice(last.end, comment.start)) &&
      !/\n\s*\n/.test(text.slice(last.end, comment.start));
    if (!goesOn && group.length > 0) {
      yield group;
      group = [];
    }
    group.push(comment);
  }
  if (group.length > 0) yield group;
}

function isApart(value: string): boolean {
  return directive.test(value) || value.length > maxPiece;
}

/** Block comments may have an asterisk at the start of every line. */
function strip(value: string): string {
  return value.replace(/^[ \t]*\*(?!\/)/gm, '');
}

/** Without one of these nothing is code, and most prose has none. */
function looksLikeCode(piece: string): boolean {
  return piece.length <= maxPiece && /[;{}=]|\)\s*$/.test(piece) && /[({=;]/.test(piece);
}

function parsesAsCode(piece: string): boolean {
  // Inside a function, so that `return` and `await` may stand there.
  const statements = parseScript(`async function* f() {${piece}\n}`);
  if (statements.kind === 'program') {
    const [only, ...more] = statements.program.body;
    return (
      more.length === 0 &&
      only?.type === 'FunctionDeclaration' &&
      doesSomething(only.body.body, /;|\n/.test(piece.trim()))
    );
  }
  const members = parseScript(`({${piece}\n})`);
  if (members.kind !== 'program') return false;
  const [statement] = members.program.body;
  return statement?.type === 'ExpressionStatement' && holdsCode(statement.expression);
}

/** `closed`: with a semicolon or a line end inside; a bare `foo()` may be the name of a function in prose. */
function doesSomething(statements: readonly Statement[], closed: boolean): boolean {
  return statements.some((statement) => {
    switch (statement.type) {
      case 'ExpressionStatement':
        return closed ? acts(statement.expression) : isNoProse(statement.expression);
      case 'ReturnStatement':
        return closed && statement.argument != null && statement.argument.type !== 'Identifier';
      case 'ThrowStatement':
        return closed && statement.argument.type === 'NewExpression';
      case 'VariableDeclaration':
        return statement.declarations.some(({ init }) => init != null);
      case 'IfStatement':
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'WhileStatement':
      case 'TryStatement':
      case 'SwitchStatement':
      case 'FunctionDeclaration':
      case 'ClassDeclaration':
        return true;
      default:
        return false;
    }
  });
}

function acts(expression: AnyNode): boolean {
  switch (expression.type) {
    case 'CallExpression':
    case 'AssignmentExpression':
    case 'UpdateExpression':
    case 'AwaitExpression':
      return true;
    case 'NewExpression':
      return true;
    case 'LogicalExpression':
      return acts(expression.right);
    case 'ChainExpression':
      return acts(expression.expression);
    default:
      return false;
  }
}

/** A method that is given something, or a function that is given a text: nobody writes so in a sentence. */
function isNoProse(expression: AnyNode): boolean {
  const call = expression.type === 'AwaitExpression' ? expression.argument : expression;
  if (call.type !== 'CallExpression' || call.arguments.length === 0) return false;
  return call.callee.type === 'MemberExpression' || call.arguments.some(({ type }) => /Literal$/.test(type));
}

function holdsCode(expression: AnyNode): boolean {
  if (expression.type !== 'ObjectExpression') return false;
  return expression.properties.some(
    (property) =>
      property.type === 'Property' &&
      (property.value.type === 'FunctionExpression' ||
        property.value.type === 'ArrowFunctionExpression' ||
        (property.value.type === 'ObjectExpression' && property.value.properties.length > 0)),
  );
}
