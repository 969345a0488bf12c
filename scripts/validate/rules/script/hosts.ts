import type { AnyNode, CallExpression } from 'acorn';
import { isDevelopmentHost } from '../../known-hosts.js';
import type { Rule } from '../../rule.js';
import { type CodeCheck, codeAt, type Remark, type ScriptContext } from '../../script/check.js';
import { dependenciesOf } from '../../script/dependencies.js';
import { calledName, textOf } from '../../script/names.js';
import { around, isFunction, type Visit } from '../../script/walk.js';
import { quote } from '../../words.js';
import { codeRule } from './code-rule.js';
import { refusedAndHarmful } from './levels.js';

/** What is left from trying the widget out. */
export const hostChecks: readonly CodeCheck[] = [
  {
    code: 'script/test-host',
    severity: refusedAndHarmful,
    title: 'No address of a development machine, a tunnel or an example is left in scripts.',
    help: 'Users cannot reach these hosts, and whoever gets the name of a tunnel next gets their requests. Put the address into the settings of the widget or into the build.',
    source: 'platform/widget.md §8 rule 8, §13',
    visit: {
      Literal: (visit, context) => judge(visit, textOf(visit.node), context),
      TemplateElement: (visit, context) => judge(visit, visit.node.value.cooked ?? null, context),
    },
  },
  {
    code: 'script/development-switch',
    severity: refusedAndHarmful,
    title: 'What the widget loads does not depend on what is stored in the browser.',
    help: 'Whoever can write to localStorage once, through any script of the page, runs code in the account from then on. Make a build of its own for development.',
    source: 'platform/widget.md §13, §7',
    visit: {
      CallExpression: storedSwitch,
      ImportExpression: (visit, context) => judgeSwitch(visit, [visit.node.source], context),
    },
  },
];

/** What is to be said of a call that loads code by what is stored in the browser. */
export function storedSwitch(visit: Visit<CallExpression>, context: ScriptContext): Remark | null {
  if (!loads(visit, context)) return null;
  const asked = visit.node.arguments.filter((argument) => !isFunction(argument));
  return judgeSwitch(visit, asked, context);
}

/** `asked` is what says which code is loaded, beside the conditions on the way to it. */
function judgeSwitch(visit: Visit, asked: readonly AnyNode[], context: ScriptContext): Remark | null {
  const stored = context.once(storedNames);
  if (stored === null) return null;
  const isStored = [...asked, ...tests(visit)].some(({ start, end }) =>
    stored.test(context.text.slice(start, Math.min(end, start + 3000))),
  );
  if (!isStored) return null;
  return {
    start: visit.node.start,
    message: 'What is stored in the browser decides what code is loaded here.',
    expected: 'the same code for every user',
    found: codeAt(context, visit.node),
  };
}

/**
 * The same as rules. A host that stands in the manifest as well has a finding there, and it is the build that puts it
 * into both.
 */
export const hostRules: readonly Rule[] = hostChecks.map((check) => {
  const rule = codeRule(check);
  return {
    ...rule,
    check: (view) => {
      const manifest = view.files.get('manifest.json')?.toString('utf8') ?? '';
      return rule.check(view).filter(({ found }) => {
        const host = hostIn(found ?? '');
        return host === null || !/[a-z]\.[a-z]/i.test(host) || !manifest.includes(`//${host}`);
      });
    },
  };
});

function judge({ node, parent }: Visit, text: string | null, context: ScriptContext): Remark | null {
  if (text === null || text.length < 5) return null;
  const host = hostIn(text);
  if (host === null || !isDevelopmentHost(host)) return null;
  // Of a module from there tells script/external-library.
  let outer = parent;
  while (outer !== null && /^(?:TemplateLiteral|BinaryExpression)$/.test(outer.node.type))
    outer = outer.parent;
  const call = outer?.node.type === 'ArrayExpression' ? outer.parent?.node : null;
  if (call?.type === 'CallExpression' && dependenciesOf(call, context).length > 0) return null;
  return {
    start: node.start,
    message: `${quote(host)} is a host for development; users cannot reach it.`,
    expected: 'an address of your own',
    found: quote(text),
  };
}

/** The host of an address, also without a scheme where nothing but a host for development can be meant. */
function hostIn(text: string): string | null {
  const address = /(?:\b(?:https?|wss?):)?\/\/(?:[\w.~-]+@)?(\[[\da-f:]+\]|[\w.-]+)/i.exec(
    text.slice(0, 2000),
  );
  if (address !== null) return address[1] ?? null;
  return /^(localhost|127\.0\.0\.1)(?::\d+)?(?:\/|$)/i.exec(text)?.[1] ?? null;
}

function loads({ node }: Visit<CallExpression>, { isGlobal }: ScriptContext): boolean {
  const name = calledName(node);
  if (name === 'createElement') return textOf(node.arguments[0]) === 'script';
  if (name === 'getScript') return true;
  if (name !== 'require' && name !== 'requirejs' && name !== 'define') return false;
  return node.arguments.length > 0 && isGlobal(rootOf(node.callee));
}

function rootOf(node: Visit['node']): Visit['node'] {
  return node.type === 'MemberExpression' ? rootOf(node.object) : node;
}

/** The conditions on which the way to a node depends. */
function tests(visit: Visit): { start: number; end: number }[] {
  return [...around(visit)].flatMap(({ node }) => {
    if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') return [node.test];
    return node.type === 'LogicalExpression' ? [node.left] : [];
  });
}

/** Finds the storage itself and names that were given something from it; `null` where there is no storage. */
function storedNames(text: string): RegExp | null {
  if (!text.includes('Storage')) return null;
  const names = [
    // With bounds, so that no run of spaces or letters is gone through from each of its places.
    ...text.matchAll(
      /(?<![\w$])([A-Za-z_$][\w$]{0,99})\s{0,50}(?:\}\s{0,50})?=(?![=>])[^=;\n]{0,200}?\b(?:local|session)Storage\b/g,
    ),
  ].map(([, name = '']) => name.replaceAll('$', '\\$'));
  const all = ['localStorage', 'sessionStorage', ...names.slice(0, 50)];
  return new RegExp(`(?<![\\w$.])(?:window\\.)?(?:${all.join('|')})(?![\\w$])`);
}
