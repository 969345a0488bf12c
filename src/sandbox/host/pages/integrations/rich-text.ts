import { escapeHtml } from '../../dom.js';
import type { Session } from '../../../wire.js';

const allowed = new Set([
  'a',
  'b',
  'strong',
  'i',
  'em',
  'u',
  's',
  'small',
  'br',
  'p',
  'ul',
  'ol',
  'li',
  'span',
  'div',
  'code',
  'blockquote',
]);

/** Their contents are not text for people. */
const dropped = new Set([
  'script',
  'style',
  'template',
  'iframe',
  'object',
  'embed',
  'svg',
  'math',
  'noscript',
  'textarea',
  'title',
]);

/**
 * HTML of a language file, safe to put on the page: simple elements without attributes, and links to other pages.
 * The short tags of `platform/widget.md §1.2` are replaced.
 */
export function richText(html: string, session: Session): string {
  const { body } = new DOMParser().parseFromString(replaceShortTags(html, session), 'text/html');
  return htmlOf(body);
}

function htmlOf(parent: Node): string {
  return [...parent.childNodes]
    .map((node) => {
      if (node.nodeType === Node.TEXT_NODE) return escapeHtml(node.textContent ?? '');
      if (!(node instanceof Element)) return '';
      const tag = node.localName;
      if (dropped.has(tag)) return '';
      if (tag === 'br') return '<br>';
      const content = htmlOf(node);
      if (!allowed.has(tag)) return content;
      if (tag !== 'a') return `<${tag}>${content}</${tag}>`;
      const href = node.getAttribute('href') ?? '';
      return /^(https?:|mailto:|tel:|\/(?!\/))/i.test(href.trim())
        ? `<a href="${escapeHtml(href.trim())}" target="_blank" rel="noopener noreferrer">${content}</a>`
        : content;
    })
    .join('');
}

/**
 * `#API_HASH#` and `#LINK#…#/LINK#` belong to amoCRM's old keys, which no account has any more: the first is
 * empty, of the second the text stays.
 */
function replaceShortTags(html: string, { account, user }: Session): string {
  const values: Readonly<Record<string, string>> = {
    HOST: location.host,
    SUBDOMAIN: account.subdomain,
    LOGIN: user.email,
    ACCOUNT_ID: String(account.id),
    USER_ID: String(user.id),
    TOP_LEVEL_DOMAIN: account.flavour === 'amocrm' ? 'ru' : 'com',
    API_HASH: '',
    LINK: '',
    '/LINK': '',
  };
  return html.replace(/#(\/?[A-Z_]+)#/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? escapeHtml(values[name] ?? '') : whole,
  );
}
