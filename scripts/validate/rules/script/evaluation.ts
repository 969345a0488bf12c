import type { CallExpression, NewExpression } from 'acorn';
import { type CodeCheck, codeAt, type Remark, type ScriptContext } from '../../script/check.js';
import { calledName, globalPath, meant, startOfText } from '../../script/names.js';
import { refusedAndHarmful } from './levels.js';

const source = 'platform/widget.md §8 rules 10 and 18';

const help =
  'Whoever can change the text runs code in the account of every user, so moderators refuse it. Parse data with JSON.parse, and write code as code.';

/** Code that is made from text while the widget runs. */
export const evaluationChecks: readonly CodeCheck[] = [
  {
    code: 'script/eval',
    severity: refusedAndHarmful,
    title: 'Scripts don’t call eval.',
    help,
    source,
    inVendor: 'eval',
    traces: /\beval\b|globalEval/,
    visit: {
      CallExpression: ({ node }, context) => {
        const path = globalPath(node.callee, context)?.join('.') ?? '';
        return /^eval(?:\.call|\.apply)?$/.test(path) || calledName(node) === 'globalEval'
          ? say(
              node,
              context,
              `${calledName(node) === 'globalEval' ? 'globalEval' : 'eval'} runs a text as code.`,
            )
          : null;
      },
    },
  },
  {
    code: 'script/function-from-text',
    severity: refusedAndHarmful,
    title: 'Scripts don’t make functions from text.',
    help,
    source: `${source}: inferred, since new Function does what eval does`,
    inVendor: 'new Function',
    traces: /\bFunction["'`\s)\]?.]*[(/]/,
    visit: {
      CallExpression: ({ node }, context) => makesFunction(node, context),
      NewExpression: ({ node }, context) => makesFunction(node, context),
    },
  },
  {
    code: 'script/timer-from-text',
    severity: refusedAndHarmful,
    title: 'Timers are given functions, not text.',
    help,
    source: `${source}: inferred, since a timer runs a text as eval does`,
    inVendor: 'a timer that runs a text',
    traces: /\bset(?:Timeout|Interval)["'`\s)\]?.]*(?:\/|\([\s(]*["'`/])/,
    visit: {
      CallExpression: ({ node }, context) => {
        const path = globalPath(node.callee, context)?.join('.');
        if (path !== 'setTimeout' && path !== 'setInterval') return null;
        if (startOfText(meant(node.arguments[0], context)) === null) return null;
        return say(
          node,
          context,
          `${path} runs this text as code, as eval would.`,
          `${path}(function () { … }, …)`,
        );
      },
    },
  },
];

function makesFunction(node: CallExpression | NewExpression, context: ScriptContext): Remark | null {
  if (node.arguments.length === 0) return null;
  if (globalPath(node.callee, context)?.join('.') !== 'Function') return null;
  return say(node, context, 'This makes a function from text, as eval would.');
}

function say(
  node: CallExpression | NewExpression,
  context: ScriptContext,
  message: string,
  expected = 'code that is written as code',
): Remark {
  return { start: node.start, message, expected, found: codeAt(context, node) };
}
