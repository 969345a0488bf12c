import type { FastifyInstance } from 'fastify';

import { callerOf } from '../api/caller.js';
import { readItems } from '../api/fields.js';
import { requestLink, selfLink, sendHal, sendNothing } from '../api/hal.js';
import { Problem } from '../api/problem.js';
import { nowSeconds } from '../context.js';
import type { AccountContext } from '../context.js';
import type { Account, Chat, Talk } from '../state.js';

/**
 * What the account's own API knows of chats (`platform/server.md §5.12`): `POST /api/v4/contacts/chats` gives a
 * chat its contact, `GET /api/v4/talks/{id}` reads a talk, `POST /api/v4/talks/{id}/close` ends it. To be
 * registered where calls are let through by {@link import('../api/caller.js').requireCaller}.
 */
export function chatLinks(app: FastifyInstance, context: AccountContext): void {
  app.post('/api/v4/contacts/chats', (request, reply) => {
    callerOf(request);
    const links = readItems(request.body, ({ request_id, fields }) => {
      for (const name of ['contact_id', 'chat_id']) fields.require(name);
      const contactId = fields.whole('contact_id') ?? 0;
      const chatId = fields.text('chat_id') ?? '';
      const contact = context.account.contacts.get(contactId);
      const chat = context.account.chats.get(chatId);
      if (contactId !== 0 && (!contact || contact.is_deleted)) {
        fields.fail('contact_id', 'NotSupportedChoice', 'There is no such contact.');
      }
      if (chatId !== '' && !chat) fields.fail('chat_id', 'NotSupportedChoice', 'There is no such chat.');
      return { chat, printed: { id: 0, contact_id: contactId, chat_id: chatId, request_id } };
    });
    const chats = links.map(({ chat, printed }) => {
      if (chat) linkChat(context.account, chat, printed.contact_id);
      return { ...printed, id: context.ids.number() };
    });
    sendHal(reply, {
      _total_items: chats.length,
      _links: requestLink(context, request),
      _embedded: { chats },
    });
  });

  app.get<{ Params: { id: string } }>('/api/v4/talks/:id(^\\d+$)', (request, reply) => {
    callerOf(request);
    const talk = context.account.talks.get(Number(request.params.id));
    if (talk) sendHal(reply, printedTalk(context, talk));
    else sendNothing(reply);
  });

  app.post<{ Params: { id: string } }>('/api/v4/talks/:id(^\\d+$)/close', (request, reply) => {
    callerOf(request);
    const talk = context.account.talks.get(Number(request.params.id));
    if (talk === undefined) throw new Problem(404, 'There is no such talk.');
    if (talk.is_in_work) {
      talk.is_in_work = false;
      talk.updated_at = nowSeconds(context);
      context.bus.emit('talk_updated', { talk });
    }
    void reply.code(202).send();
  });
}

/** The chat's talks follow it to its contact. */
function linkChat(account: Account, chat: Chat, contactId: number): void {
  chat.contact_id = contactId;
  for (const talk of account.talks.values()) {
    if (talk.chat_id === chat.id) talk.contact_id = contactId;
  }
}

function printedTalk(context: AccountContext, talk: Talk): object {
  const { contact_id: contactId, entity_id: entityId, entity_type: entityType } = talk;
  const plural = entityType === 'customer' ? 'customers' : 'leads';
  return {
    ...talk,
    account_id: context.account.id,
    _links: selfLink(context, `/talks/${talk.talk_id}`),
    _embedded: {
      contacts:
        contactId === null ? [] : [{ id: contactId, _links: selfLink(context, `/contacts/${contactId}`) }],
      [plural]:
        entityId === null ? [] : [{ id: entityId, _links: selfLink(context, `/${plural}/${entityId}`) }],
    },
  };
}
