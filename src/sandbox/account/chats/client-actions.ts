import type { AccountContext } from '../context.js';
import type { Account, ChatMessage } from '../state.js';
import { chatOfConversation, chatOfScope } from './chat.js';
import { deliveryStatus, setDeliveryStatus } from './delivery.js';
import { ChatsError, integer, object, oneOf, optionalText, text } from './fields.js';
import type { Fields } from './fields.js';
import { staffOf } from './participant.js';
import { messageOfScope } from './receive.js';
import type { ConnectedChannel } from './receive.js';

/** `POST /{scope}/{msgid}/delivery_status` (`platform/server.md §6.3`). */
export function takeDeliveryStatus(
  context: AccountContext,
  scopeId: string,
  msgid: string,
  body: Fields,
): void {
  const status = deliveryStatus(body, 'The body');
  const message = messageOfScope(context.account, scopeId, msgid);
  if (message === undefined) throw new ChatsError(404, `There is no message "${msgid}".`);
  setDeliveryStatus(message, status);
  context.bus.emit('message_updated', { message });
}

/**
 * `POST /{scope}/typing`: the client types, for 5 s when not told (`platform/server.md §6.3`). No error is
 * documented for a conversation that is not known: the event is taken and nobody sees it.
 */
export function takeTyping(context: AccountContext, scopeId: string, body: Fields): void {
  const conversationId = text(body, 'conversation_id', 'The body');
  text(object(body, 'sender', 'The body'), 'id', 'The body.sender');
  const duration = body.duration_ms === undefined ? 5000 : integer(body, 'duration_ms', 'The body');
  const chat = chatOfConversation(context.account, scopeId, conversationId);
  if (chat) context.bus.emit('chat_typing', { chat, until: context.clock.now() + duration });
}

/** `POST /{scope}/react`: a reaction of the client, or with `user.ref_id` of a user (`platform/server.md §6.3`). */
export function takeReaction(context: AccountContext, channel: ConnectedChannel, body: Fields): void {
  const type = oneOf(body, 'type', 'The body', ['react', 'unreact']);
  const user = object(body, 'user', 'The body');
  const emoji = optionalText(body, 'emoji', 'The body');
  const message = reactedMessage(context.account, channel.scope_id, body);
  const refId = optionalText(user, 'ref_id', 'The body.user');
  const staff = refId === undefined ? undefined : staffOf(context.account, channel, refId);
  if (refId !== undefined && staff === undefined) {
    throw new ChatsError(
      400,
      `The body.user.ref_id must be a user's amojo_id or the channel's bot, got "${refId}".`,
    );
  }
  const who = staff?.id ?? clientId(context.account, message, text(user, 'id', 'The body.user'));
  if (type === 'unreact') message.reactions.delete(who);
  else message.reactions.set(who, emoji ?? '');
  context.bus.emit('message_updated', { message });
}

function reactedMessage(account: Account, scopeId: string, body: Fields): ChatMessage {
  const refId = optionalText(body, 'conversation_ref_id', 'The body');
  const chat =
    refId === undefined
      ? chatOfConversation(account, scopeId, text(body, 'conversation_id', 'The body'))
      : chatOfScope(account, scopeId, refId);
  const id = optionalText(body, 'id', 'The body') ?? text(body, 'msgid', 'The body');
  const message = messageOfScope(account, scopeId, id);
  if (message === undefined || message.chat_id !== chat?.id) {
    throw new ChatsError(404, `There is no message "${id}" in this conversation.`);
  }
  return message;
}

function clientId(account: Account, message: ChatMessage, id: string): string {
  const client = account.chats.get(message.chat_id)?.user;
  return client?.client_id === id ? client.id : id;
}
