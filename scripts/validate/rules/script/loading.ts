import type { AnyNode, CallExpression } from 'acorn';
import { type CodeCheck, codeAt, type Remark, type ScriptContext } from '../../script/check.js';
import { unnamedIn } from '../../script/dependencies.js';
import { globalPath, textOf } from '../../script/names.js';
import { storedSwitch } from './hosts.js';

/** What of a script's modules cannot be told, and what the loader makes of several in one file. */
export const loadingChecks: readonly CodeCheck[] = [
  {
    code: 'script/unnamed-dependency',
    severity: 'notice',
    title: 'Scripts name what they load.',
    help: 'Which file comes here is decided while the script runs, so nobody has looked whether it is in the archive. Write the name as a text; where a folder has to stand before it, that is enough: path + "/parcels.js".',
    source: 'platform/widget.md §8 rules 16 and 17: all that is loaded goes through define, from the archive',
    visit: {
      CallExpression: (visit, context) =>
        storedSwitch(visit, context) === null
          ? unnamedIn(visit.node, context).map((node) => unnamed(node, context))
          : null,
    },
  },
  {
    code: 'script/second-anonymous-module',
    severity: 'warning',
    title: 'A file defines one module without a name.',
    help: 'The loader takes the first define without a name for the file and drops every other, without a word. Put the second module into a file of its own, or give it a name.',
    source: 'platform/widget.md §12: RequireJS 2.3.5, completeLoad',
    visit: {
      Program: ({ node }, context) => {
        const [first, ...others] = node.body.flatMap((statement) => anonymousDefine(statement, context));
        return first === undefined ? null : others.map((call) => second(call, context));
      },
    },
  },
];

function unnamed(node: AnyNode, context: ScriptContext): Remark {
  return {
    start: node.start,
    message: 'What is loaded here is known only while the script runs, so it was not checked.',
    expected: 'the name as a text',
    found: codeAt(context, node),
  };
}

function second(call: CallExpression, context: ScriptContext): Remark {
  return {
    start: call.start,
    message: 'The loader drops this module: the file has defined one without a name before.',
    expected: 'one define without a name in a file',
    found: codeAt(context, call),
  };
}

/** A call of `define` without a name that runs whenever the script does: in a condition there may be one for each way. */
function anonymousDefine(statement: AnyNode, context: ScriptContext): CallExpression[] {
  if (statement.type !== 'ExpressionStatement') return [];
  const { expression } = statement;
  if (expression.type !== 'CallExpression') return [];
  if (globalPath(expression.callee, context)?.join('.') !== 'define') return [];
  const { arguments: given } = expression;
  return given.length < 3 && textOf(given[0]) === null ? [expression] : [];
}
