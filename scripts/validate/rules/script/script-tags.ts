import type { AnyNode, CallExpression } from 'acorn';
import { type CodeCheck, codeAt, type Remark, type ScriptContext } from '../../script/check.js';
import { calledName, meant, memberOf, startOfText, textOf } from '../../script/names.js';
import { refusedAndHarmful } from './levels.js';

/** What puts HTML into the page and runs the scripts in it, which `innerHTML` does not. */
const taking = /^(?:append|prepend|html|after|before|appendTo|prependTo|write|writeln)$/;

/** Code that gets into the page beside the platform's loader. */
export const scriptTagChecks: readonly CodeCheck[] = [
  {
    code: 'script/script-tag',
    severity: refusedAndHarmful,
    title: 'Scripts come through define and require, not through script tags.',
    help: 'Moderation refuses inserted script tags, and an AMD library that comes by one breaks the platform’s loader (“Mismatched anonymous define”). Put the file into the archive and name it in define or require; in webpack, build one AMD library per module in place of chunks.',
    source: 'platform/widget.md §8 rule 16, §7',
    inVendor: 'a script tag that is inserted',
    traces:
      /\bcreateElement["'`\s)\]?.]*(?:\/|\(["'`\s(]*(?:\/|script["'`]))|\bcreateElementNS\b[^]{0,500}?script|\bgetScript\b|\bdataType["'`\s)\]]*(?:\/|:["'`\s(]*(?:\/|script))|(?:\$|\bjQuery|append|prepend|html|after|before|appendTo|prependTo|write|writeln)["'`\s)\]?.]*[(/][^]{0,500}?<script/i,
    inBundler: true,
    visit: {
      CallExpression: ({ node }, context) => {
        const name = calledName(node);
        const [first, second] = node.arguments.map((argument) => meant(argument, context));
        if (name === 'createElement' && isScript(first)) return say(node, context);
        if (name === 'createElementNS' && isScript(second)) return say(node, context);
        if (name === 'getScript' || asksForScript(node)) return say(node, context);
        const holdsTag = node.arguments.some((argument) =>
          /<script[\s/>]/i.test(startOfText(argument) ?? ''),
        );
        if (!holdsTag || name === null) return null;
        return name === '$' || name === 'jQuery' || taking.test(name) ? say(node, context) : null;
      },
    },
  },
];

function isScript(node: AnyNode | null | undefined): boolean {
  return textOf(node)?.toLowerCase() === 'script';
}

/** `$.ajax({ dataType: 'script' })` runs what comes. */
function asksForScript({ arguments: given }: CallExpression): boolean {
  return given.some((one) => one.type !== 'SpreadElement' && textOf(memberOf(one, 'dataType')) === 'script');
}

function say(node: AnyNode, context: ScriptContext): Remark {
  return {
    start: node.start,
    message: 'This inserts a script tag, which moderation refuses.',
    expected: 'define([…], …) or require([…], …)',
    found: codeAt(context, node),
  };
}
