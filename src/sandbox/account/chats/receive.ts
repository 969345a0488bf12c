import { nowSeconds } from '../context.js';
import type { AccountContext } from '../context.js';
import type { Account, Chat, ChatChannel, ChatMessage, ChatParticipant } from '../state.js';
import { chatOfMessage, chatOfConversation } from './chat.js';
import { deliveryStatus, setDeliveryStatus } from './delivery.js';
import { ChatsError, flag, integer, object, oneOf, optionalObject, optionalText, text } from './fields.js';
import type { Fields } from './fields.js';
import { messageContent } from './message-content.js';
import { clientOf, staffOf } from './participant.js';
import { talkOfIncoming, talkOf } from './talk.js';

/** A channel while the account is connected. */
export type ConnectedChannel = ChatChannel & { readonly scope_id: string };

/**
 * `POST /{scope}`: a message that was written outside of the account, or a change of one (`platform/server.md
 * §6.3`). The answer names the message by `msgid`, its id in the chats API, and by `ref_id`, its id in the
 * integration.
 */
export function receiveMessage(context: AccountContext, channel: ConnectedChannel, body: Fields): Fields {
  const eventType = oneOf(body, 'event_type', 'The body', ['new_message', 'edit_message']);
  const payload = object(body, 'payload', 'The body');
  const message =
    eventType === 'new_message'
      ? addMessage(context, channel, payload)
      : editMessage(context, channel.scope_id, payload);
  const conversationId = context.account.chats.get(message.chat_id)?.conversation_id ?? null;
  return {
    new_message: {
      conversation_id: conversationId,
      sender_id: message.sender.client_id ?? message.sender.id,
      receiver_id: message.receiver?.id ?? null,
      msgid: message.id,
      ref_id: message.msgid,
    },
  };
}

/**
 * Who speaks to whom:
 *
 * | sender | receiver | the message is |
 * |---|---|---|
 * | no ref_id | none | a client's |
 * | ref_id of a user | the client | a user's, written elsewhere |
 * | ref_id of the channel's bot | the client | somebody's of the integration |
 *
 * Whether a `msgid` that came before makes a second message is not documented; here it does not, as the
 * integration's id is meant to be one.
 */
function addMessage(context: AccountContext, channel: ConnectedChannel, payload: Fields): ChatMessage {
  const sender = object(payload, 'sender', 'payload');
  const receiver = optionalObject(payload, 'receiver', 'payload');
  const msgid = text(payload, 'msgid', 'payload');
  const timestamp = integer(payload, 'timestamp', 'payload', { min: 1 });
  const msecTimestamp = integer(payload, 'msec_timestamp', 'payload', { min: 1 });
  const isSilent = flag(payload, 'silent', 'payload');
  const content = messageContent(object(payload, 'message', 'payload'), 'payload.message');
  text(payload, 'conversation_id', 'payload');
  for (const key of ['reply_to', 'forwards']) optionalObject(payload, key, 'payload');

  const staff = staffSender(context.account, channel, sender, receiver);
  const clientFields = staff ? (receiver ?? {}) : sender;
  const clientWhere = staff ? 'payload.receiver' : 'payload.sender';
  const client = clientOf(context, channel.scope_id, clientFields, clientWhere);

  const known = messageOfMsgid(context.account, channel.scope_id, msgid);
  if (known) return known;

  const chat = chatOfMessage(context, channel.scope_id, payload, () => client);
  const message = {
    id: context.ids.uuid(),
    msgid,
    chat_id: chat.id,
    is_incoming: staff === undefined,
    sender: staff ?? chat.user,
    receiver: staff ? chat.user : null,
    content: withQuotes(content, payload),
    created_at: timestamp,
    msec_timestamp: msecTimestamp,
    reactions: new Map<string, string>(),
    delivery_status: null,
    delivery_error: null,
  };
  const talk =
    message.is_incoming && !isSilent
      ? talkOfIncoming(context, channel, chat, content)
      : talkOf(context.account, chat);
  return storeMessage(context, chat, { ...message, talk_id: talk?.talk_id ?? null }, isSilent);
}

/** Puts a message into the account and tells of it. What a client writes sets off event 19 of the digital pipeline. */
export function storeMessage(
  context: AccountContext,
  chat: Chat,
  message: ChatMessage,
  isSilent: boolean,
): ChatMessage {
  const isFirstOfTalk = ![...context.account.messages.values()].some(
    ({ talk_id }) => talk_id === message.talk_id,
  );
  context.account.messages.set(message.id, message);
  context.bus.emit('message_added', { message, is_silent: isSilent });
  const talk = talkOf(context.account, chat);
  if (talk && !isSilent) {
    talk.updated_at = nowSeconds(context);
    talk.is_read = !message.is_incoming;
    if (!isFirstOfTalk) context.bus.emit('talk_updated', { talk });
    if (message.is_incoming && talk.entity_id !== null) {
      context.bus.emit('chat', {
        element_type: talk.entity_type === 'customer' ? 12 : 2,
        id: talk.entity_id,
      });
    }
  }
  return message;
}

/** The message with this id in the integration, among those of the scope. */
export function messageOfMsgid(account: Account, scopeId: string, msgid: string): ChatMessage | undefined {
  return [...account.messages.values()].find(
    (message) => message.msgid === msgid && account.chats.get(message.chat_id)?.scope_id === scopeId,
  );
}

/** The message with this id in the chats API or in the integration, among those of the scope. */
export function messageOfScope(account: Account, scopeId: string, id: string): ChatMessage | undefined {
  const message = account.messages.get(id);
  return message && account.chats.get(message.chat_id)?.scope_id === scopeId
    ? message
    : messageOfMsgid(account, scopeId, id);
}

/** `id` with `msgid` gives a message that was written in the account its id in the integration. */
function editMessage(context: AccountContext, scopeId: string, payload: Fields): ChatMessage {
  const { account } = context;
  const id = optionalText(payload, 'id', 'payload');
  const msgid =
    id === undefined ? text(payload, 'msgid', 'payload') : optionalText(payload, 'msgid', 'payload');
  const chat = chatOfConversation(account, scopeId, text(payload, 'conversation_id', 'payload'));
  const fields = object(payload, 'message', 'payload');
  const content = { ...messageContent(fields, 'payload.message', { edits: true }) };
  const status = optionalObject(fields, 'delivery_status', 'payload.message');
  Reflect.deleteProperty(content, 'delivery_status');
  const delivery = status && deliveryStatus(status, 'payload.message.delivery_status');
  const message = messageOfScope(account, scopeId, id ?? msgid ?? '');
  if (message === undefined || message.chat_id !== chat?.id) {
    throw new ChatsError(400, `payload names no message of this conversation, got "${id ?? msgid ?? ''}".`);
  }
  if (msgid !== undefined) message.msgid = msgid;
  message.content = { ...message.content, ...content };
  if (delivery) setDeliveryStatus(message, delivery);
  context.bus.emit('message_updated', { message });
  return message;
}

function staffSender(
  account: Account,
  channel: ChatChannel,
  sender: Fields,
  receiver: Fields | undefined,
): ChatParticipant | undefined {
  const refId = optionalText(sender, 'ref_id', 'payload.sender');
  const staff = refId === undefined ? undefined : staffOf(account, channel, refId);
  if (receiver === undefined) {
    if (staff)
      throw new ChatsError(400, 'payload.receiver must tell the client whom a user or the bot writes to.');
    return undefined;
  }
  if (staff === undefined) {
    throw new ChatsError(
      400,
      "payload.sender.ref_id must be a user's amojo_id or the bot of the channel when there is a receiver, " +
        `got "${refId ?? ''}".`,
    );
  }
  text(sender, 'id', 'payload.sender');
  text(sender, 'name', 'payload.sender');
  return staff;
}

function withQuotes(content: Fields, payload: Fields): Fields {
  const { reply_to: replyTo, forwards } = payload;
  return { ...content, ...(replyTo != null && { reply_to: replyTo }), ...(forwards != null && { forwards }) };
}
