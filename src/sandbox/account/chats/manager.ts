import { nowSeconds } from '../context.js';
import type { AccountContext } from '../context.js';
import type { Chat, ChatMessage, ChatParticipant, User } from '../state.js';
import { channelOfScope } from './channel.js';
import type { Fields } from './fields.js';
import { hookConversation, sendChatHook } from './hook.js';
import type { HookOutcome } from './hook.js';
import { userParticipant } from './participant.js';
import { storeMessage } from './receive.js';
import { beginTalk, cardOf, talkOf } from './talk.js';

export interface HookOptions {
  /** How long the integration may take; the platform gives it 5 s. */
  readonly timeoutMs?: number;
}

/**
 * A user writes into a chat: the message is stored and the hook sent (`platform/server.md §6.4`). `content` is
 * `{ type, text, media, file_name, file_size, markup, template, … }`; what is left out goes as the platform's
 * empty values.
 *
 * @param by The user who writes; the channel's bot when null.
 */
export async function sendFromManager(
  context: AccountContext,
  { chat, by, content }: { readonly chat: Chat; readonly by: User | null; readonly content: Fields },
  options: HookOptions = {},
): Promise<{ readonly message: ChatMessage; readonly hook: HookOutcome }> {
  const message = storeWritten(context, chat, by, content);
  const hook = await sendChatHook(context, chat, { message: messagePart(chat, message) }, options);
  if (!hook.isTaken) {
    message.delivery_status = -1;
    message.delivery_error = hook.error ?? `The integration answered ${hook.status}.`;
    context.bus.emit('message_updated', { message });
  }
  return { message, hook };
}

/**
 * A user types: the hook goes to channels that are subscribed, at most once in 5 s; undefined when none goes
 * (`platform/server.md §6.4`).
 */
export async function typeAsManager(
  context: AccountContext,
  { chat, by }: { readonly chat: Chat; readonly by: User },
  options: HookOptions = {},
): Promise<HookOutcome | undefined> {
  const now = context.clock.now();
  if (!channelOf(context, chat)?.subscriptions.typing) return undefined;
  if (chat.typing_hook_at !== null && now - chat.typing_hook_at < typingMs) return undefined;
  chat.typing_hook_at = now;
  const typing = {
    user: { id: by.amojo_id },
    conversation: hookConversation(chat),
    expired_at: nowSeconds(context) + typingMs / 1000,
  };
  return sendChatHook(context, chat, { action: { typing } }, options);
}

/** A user reacts to a message, or with null takes the reaction back; undefined when no hook goes. */
export async function reactAsManager(
  context: AccountContext,
  { message, by, emoji }: { readonly message: ChatMessage; readonly by: User; readonly emoji: string | null },
  options: HookOptions = {},
): Promise<HookOutcome | undefined> {
  if (emoji === null) message.reactions.delete(by.amojo_id);
  else message.reactions.set(by.amojo_id, emoji);
  context.bus.emit('message_updated', { message });
  const chat = context.account.chats.get(message.chat_id);
  if (chat === undefined || !channelOf(context, chat)?.subscriptions.reactions) return undefined;
  const reaction = {
    message: {
      id: message.id,
      ...(message.is_incoming && { client_id: message.msgid }),
      ...(message.receiver && { receiver: { id: message.receiver.id } }),
      sender: { id: message.sender.id },
      timestamp: message.created_at,
      msec_timestamp: message.msec_timestamp,
    },
    msgid: message.id,
    user: { id: by.amojo_id },
    conversation: hookConversation(chat),
    type: emoji === null ? 'unreact' : 'react',
    ...(emoji !== null && { emoji }),
  };
  return sendChatHook(context, chat, { action: { reaction } }, options);
}

const typingMs = 5000;

function storeWritten(context: AccountContext, chat: Chat, by: User | null, content: Fields): ChatMessage {
  const channel = channelOf(context, chat);
  const card = cardOf(context.account, chat.contact_id);
  const talk =
    talkOf(context.account, chat) ?? (channel && card ? beginTalk(context, channel, chat, card) : undefined);
  const bot: ChatParticipant = {
    id: channel?.bot.id ?? '',
    client_id: null,
    name: channel?.bot.name ?? '',
    avatar: '',
    phone: '',
    email: '',
  };
  const message: ChatMessage = {
    id: context.ids.uuid(),
    msgid: null,
    chat_id: chat.id,
    talk_id: talk?.talk_id ?? null,
    is_incoming: false,
    sender: by ? userParticipant(by) : bot,
    receiver: chat.user,
    content: { type: 'text', ...content },
    created_at: nowSeconds(context),
    msec_timestamp: context.clock.now(),
    reactions: new Map(),
    delivery_status: null,
    delivery_error: null,
  };
  return storeMessage(context, chat, message, false);
}

function messagePart(chat: Chat, message: ChatMessage): Fields {
  const { user } = chat;
  return {
    receiver: {
      id: user.id,
      phone: user.phone,
      email: user.email,
      ...(user.client_id !== null && { client_id: user.client_id }),
    },
    sender: { id: message.sender.id },
    conversation: hookConversation(chat),
    ...(chat.source_external_id !== null && { source: { external_id: chat.source_external_id } }),
    timestamp: message.created_at,
    msec_timestamp: message.msec_timestamp,
    message: {
      id: message.id,
      type: 'text',
      text: '',
      markup: null,
      tag: '',
      media: '',
      thumbnail: '',
      file_name: '',
      file_size: 0,
      ...message.content,
    },
  };
}

function channelOf(context: AccountContext, chat: Chat) {
  return channelOfScope(context.account, chat.scope_id);
}
