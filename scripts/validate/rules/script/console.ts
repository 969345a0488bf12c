import type { CodeCheck } from '../../script/check.js';
import { calledName, globalPath } from '../../script/names.js';
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
    visit: {
      MemberExpression: (visit, { isGlobal }) => {
        const path = globalPath(visit.node, isGlobal);
        const [root, method = ''] = path ?? [];
        if (root !== 'console' || path?.length !== 2) return null;
        if (method === 'trace' && isForErrors(visit)) return null;
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
    },
  },
];

/** Inside `catch (error) { … }`, `.catch(…)`, `.fail(…)` or the second argument of `.then(…)`. */
function isForErrors(visit: Visit): boolean {
  for (const { node, parent } of around(visit)) {
    if (node.type === 'CatchClause') return true;
    if (!isFunction(node) || parent?.node.type !== 'CallExpression') continue;
    const name = calledName(parent.node);
    if (name === 'catch' || name === 'fail') return true;
    if (name === 'then' && parent.node.arguments[1] === node) return true;
  }
  return false;
}
