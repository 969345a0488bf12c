import { describe, expect, it } from 'vitest';

import { addTalkingChat } from './chats/talking-chat.js';
import { botAccount } from './salesbot/bot-account.js';
import { seedIds } from '../../../src/sandbox/account/seed.js';

describe('POST /api/v4/contacts/chats', () => {
  it('gives a chat its contact', async () => {
    const { call, context } = await botAccount();
    const { chat } = addTalkingChat(context);
    chat.contact_id = null;
    const answer = await call('POST', '/api/v4/contacts/chats', [
      { contact_id: seedIds.contact, chat_id: chat.id },
    ]);
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({
      _total_items: 1,
      _embedded: { chats: [{ contact_id: seedIds.contact, chat_id: chat.id, request_id: '0' }] },
    });
    expect(chat.contact_id).toBe(seedIds.contact);
  });

  it('is refused with 400 for a chat or a contact that is not there', async () => {
    const { call, context } = await botAccount();
    const { chat } = addTalkingChat(context);
    const before = chat.contact_id;
    for (const link of [
      { contact_id: 1, chat_id: chat.id },
      { contact_id: seedIds.contact, chat_id: 'none' },
      { chat_id: chat.id },
    ]) {
      expect((await call('POST', '/api/v4/contacts/chats', [link])).status).toBe(400);
    }
    expect(chat.contact_id).toBe(before);
  });
});

describe('a talk', () => {
  it('is read with its lead and contact, and closed once', async () => {
    const { call, context } = await botAccount();
    const { talk } = addTalkingChat(context);
    const path = `/api/v4/talks/${talk.talk_id}`;
    expect((await call('GET', path)).json()).toMatchObject({
      talk_id: talk.talk_id,
      is_in_work: true,
      _embedded: { leads: [{ id: seedIds.lead }], contacts: [{ id: seedIds.contact }] },
    });
    const updates: unknown[] = [];
    context.bus.on('talk_updated', (event) => updates.push(event));
    expect((await call('POST', `${path}/close`, {})).status).toBe(202);
    expect((await call('POST', `${path}/close`, {})).status).toBe(202);
    expect(talk.is_in_work).toBe(false);
    expect(updates).toHaveLength(1);
  });

  it('that is not there is 204 to read and 404 to close', async () => {
    const { call } = await botAccount();
    expect((await call('GET', '/api/v4/talks/1')).status).toBe(204);
    expect((await call('POST', '/api/v4/talks/1/close', {})).status).toBe(404);
  });
});
