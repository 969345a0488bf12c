import { type Media, mediaKinds } from '../../chat-services/definition.js';
import { phoneForPeople } from '../../delivery/planning/e164.js';
import type { NewMessage } from '../amojo/chats-api.js';
import { conversationId } from '../conversations.js';
import { type begunChats, type ChatMessage } from '../tables.js';

export interface PayloadOptions {
  /** Where anybody can fetch what the message's `media.ref` stands for. */
  readonly linkOf: (message: Pick<ChatMessage, 'id'>) => string;
  /** The chat of the account that this is an answer to. */
  readonly begun: Pick<typeof begunChats.$inferSelect, 'chatId' | 'receiverId'> | undefined;
}

/**
 * What a client wrote, as the chats API is told (`platform/server.md §6.3`): the row's id is the message's, so that
 * telling it again makes no second one. Texts go as they are; it is for the account to show them as texts.
 */
export function newMessageOf(message: ChatMessage, { linkOf, begun }: PayloadOptions): NewMessage {
  const { id, channelId, phone, clientName, text, writtenAt } = message;
  const media = readMedia(message);
  return {
    timestamp: Math.floor(writtenAt / 1000),
    msec_timestamp: writtenAt,
    msgid: id,
    conversation_id: conversationId({ channelId, phone }),
    ...(begun !== undefined && { conversation_ref_id: begun.chatId }),
    silent: false,
    source: { external_id: channelId },
    sender: {
      id: phone,
      ...(typeof begun?.receiverId === 'string' && { ref_id: begun.receiverId }),
      name: clientName === null || clientName === '' ? phoneForPeople(phone) : clientName,
      profile: { phone },
    },
    message:
      media === undefined
        ? { type: 'text', text: text ?? '' }
        : {
            type: media.kind,
            text: text ?? '',
            media: media.url ?? linkOf(message),
            // Both are asked for with pictures, files and videos, where not every service tells them.
            file_name: media.fileName ?? defaultNames[media.kind],
            file_size: media.size ?? 0,
          },
  };
}

/** What was stored for a message; undefined for one without. */
export function readMedia({ media }: Pick<ChatMessage, 'media'>): Media | undefined {
  const stored = media as Media | null;
  return stored !== null && mediaKinds.includes(stored.kind) ? stored : undefined;
}

const defaultNames: Readonly<Record<Media['kind'], string>> = {
  picture: 'picture.jpg',
  file: 'file',
  video: 'video.mp4',
  audio: 'audio.mp3',
  voice: 'voice.ogg',
  sticker: 'sticker.webp',
};
