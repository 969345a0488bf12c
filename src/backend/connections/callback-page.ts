import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ConnectionMessage } from '../../contract/connections-api.js';
import type { NoteLanguage, Platform } from '../config.js';
import { htmlPage } from '../html-page.js';
import { type CallbackPage, callbackWords } from './callback-words.js';

/** What the page after the consent shows, and whom it tells. */
export interface CallbackEnd {
  readonly page: CallbackPage;
  readonly language: NoteLanguage;
  readonly platform: Platform;
  /** Title of the chat service. */
  readonly service: string;
  /** For the page that has opened the window, which is one of this account's. */
  readonly told?: { readonly message: ConnectionMessage; readonly origin: string } | undefined;
}

const statuses: Readonly<Record<CallbackPage, number>> = {
  connected: 200,
  declined: 200,
  wrong_credentials: 400,
  service_unavailable: 502,
  expired: 400,
  limit_reached: 409,
  other_account: 409,
  no_sender: 409,
  unknown_state: 400,
  unavailable: 503,
};

/**
 * Tells the page that has opened the window, and nobody else: a page of another origin gets nothing. Where the opener
 * is cut off, the account's page asks for the attempt itself. A window with bad news stays open, to be read.
 */
const script = `(function () {
  var end = document.querySelector('main').dataset;
  if (!end.origin) return;
  var message = JSON.parse(end.message);
  try {
    if (window.opener) window.opener.postMessage(message, end.origin);
  } catch (error) {
    return;
  }
  if (message.state === 'connected') setTimeout(function () { window.close(); }, 1500);
})();`;

const scriptHash = createHash('sha256').update(script).digest('base64');

/** Answers with a page, or with a line of text to whoever does not ask for HTML. */
export function sendCallbackPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { page, language, platform, service, told }: CallbackEnd,
): FastifyReply {
  const words = callbackWords[language][page];
  const fill = (text: string): string =>
    text
      .replaceAll('{platform}', platform === 'kommo' ? 'Kommo' : 'amoCRM')
      .replaceAll('{service}', () => service);
  void reply
    .code(statuses[page])
    // The address of this page has the code in it.
    .header('Referrer-Policy', 'no-referrer')
    .header('Cache-Control', 'no-store')
    .header('Vary', 'Accept, Accept-Language')
    .header('X-Content-Type-Options', 'nosniff');
  if (!/text\/html|\*\/\*/.test(request.headers.accept ?? '')) {
    return reply.type('text/plain; charset=utf-8').send(`${fill(words.title)}. ${fill(words.text)}\n`);
  }
  return reply
    .type('text/html; charset=utf-8')
    .header('Content-Language', language)
    .header(
      'Content-Security-Policy',
      `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${scriptHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    )
    .send(
      htmlPage({
        language,
        title: fill(words.title),
        text: fill(words.text),
        isGood: page === 'connected',
        ...(told !== undefined && { data: { origin: told.origin, message: JSON.stringify(told.message) } }),
        script,
      }),
    );
}
