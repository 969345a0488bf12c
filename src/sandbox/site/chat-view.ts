import { channelOfScope } from '../account/chats/channel.js';
import { talkOf } from '../account/chats/talk.js';
import type { Account, Chat, ChatMessage } from '../account/state.js';
import type { ChatMessageView, ChatView } from '../wire.js';

/** A chat with its messages. */
export function chatView(account: Account, chat: Chat): ChatView {
  const channel = channelOfScope(account, chat.scope_id);
  const source = [...account.sources.values()].find(
    ({ external_id, client_uuid }) =>
      chat.source_external_id !== null &&
      external_id === chat.source_external_id &&
      client_uuid === channel?.client_uuid,
  );
  return {
    id: chat.id,
    channel: channel?.title ?? channel?.name ?? '',
    source: source?.name ?? null,
    client: { name: chat.user.name, phone: chat.user.phone },
    contact_id: chat.contact_id,
    talk_id: talkOf(account, chat)?.talk_id ?? null,
    is_connected: channel?.scope_id != null,
    messages: [...account.messages.values()]
      .filter(({ chat_id }) => chat_id === chat.id)
      .sort((one, other) => one.msec_timestamp - other.msec_timestamp)
      .map(messageView),
  };
}

export function messageView(message: ChatMessage): ChatMessageView {
  const { id, is_incoming, sender, content, msec_timestamp, delivery_status, delivery_error } = message;
  return {
    id,
    is_incoming,
    author: sender.name,
    type: textOf(content['type']),
    text: textOf(content['text']),
    media: textOf(content['media']),
    file_name: textOf(content['file_name']),
    at: msec_timestamp,
    delivery: is_incoming ? null : (deliveries.get(delivery_status) ?? 'sent'),
    error: delivery_error ?? '',
  };
}

const deliveries = new Map<number | null, ChatMessageView['delivery']>([
  [1, 'delivered'],
  [2, 'read'],
  [-1, 'failed'],
]);

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
