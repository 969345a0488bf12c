import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Platform } from '../config.js';
import { sendHtml } from '../html-answer.js';
import { pageLanguage } from './page-language.js';
import { pageWords, type PageName } from './page-words.js';

/** How an installation ended, for the person who began it. */
export interface Page {
  readonly name: PageName;
  readonly platform: Platform;
  /** Only of an account whose address is on the list: it becomes a link. */
  readonly origin?: string | undefined;
}

const statuses: Readonly<Record<PageName, number>> = {
  installed: 200,
  declined: 200,
  unknown_client: 400,
  unknown_host: 400,
  stale_state: 400,
  no_code: 400,
  void_code: 400,
  client_refused: 502,
  wrong_account: 400,
  no_access: 403,
  unavailable: 503,
};

/** Those that a new installation from here would not mend. */
const withoutRetry: readonly PageName[] = [
  'installed',
  'unknown_client',
  'unknown_host',
  'no_code',
  'wrong_account',
];

/** Answers with a page in the language of the browser, or with a line of text to whoever does not ask for HTML. */
export function sendPage(request: FastifyRequest, reply: FastifyReply, page: Page): FastifyReply {
  const { name, platform, origin } = page;
  const language = pageLanguage(request.headers['accept-language']);
  const words = pageWords[language];
  const fill = (text: string): string =>
    text
      .replaceAll('{platform}', platform === 'kommo' ? 'Kommo' : 'amoCRM')
      .replaceAll('{account}', origin === undefined ? '' : new URL(origin).host);
  const { title, text } = words.pages[name];
  const link =
    name === 'installed' && origin !== undefined
      ? { href: origin, label: words.openAccount }
      : { href: `/oauth/install?platform=${platform}`, label: words.tryAgain };
  const hasLink = name === 'installed' ? origin !== undefined : !withoutRetry.includes(name);
  return sendHtml(request, reply, {
    status: statuses[name],
    page: {
      language,
      title: fill(title),
      text: fill(text),
      tone: name === 'installed' ? 'good' : 'bad',
      link: hasLink ? link : undefined,
    },
  });
}
