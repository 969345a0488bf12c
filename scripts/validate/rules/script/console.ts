import type { AnyNode } from 'acorn';
import { type CodeCheck, codeAt } from '../../script/check.js';
import { calledName, globalPath, keyName, propertyName } from '../../script/names.js';
import { around, isFunction, type Visit } from '../../script/walk.js';
import { refused } from './levels.js';

/** What is written to the console. */
export const consoleChecks: readonly CodeCheck[] = [
  {
    code: 'script/console',
    severity: refused,
    title: 'Scripts write nothing to the console, but console.trace of an error that was caught.',
    help: 'Moderation permits console.trace inside catch and in the callback of a rejected promise, amoCRM console.debug as well; every other method is refused. Delete the line, or let the build drop it.',
    source: 'platform/widget.md §8 rule 11',
    inVendor: 'console',
    traces: /\bconsole["'`\s)\]?]*[.[/]|\}\s*=[^;]{0,100}?\bconsole\b/,
    visit: {
      MemberExpression: (visit, context) => {
        const path = globalPath(visit.node, context);
        const [root, method = ''] = path ?? [];
        if (root !== 'console' || path?.length !== 2) return null;
        if (method === 'trace' && isForErrors(visit, context.once(handlersOfErrors))) return null;
        return {
          start: visit.node.start,
          message:
            method === 'trace'
              ? 'console.trace is permitted only inside catch or where a promise is rejected.'
              : `console.${method} is left from debugging; moderation refuses it.`,
          expected: 'nothing in the console',
          found: `console.${method}`,
          ...(method === 'debug' && { permittedBy: 'amocrm' as const }),
        };
      },
      VariableDeclarator: ({ node: { id, init, start } }, context) => {
        if (id.type !== 'ObjectPattern' || init == null) return null;
        if (globalPath(init, context)?.join('.') !== 'console') return null;
        return {
          start,
          message: 'What is taken out of console is left from debugging; moderation refuses it.',
          expected: 'nothing in the console',
          found: codeAt(context, { start: id.start, end: init.end }),
        };
      },
    },
  },
];

/**
 * Inside `catch (error) { … }`, `.catch(…)`, `.fail(…)` or the second argument of `.then(…)`, or in a function whose
 * name is handed over there.
 */
function isForErrors(visit: Visit, handlers: ReadonlySet<string>): boolean {
  for (const { node, parent } of around(visit)) {
    if (node.type === 'CatchClause') return true;
    if (!isFunction(node)) continue;
    if (handlers.has(nameOfFunction(node, parent?.node) ?? '')) return true;
    if (parent?.node.type !== 'CallExpression') continue;
    const name = calledName(parent.node);
    if (name === 'catch' || name === 'fail') return true;
    if (name === 'then' && parent.node.arguments[1] === node) return true;
  }
  return false;
}

function nameOfFunction(node: AnyNode, parent: AnyNode | undefined): string | null {
  if (node.type === 'FunctionDeclaration') return node.id?.name ?? null;
  if (parent?.type === 'VariableDeclarator') return parent.id.type === 'Identifier' ? parent.id.name : null;
  if (parent?.type === 'AssignmentExpression') return propertyName(parent.left);
  return parent === undefined ? null : keyName(parent);
}

/** Names of functions that are handed over for errors: `.catch(self.tell)`, `.then(null, tell)`. */
function handlersOfErrors(text: string): ReadonlySet<string> {
  const handed = text.matchAll(
    /\.(?:(?:catch|fail)\(|then\(\s{0,40}[\w$.]{1,100}\s{0,40},)\s{0,40}(?:[\w$]{1,50}\.){0,5}([\w$]{1,100})\s{0,40}[,)]/g,
  );
  return new Set(Array.from(handed, ([, name = '']) => name));
}
