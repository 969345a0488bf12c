import type { AccountContext } from '../context.js';
import type { Account, Chat, ChatChannel, ChatParticipant } from '../state.js';
import { ChatsError, object, optionalObject, optionalText, text } from './fields.js';
import type { Fields } from './fields.js';
import { clientOf, printedParticipant } from './participant.js';

/**
 * `POST /{scope}/chats`: a chat before its first message, to be linked with `POST /api/v4/contacts/chats`.
 * A conversation that exists already is answered as it is (`platform/server.md §6.3`).
 */
export function createChat(context: AccountContext, scopeId: string, body: Fields): Fields {
  const conversationId = text(body, 'conversation_id', 'The body');
  const user = clientOf(context, scopeId, object(body, 'user', 'The body'), 'The body.user');
  const chat =
    chatOfConversation(context.account, scopeId, conversationId) ??
    addChat(context, { scopeId, conversationId, source: sourceOf(body, 'The body'), user });
  return { id: chat.id, user: printedParticipant(chat.user) };
}

/** The chat of a conversation as the integration names it. */
export function chatOfConversation(
  account: Account,
  scopeId: string,
  conversationId: string,
): Chat | undefined {
  return [...account.chats.values()].find(
    (chat) => chat.scope_id === scopeId && chat.conversation_id === conversationId,
  );
}

/** The chat with this id in the chats API, if it is of this scope. */
export function chatOfScope(account: Account, scopeId: string, chatId: string): Chat | undefined {
  const chat = account.chats.get(chatId);
  return chat?.scope_id === scopeId ? chat : undefined;
}

/**
 * The chat that a message belongs to. `conversation_ref_id` ties a conversation of the integration to a chat
 * that was begun in the account ("write first", `platform/server.md §6.4`).
 *
 * @throws ChatsError 400 when `conversation_ref_id` names no chat of this scope, or one that is tied to another
 * conversation.
 */
export function chatOfMessage(
  context: AccountContext,
  scopeId: string,
  payload: Fields,
  client: () => ChatParticipant,
): Chat {
  const conversationId = text(payload, 'conversation_id', 'payload');
  const refId = optionalText(payload, 'conversation_ref_id', 'payload');
  if (refId !== undefined) {
    const begun = chatOfScope(context.account, scopeId, refId);
    if (begun === undefined || (begun.conversation_id ?? conversationId) !== conversationId) {
      throw new ChatsError(
        400,
        `payload.conversation_ref_id names no chat for this conversation, got "${refId}".`,
      );
    }
    begun.conversation_id = conversationId;
    begun.user.client_id ??= client().client_id;
    return begun;
  }
  return (
    chatOfConversation(context.account, scopeId, conversationId) ??
    addChat(context, { scopeId, conversationId, source: sourceOf(payload, 'payload'), user: client() })
  );
}

/**
 * A chat that a user of the account begins ("write first"); the integration answers with its own conversation.
 *
 * @throws RangeError when the channel was not registered for writing first, or is not connected.
 */
export function beginChat(
  context: AccountContext,
  channel: ChatChannel,
  client: Pick<ChatParticipant, 'name' | 'phone' | 'email'> & { readonly contact_id: number },
  source: string | null = null,
): Chat {
  if (!channel.can_write_first) {
    throw new RangeError(
      `The channel ${channel.name} may not write first; register it with can_write_first.`,
    );
  }
  if (channel.scope_id === null) {
    throw new RangeError(`The account is not connected to the channel ${channel.name}; connect it first.`);
  }
  const { contact_id, name, phone, email } = client;
  const user = { id: context.ids.uuid(), client_id: null, name, avatar: '', phone, email };
  const chat = addChat(context, { scopeId: channel.scope_id, conversationId: null, source, user });
  chat.contact_id = contact_id;
  return chat;
}

function addChat(
  context: AccountContext,
  given: { scopeId: string; conversationId: string | null; source: string | null; user: ChatParticipant },
): Chat {
  const chat: Chat = {
    id: context.ids.uuid(),
    scope_id: given.scopeId,
    conversation_id: given.conversationId,
    source_external_id: given.source,
    contact_id: null,
    user: given.user,
    typing_hook_at: null,
  };
  context.account.chats.set(chat.id, chat);
  return chat;
}

/** Up to 40 printable ASCII characters (`platform/server.md §5.11`). */
function sourceOf(fields: Fields, where: string): string | null {
  const source = optionalObject(fields, 'source', where);
  const externalId = source && optionalText(source, 'external_id', `${where}.source`);
  if (externalId === undefined) return null;
  if (!/^[\x20-\x7e]{1,40}$/.test(externalId)) {
    throw new ChatsError(400, `${where}.source.external_id must be 1 to 40 printable ASCII characters.`);
  }
  return externalId;
}
