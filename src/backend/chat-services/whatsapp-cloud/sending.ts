import { unreadable, type ServiceOptions } from '../ask.js';
import { ChatServiceError, type OutgoingMessage, type SentMessage } from '../chat-service.js';
import { entriesOf, fieldsOf, textOf } from '../json.js';
import type { CallGraph } from './api.js';

/** Milliseconds in which Meta's report on a message comes, of which nobody knows whether it was taken. */
const patience = 60_000;

/**
 * Sends a message (developers.facebook.com/documentation/business-messaging/whatsapp/reference/whatsapp-business-phone-number/message-api).
 *
 * Meta has neither idempotency keys nor a list of messages. Its reports repeat our key (`biz_opaque_callback_data`), so a
 * message whose answer was lost is heard of within seconds when Meta has it, and leaves the queue. Until a minute after
 * the first attempt it is not sent again; from then on it is, rather twice than not at all.
 */
export async function sendFrom(
  { call, token, phoneNumberId }: { call: CallGraph; token: string; phoneNumberId: string },
  message: OutgoingMessage,
  { now }: Pick<ServiceOptions, 'now'>,
): Promise<SentMessage> {
  const { to, text, idempotencyKey, media, template, triedSince, signal } = message;
  const left = triedSince === undefined ? 0 : triedSince.getTime() + patience - now().getTime();
  if (left > 0) {
    throw new ChatServiceError('temporary', 'Meta may have taken the message, and will tell', {
      reason: 'service_unavailable',
      retryAfter: Math.ceil(left / 1000),
    });
  }
  const digits = to.replace(/\D/g, '');
  const answer = await call(`/${encodeURIComponent(phoneNumberId)}/messages`, {
    method: 'POST',
    token,
    body: {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: digits,
      biz_opaque_callback_data: idempotencyKey,
      ...contentOf(message),
    },
    hidden: [to, digits, text, media?.url ?? '', ...(template?.parameters ?? [])],
    signal,
  });
  const id = textOf(fieldsOf(entriesOf(answer.json['messages'])[0])['id']);
  // It may have been taken all the same, and Meta tells.
  if (id === undefined) throw unreadable(answer);
  return { id };
}

/** …/messages/text-messages, …/messages/image-messages and its neighbours, …/messages/template-messages */
function contentOf({ text, media, template }: OutgoingMessage): object {
  if (template !== undefined) {
    const parameters = template.parameters.map((value) => ({ type: 'text', text: value }));
    return {
      type: 'template',
      template: {
        name: template.name,
        language: { code: template.language },
        ...(parameters.length > 0 && { components: [{ type: 'body', parameters }] }),
      },
    };
  }
  if (media === undefined) return { type: 'text', text: { body: text } };
  const link = { link: media.url };
  const caption = text !== '' && { caption: text };
  switch (media.kind) {
    case 'picture':
      return { type: 'image', image: { ...link, ...caption } };
    case 'video':
      return { type: 'video', video: { ...link, ...caption } };
    case 'audio':
    case 'voice':
    case 'sticker':
      // They take no words: with some, the link goes into the text.
      if (text !== '') return { type: 'text', text: { body: `${text}\n${media.url}` } };
      return media.kind === 'sticker' ? { type: 'sticker', sticker: link } : { type: 'audio', audio: link };
    case 'file':
      return {
        type: 'document',
        document: { ...link, ...caption, ...(media.fileName !== undefined && { filename: media.fileName }) },
      };
  }
}
