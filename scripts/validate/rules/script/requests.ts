import type { AnyNode, CallExpression } from 'acorn';
import { type CodeCheck, codeAt, type Remark, type ScriptContext } from '../../script/check.js';
import { calledName, globalPath, keyName, meant, memberOf, startOfText } from '../../script/names.js';
import { around, isFunction, type Visit } from '../../script/walk.js';
import { advised, refusedAndHarmful } from './levels.js';

/** How the widget asks servers for something. */
export const requestChecks: readonly CodeCheck[] = [
  {
    code: 'script/synchronous-request',
    severity: refusedAndHarmful,
    title: 'Requests don’t hold up the page.',
    help: 'With async: false the whole account stands still until the server answers. Go on in a callback or after await.',
    source: 'platform/widget.md §8 rule 14',
    inVendor: 'a synchronous request',
    traces:
      /\basync["'`\s)\]]*(?:\/|:[\s(]*(?:\/|false|!))|\bopen["'`\s)\]?.]*[(/][^]{0,500}?,[\s(]*(?:\/|false|!)/,
    visit: {
      Property: ({ node, parent }) => {
        if (keyName(node) !== 'async' || !isFalse(node.value)) return null;
        const options = parent?.node;
        if (options?.type !== 'ObjectExpression') return null;
        const call = parent?.parent?.node;
        const isPassed = call?.type === 'CallExpression' && /ajax/i.test(calledName(call) ?? '');
        const isRequest = ['url', 'dataType', 'success', 'method'].some(
          (name) => memberOf(options, name) !== null,
        );
        if (!isPassed && !isRequest) return null;
        return {
          start: node.start,
          message: 'A request with async: false holds up the page until the server answers.',
          expected: 'a request with a callback or a promise',
          found: 'async: false',
        };
      },
      CallExpression: ({ node }, context) => {
        // What window.open takes there is a text.
        const [, , async] = node.arguments;
        if (calledName(node) !== 'open' || !isFalse(async)) return null;
        return {
          start: node.start,
          message:
            'A request opened with false as its third argument holds up the page until the server answers.',
          expected: 'a request with a callback or a promise',
          found: codeAt(context, node),
        };
      },
    },
  },
  {
    code: 'script/api-call-in-loop',
    severity: refusedAndHarmful,
    title: 'Calls of the platform’s API don’t stand in loops.',
    help: 'The API takes seven requests a second for a whole account, and crm_post one. Ask for many entities with one request (a filter by ids, a list in the body), or let your server do it.',
    source: 'platform/widget.md §8 rule 15',
    visit: {
      CallExpression: (visit, context) => inLoop(visit, context, 'platform'),
    },
  },
  {
    code: 'script/request-in-loop',
    severity: advised,
    title: 'Requests don’t stand in loops.',
    help: 'The checklist forbids calls of the API in loops, and requests to a server of your own look the same to whoever reads the code. Send what belongs together in one request.',
    source: 'platform/widget.md §8 rule 15; whether it covers other servers is not said',
    visit: {
      CallExpression: (visit, context) => inLoop(visit, context, 'other'),
    },
  },
];

function inLoop(
  visit: Visit<CallExpression>,
  context: ScriptContext,
  asked: 'platform' | 'other',
): Remark | null {
  const { node } = visit;
  if (requestTo(node, context) !== asked) return null;
  const loop = loopAround(visit);
  if (loop === null) return null;
  return {
    start: node.start,
    message:
      asked === 'platform'
        ? `This asks the platform once for every turn of ${loop}.`
        : `This sends a request for every turn of ${loop}.`,
    expected: 'one request for all',
    found: codeAt(context, node),
  };
}

function requestTo(node: CallExpression, context: ScriptContext): 'platform' | 'other' | null {
  const name = calledName(node);
  if (name === 'crm_post' || name === '$authorizedAjax') return 'platform';
  const path = globalPath(node.callee, context)?.join('.');
  const isAjax =
    node.callee.type === 'MemberExpression' &&
    node.callee.object.type === 'Identifier' &&
    /^(?:\$|jQuery)$/.test(node.callee.object.name) &&
    /^(?:ajax|get|post|getJSON)$/.test(name ?? '');
  if (!isAjax && path !== 'fetch') return null;
  const [first] = node.arguments;
  const address = addressIn(first, context) ?? addressIn(memberOf(first, 'url'), context) ?? '';
  return /^(?:https:\/\/[\w.-]+\.(?:kommo\.com|amocrm\.(?:ru|com)))?\/(?:api|ajax|private)\//.test(address)
    ? 'platform'
    : 'other';
}

function addressIn(node: AnyNode | null | undefined, context: ScriptContext): string | null {
  const said = meant(node, context);
  // The page's own host put before it changes nothing.
  const isHere =
    said?.type === 'BinaryExpression' && globalPath(said.left, context)?.join('.') === 'location.origin';
  return startOfText(isHere ? said.right : said);
}

/** `false`, and `!1` as minifiers write it. */
function isFalse(node: AnyNode | undefined): boolean {
  if (node?.type === 'UnaryExpression' && node.operator === '!') {
    return node.argument.type === 'Literal' && node.argument.value === 1;
  }
  return node?.type === 'Literal' && node.value === false;
}

const iterating = new Set([
  'forEach',
  'map',
  'each',
  'filter',
  'reduce',
  'some',
  'every',
  'flatMap',
  'times',
]);

/** The loop whose every turn comes by here, in words; `null` when there is none around. */
function loopAround(visit: Visit): string | null {
  let inner: Visit = visit;
  for (const outer of around(visit)) {
    const { node } = outer;
    switch (node.type) {
      case 'ForStatement':
        if (node.init !== inner.node) return 'a for loop';
        break;
      case 'ForInStatement':
      case 'ForOfStatement':
        if (node.right !== inner.node) return 'a for loop';
        break;
      case 'WhileStatement':
      case 'DoWhileStatement':
        return 'a while loop';
      default:
        if (isFunction(node) && !runsAtOnce(outer)) return iteratorAround(outer);
    }
    inner = outer;
  }
  return null;
}

/** What is called where it is written, and what a promise is made with. */
function runsAtOnce({ node, parent }: Visit): boolean {
  const call = parent?.node;
  if (call?.type === 'CallExpression') return call.callee === node;
  return (
    call?.type === 'NewExpression' && call.callee.type === 'Identifier' && call.callee.name === 'Promise'
  );
}

/** The method that calls a function for every item. */
function iteratorAround({ node, parent }: Visit): string | null {
  if (parent?.node.type !== 'CallExpression' || parent.node.callee === node) return null;
  const name = calledName(parent.node);
  return name !== null && iterating.has(name) ? name : null;
}
