import type { FastifyInstance } from 'fastify';
import { registerChannel, type ChannelRequest } from '../account/chats/channel.js';
import { sendFromManager } from '../account/chats/manager.js';
import type { AccountContext } from '../account/context.js';
import { isRecord } from '../account/oauth/fields.js';
import type { Account, Chat } from '../account/state.js';
import { chatView, messageView } from './chat-view.js';
import { flagOf, inputOf, refuse, textOf, wholeOf, type Input } from './input.js';
import { mediaOf } from './media.js';
import { Refusal } from './room.js';

/**
 * Chats as the account's pages have them: `GET /sandbox/chats` reads them, `POST /sandbox/chats/messages` writes as the
 * signed-in user, and `/sandbox/chats/channels` is what Kommo's support does (`platform/server.md §6.1`).
 */
export function chats(room: FastifyInstance, context: AccountContext): void {
  room.get('/sandbox/chats', (request, reply) => {
    const { account } = context;
    return reply.send(chosen(account, request.query).map((chat) => chatView(account, chat)));
  });
  room.post('/sandbox/chats/messages', async (request, reply) => {
    const input = inputOf(request.body);
    const chat = chatOf(context.account, input);
    const content = contentOf(input, `${context.url}/demo-chat`);
    const by = context.account.users.get(context.currentUserId()) ?? null;
    const { message } = await sendFromManager(context, { chat, by, content });
    return reply.code(201).send(messageView(message));
  });
  room.get('/sandbox/chats/channels', (_request, reply) =>
    reply.send([...context.account.channels.values()]),
  );
  room.post('/sandbox/chats/channels', (request, reply) => {
    try {
      return reply.code(201).send(registerChannel(context, readChannel(inputOf(request.body))));
    } catch (error) {
      if (error instanceof RangeError) throw new Refusal(400, error.message);
      throw error;
    }
  });
}

type Of = 'lead' | 'customer' | 'contact';
const owners: readonly Of[] = ['lead', 'customer', 'contact'];

/** Those of `?lead=`, `?customer=` or `?contact=`, or all. */
function chosen(account: Account, query: unknown): Chat[] {
  const fields = isRecord(query) ? query : {};
  const of = owners.find((one) => fields[one] !== undefined);
  if (of === undefined) return [...account.chats.values()];
  const value = fields[of];
  const id =
    typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : refuse(of, 'an id', value);
  return chatsOf(account, of, id);
}

function chatsOf(account: Account, of: Of, id: number): Chat[] {
  const talks = [...account.talks.values()];
  return [...account.chats.values()].filter((chat) =>
    of === 'contact'
      ? chat.contact_id === id
      : talks.some((talk) => talk.chat_id === chat.id && talk.entity_type === of && talk.entity_id === id),
  );
}

/** The chat that is named, or the newest of the lead. */
function chatOf(account: Account, input: Input): Chat {
  if (input['chat'] !== undefined) {
    const id = textOf(input, 'chat');
    const chat = account.chats.get(id);
    if (chat === undefined) throw new Refusal(404, `There is no chat ${id}.`);
    return chat;
  }
  const lead = wholeOf(input, 'lead', { least: 1 });
  const chat = chatsOf(account, 'lead', lead).at(-1);
  if (chat === undefined) throw new Refusal(404, `The lead ${lead} has no chat.`);
  return chat;
}

function contentOf(input: Input, serviceUrl: string): Readonly<Record<string, unknown>> {
  if (input['media'] == null) return { type: 'text', text: textOf(input, 'text') };
  const { kind, url, file_name, size } = mediaOf(input['media'], serviceUrl);
  return {
    type: kind,
    text: input['text'] == null ? '' : textOf(input, 'text'),
    media: url,
    file_name: file_name ?? '',
    file_size: size ?? 0,
  };
}

function readChannel(input: Input): ChannelRequest {
  const optional = (name: 'id' | 'secret' | 'client_uuid') =>
    input[name] == null ? {} : { [name]: textOf(input, name) };
  return {
    name: textOf(input, 'name'),
    webhook_url: textOf(input, 'webhook_url'),
    ...optional('id'),
    ...optional('secret'),
    ...optional('client_uuid'),
    ...(input['can_write_first'] !== undefined && { can_write_first: flagOf(input, 'can_write_first') }),
    ...(input['subscriptions'] !== undefined && { subscriptions: readSubscriptions(input['subscriptions']) }),
  };
}

function readSubscriptions(value: unknown): NonNullable<ChannelRequest['subscriptions']> {
  if (!isRecord(value)) return refuse('subscriptions', 'an object', value);
  return {
    ...(value['typing'] !== undefined && { typing: flagOf(value, 'typing') }),
    ...(value['reactions'] !== undefined && { reactions: flagOf(value, 'reactions') }),
  };
}
