import type { Account, ChatMessage } from '../state.js';
import { chatOfScope } from './chat.js';
import { ChatsError } from './fields.js';
import type { Fields } from './fields.js';
import { printedParticipant } from './participant.js';

/** At most so many messages an answer (`platform/server.md §6.3`), and as many when none is asked for. */
const mostMessages = 50;

/**
 * `GET /{scope}/chats/{conversation_id}/history`, newest first; `chatId` is the chats API's own id. Undefined,
 * which is answered 204, when the chat has no messages or is not known (`platform/server.md §6.3`).
 */
export function chatHistory(
  account: Account,
  scopeId: string,
  chatId: string,
  query: Fields,
): Fields | undefined {
  const limit = count(query, 'limit', mostMessages);
  const offset = count(query, 'offset', 0);
  if (limit > mostMessages) throw new ChatsError(400, `limit must be at most ${mostMessages}, got ${limit}.`);
  const chat = chatOfScope(account, scopeId, chatId);
  const messages = [...account.messages.values()]
    .filter((message) => chat !== undefined && message.chat_id === chat.id)
    .toSorted((one, other) => other.msec_timestamp - one.msec_timestamp)
    .slice(offset, offset + limit);
  return messages.length > 0 ? { messages: messages.map(printedMessage) } : undefined;
}

function printedMessage(message: ChatMessage): Fields {
  return {
    timestamp: message.created_at,
    msec_timestamp: message.msec_timestamp,
    sender: printedParticipant(message.sender),
    ...(message.receiver && { receiver: printedParticipant(message.receiver) }),
    message: {
      id: message.id,
      ...(message.msgid !== null && { client_id: message.msgid }),
      text: '',
      media: '',
      thumbnail: '',
      file_name: '',
      file_size: 0,
      ...message.content,
    },
  };
}

function count(query: Fields, key: string, missing: number): number {
  const value = query[key];
  if (value === undefined) return missing;
  if (typeof value !== 'string' || !/^\d{1,9}$/.test(value)) {
    throw new ChatsError(400, `${key} must be a whole number from 0.`);
  }
  return Number(value);
}
