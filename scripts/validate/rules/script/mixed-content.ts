import type { AnyNode, CallExpression } from 'acorn';
import { isDevelopmentHost } from '../../known-hosts.js';
import { type CodeCheck, codeAt, type Remark, type ScriptContext } from '../../script/check.js';
import {
  calledName,
  globalPath,
  meant,
  memberOf,
  propertyName,
  startOfText,
  textOf,
} from '../../script/names.js';

/** What a page that came by https must not ask for by http. */
export const mixedContentChecks: readonly CodeCheck[] = [
  {
    code: 'script/mixed-content',
    severity: 'warning',
    title: 'Scripts ask for nothing without encryption.',
    help: 'Accounts are opened by https, and there browsers block requests, sockets and frames by http. Serve the address by https, and write it so; crm_post goes through the platform and is not meant.',
    source: 'inferred from platform/widget.md §7: the page of an account is https; W3C Mixed Content',
    visit: {
      CallExpression: ({ node }, context) => judge(node, addressAskedFor(node, context), context),
      NewExpression: ({ node }, context) =>
        /^(?:WebSocket|EventSource)$/.test(calledName(node) ?? '')
          ? judge(node, startOfText(node.arguments[0]), context)
          : null,
      AssignmentExpression: ({ node }, context) =>
        propertyName(node.left) === 'src' ? judge(node, startOfText(node.right), context) : null,
      Literal: ({ node }, context) => judge(node, loadedByHtml(textOf(node)), context),
      TemplateElement: ({ node }, context) => judge(node, loadedByHtml(node.value.cooked ?? null), context),
    },
  },
];

function judge(node: AnyNode, address: string | null, context: ScriptContext): Remark | null {
  const found = /^(http|ws):\/\/(\[[\da-f:]+\]|[\w.-]+)/i.exec(address ?? '');
  const [, scheme = '', host = ''] = found ?? [];
  // Of a host for development tells script/test-host.
  if (found === null || isDevelopmentHost(host)) return null;
  return {
    start: node.start,
    message: `Browsers block this: accounts are opened by https, and ${host} is asked by ${scheme.toLowerCase()}.`,
    expected: `${scheme.toLowerCase()}s://${host}`,
    found: codeAt(context, node),
  };
}

/** What a call sends a request to, as far as it is written out. */
function addressAskedFor(node: CallExpression, context: ScriptContext): string | null {
  const [first, second] = node.arguments;
  const name = calledName(node);
  if (name === 'open') return isMethod(textOf(first)) ? startOfText(meant(second, context)) : null;
  const isFetch = globalPath(node.callee, context)?.join('.') === 'fetch';
  const isAjax =
    name === '$authorizedAjax' || /^(?:\$|jQuery)\.(?:ajax|get|post|getJSON)$/.test(dotted(node));
  return isFetch || isAjax ? startOfText(meant(memberOf(first, 'url') ?? first, context)) : null;
}

function dotted({ callee }: CallExpression): string {
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return '';
  return `${callee.object.name}.${propertyName(callee) ?? ''}`;
}

function isMethod(text: string | null): boolean {
  return /^(?:GET|POST|PUT|PATCH|DELETE|HEAD)$/i.test(text ?? '');
}

/** The address that an element in a piece of HTML loads by itself; links wait for a click. */
function loadedByHtml(text: string | null): string | null {
  if (text === null || !text.includes('http://')) return null;
  const loading =
    /<(?:iframe|frame|img|source|video|audio|embed|link)\b[^<>]{0,500}?\s(?:src|href)\s?=\s?["']?(http:\/\/[^\s"'<>]{1,200})/i;
  return loading.exec(text)?.[1] ?? null;
}
