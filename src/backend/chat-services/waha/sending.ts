import { unreadable, type Answer, type ServiceOptions } from '../ask.js';
import { ChatServiceError, type OutgoingMessage, type SentMessage } from '../chat-service.js';
import { textOf } from '../json.js';
import type { WahaApi } from './api.js';
import { NotInThisVersion } from './failures.js';
import { asLink, mediaCall } from './media.js';
import { messageId } from './message-id.js';
import { chatOf } from './people.js';
import { findTaken, pageQuery } from './taken.js';

/**
 * Sends a message through a session. WAHA has no idempotency keys: a message of which nobody saw the end is looked for
 * in its chat before it is sent again.
 */
export async function sendFrom(
  { api, session }: { api: WahaApi; session: string },
  message: OutgoingMessage,
  { now }: Pick<ServiceOptions, 'now'>,
): Promise<SentMessage> {
  const { to, text, media, triedSince, signal } = message;
  const digits = to.replace(/\D/g, '');
  const hidden = [to, digits, text, ...(media ? [media.url] : [])].filter((one) => one !== '');
  const chat = await findChat(api, session, { to, digits, hidden, signal });

  if (triedSince !== undefined) {
    const path = `/api/${encodeURIComponent(session)}/chats/${encodeURIComponent(chat)}/messages`;
    const taken = await findTaken((offset) => api.call(`${path}?${pageQuery(offset)}`, { hidden, signal }), {
      texts: media === undefined ? [text] : [text, asLink(media, text)],
      since: triedSince,
      now,
    });
    if (taken !== undefined) return { id: taken };
  }

  const post = async (path: string, body: object): Promise<SentMessage> => {
    const answer = await api.object(path, {
      method: 'POST',
      body: { session, chatId: chat, ...body },
      hidden,
      signal,
    });
    return readSent(answer);
  };
  if (media === undefined) return post('/api/sendText', { text });
  const { path, body } = mediaCall(media, text);
  try {
    return await post(path, body);
  } catch (error) {
    // Only the paid version sends files (waha.devlike.pro/docs/how-to/plus-version).
    if (!(error instanceof NotInThisVersion)) throw error;
    return post('/api/sendText', { text: asLink(media, text) });
  }
}

/**
 * The chat of a number as WhatsApp has it, which need not be the number's digits: some numbers of Brazil and Mexico
 * have one more or one less there (waha.devlike.pro/docs/how-to/contacts, "Check phone number exists").
 */
async function findChat(
  api: WahaApi,
  session: string,
  {
    to,
    digits,
    hidden,
    signal,
  }: { to: string; digits: string; hidden: readonly string[]; signal: AbortSignal | undefined },
): Promise<string> {
  const query = new URLSearchParams({ phone: digits, session });
  const answer = await api.object(`/api/contacts/check-exists?${query.toString()}`, { hidden, signal });
  const { numberExists, chatId } = answer.json;
  if (numberExists === false) {
    throw new ChatServiceError('permanent', 'The number is not on WhatsApp', { reason: 'not_on_service' });
  }
  if (numberExists !== true) throw unreadable(answer);
  return textOf(chatId) ?? chatOf(to);
}

function readSent(answer: Answer): SentMessage {
  const id = messageId(answer.json);
  // It may have been taken all the same, and is looked for.
  if (id === undefined) throw unreadable(answer);
  return { id };
}
