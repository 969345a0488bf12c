import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ConnectionMessage } from '../../contract/connections-api.js';
import type { NoteLanguage, Platform } from '../config.js';
import { sendHtml } from '../html-answer.js';
import { type CallbackPage, callbackWords } from './callback-words.js';

/** What the page at the end of a sign-in shows, and whom it tells. */
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
  cancelled: 200,
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

/** Answers with a page, or with a line of text to whoever does not ask for HTML. */
export function sendCallbackPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { page, language, platform, service, told }: CallbackEnd,
): FastifyReply {
  const words = callbackWords[language][page];
  const fill = (text: string): string =>
    text.replaceAll('{platform}', platformName(platform)).replaceAll('{service}', () => service);
  return sendHtml(request, reply, {
    status: statuses[page],
    page: {
      language,
      title: fill(words.title),
      text: fill(words.text),
      tone: page === 'connected' ? 'good' : 'bad',
      ...(told !== undefined && { data: { origin: told.origin, message: JSON.stringify(told.message) } }),
      script,
    },
  });
}

/** As it is called in texts. */
export function platformName(platform: Platform): string {
  return platform === 'kommo' ? 'Kommo' : 'amoCRM';
}
