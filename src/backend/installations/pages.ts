import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Platform } from '../config.js';
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
  void reply
    .code(statuses[name])
    // The address of this page has the code in it.
    .header('Referrer-Policy', 'no-referrer')
    .header('Cache-Control', 'no-store')
    .header('Vary', 'Accept, Accept-Language')
    .header('X-Content-Type-Options', 'nosniff');
  if (!/text\/html|\*\/\*/.test(request.headers.accept ?? '')) {
    return reply.type('text/plain; charset=utf-8').send(`${fill(title)}. ${fill(text)}\n`);
  }
  const link =
    name === 'installed' && origin !== undefined
      ? { href: origin, label: words.openAccount }
      : { href: `/oauth/install?platform=${platform}`, label: words.tryAgain };
  const hasLink = name === 'installed' ? origin !== undefined : !withoutRetry.includes(name);
  return reply
    .type('text/html; charset=utf-8')
    .header('Content-Language', language)
    .header(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    .send(
      html({
        language,
        title: fill(title),
        text: fill(text),
        isGood: name === 'installed',
        link: hasLink ? link : undefined,
      }),
    );
}

function html({
  language,
  title,
  text,
  isGood,
  link,
}: {
  language: string;
  title: string;
  text: string;
  isGood: boolean;
  link: { href: string; label: string } | undefined;
}): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 "PT Sans", Arial, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center; color: #313942; background: #f5f5f5; }
main { box-sizing: border-box; width: min(32em, 100% - 2em); padding: 2em; background: #fff; border-radius: 6px; border-top: 4px solid ${isGood ? '#00a854' : '#d97706'}; overflow-wrap: anywhere; }
h1 { font-size: 1.35em; line-height: 1.3; margin: 0 0 .5em; }
p { margin: 0; }
a { display: inline-block; margin-top: 1.25em; padding: .5em 1em; border-radius: 3px; color: #fff; background: #1d5fd0; text-decoration: none; }
a:focus-visible { outline: 3px solid #8ab4f8; outline-offset: 2px; }
@media (prefers-color-scheme: dark) { body { color: #e6e9ec; background: #0f1a24; } main { background: #1b2a38; } }
</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(text)}</p>${link === undefined ? '' : `\n<a href="${escapeHtml(link.href)}">${escapeHtml(link.label)}</a>`}
</main>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
