import { describe, expect, it } from 'vitest';

import { contactsOf } from '../../../src/sandbox/account/links.js';
import { chatAccount, clientMessage, startSeconds } from './chats/chat-account.js';
import type { ChatAccount } from './chats/chat-account.js';

function names({ events }: ChatAccount): string[] {
  return events.map(({ name }) => name);
}

function messageOf({ context }: ChatAccount, msgid = 'our-message-1') {
  const message = [...context.account.messages.values()].find((one) => one.msgid === msgid);
  if (message === undefined) throw new Error(`There is no message ${msgid}.`);
  return message;
}

/** `payload` of an outgoing message that was written outside of the account. */
function writtenElsewhere(refId: string) {
  return {
    msgid: 'our-message-2',
    sender: { id: 'our-manager', name: 'Manager', ref_id: refId },
    receiver: { id: 'our-client-1', name: 'Example client' },
  };
}

describe('connecting a channel', () => {
  it('answers with the scope of the account', async () => {
    const account = await chatAccount();
    const { amojo_id } = account.context.account;
    const answer = await account.call('POST', `/v2/origin/custom/${account.channel.id}/connect`, {
      account_id: amojo_id,
      title: 'Our chat',
      hook_api_version: 'v2',
      is_time_window_disabled: true,
    });
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({
      account_id: amojo_id,
      scope_id: `${account.channel.id}_${amojo_id}`,
      title: 'Our chat',
      hook_api_version: 'v2',
      is_time_window_disabled: true,
    });
  });

  it('refuses an unknown channel with 404, another account and hooks of version 1 with 400', async () => {
    const account = await chatAccount();
    const path = `/v2/origin/custom/${account.channel.id}/connect`;
    const { amojo_id } = account.context.account;
    expect((await account.call('POST', '/v2/origin/custom/none/connect', {})).status).toBe(404);
    const other = await account.call('POST', path, { account_id: '12345678', hook_api_version: 'v2' });
    expect(other.status).toBe(400);
    expect(other.text).toContain('amojo_id');
    expect((await account.call('POST', path, { account_id: amojo_id, hook_api_version: 'v1' })).status).toBe(
      400,
    );
    expect((await account.call('POST', path, { account_id: amojo_id })).status).toBe(400);
    expect((await account.call('POST', path, '{"account_id":')).status).toBe(400);
    expect((await account.call('POST', path, '[]')).status).toBe(400);
  });

  it('ends with disconnecting: the scope is refused until it is connected again', async () => {
    const account = await chatAccount();
    const scope = await account.connect();
    const body = { account_id: account.context.account.amojo_id };
    const answer = await account.call('DELETE', `/v2/origin/custom/${account.channel.id}/disconnect`, body);
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect((await account.call('POST', scope, clientMessage())).status).toBe(403);
    await account.connect();
    expect((await account.call('POST', scope, clientMessage())).status).toBe(200);
  });
});

describe('a request whose signature does not hold', () => {
  it.each([
    ['signed with another secret', { secret: 'test-secret-not-real' }],
    ['signed for another path', { signedPath: '/v2/origin/custom/other' }],
    ['changed on its way', { sent: JSON.stringify(clientMessage({ msgid: 'changed' })) }],
    ['older than fifteen minutes', { date: new Date((startSeconds - 901) * 1000).toUTCString() }],
    ['of another type', { headers: { 'Content-Type': 'text/plain' } }],
  ])('is refused with 403 when it is %s', async (_what, forged) => {
    const account = await chatAccount();
    const scope = await account.connect();
    expect((await account.call('POST', scope, clientMessage(), forged)).status).toBe(403);
    expect(account.context.account.messages.size).toBe(0);
  });

  it('is refused with 403 for a scope that does not exist', async () => {
    const account = await chatAccount();
    await account.connect();
    expect(
      (await account.call('POST', `/v2/origin/custom/${account.channel.id}_x`, clientMessage())).status,
    ).toBe(403);
  });
});

describe('a message of a client', () => {
  it('makes an incoming lead with contact and talk', async () => {
    const account = await chatAccount();
    const scope = await account.connect();
    const answer = await account.call('POST', scope, clientMessage());
    const message = messageOf(account);
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({
      new_message: {
        conversation_id: 'our-conversation-1',
        sender_id: 'our-client-1',
        receiver_id: null,
        msgid: message.id,
        ref_id: 'our-message-1',
      },
    });

    const { account: state } = account.context;
    const [unsorted] = state.unsorted.values();
    const lead = state.leads.get(unsorted?.lead_ids[0] ?? 0);
    const contact = state.contacts.get(unsorted?.contact_ids[0] ?? 0);
    const [talk] = state.talks.values();
    expect(unsorted).toMatchObject({ category: 'chats', pipeline_id: lead?.pipeline_id });
    const status = state.pipelines
      .get(lead?.pipeline_id ?? 0)
      ?.statuses.find(({ id }) => id === lead?.status_id);
    expect(status?.type).toBe(1);
    expect(contactsOf(state, 'leads', lead?.id ?? 0)).toEqual([{ id: contact?.id, is_main: true }]);
    expect(
      contact?.custom_fields_values?.map(({ field_code, values }) => [field_code, values[0]?.value]),
    ).toEqual([
      ['PHONE', '+15550100'],
      ['EMAIL', 'client@example.com'],
    ]);
    expect(talk).toMatchObject({
      talk_id: message.talk_id,
      contact_id: contact?.id,
      entity_id: lead?.id,
      entity_type: 'lead',
      is_in_work: true,
      is_read: false,
      origin: account.channel.code,
    });
    expect(names(account)).toEqual(['unsorted_added', 'talk_added', 'message_added', 'chat']);
    expect(account.events.at(-1)?.event).toEqual({ element_type: 2, id: lead?.id });
  });

  it('joins the talk of the conversation when there is one', async () => {
    const account = await chatAccount();
    const scope = await account.connect();
    await account.call('POST', scope, clientMessage());
    account.events.length = 0;
    await account.call('POST', scope, clientMessage({ msgid: 'our-message-2' }));
    expect(account.context.account.unsorted.size).toBe(1);
    expect(account.context.account.talks.size).toBe(1);
    expect(names(account)).toEqual(['message_added', 'talk_updated', 'chat']);
  });

  it('is one message however often its msgid comes', async () => {
    const account = await chatAccount();
    const scope = await account.connect();
    const first = await account.call('POST', scope, clientMessage());
    const second = await account.call('POST', scope, clientMessage());
    expect(second.json()).toEqual(first.json());
    expect(account.context.account.messages.size).toBe(1);
  });

  it('goes to the pipeline of its source', async () => {
    const account = await chatAccount();
    const scope = await account.connect();
    const { account: state } = account.context;
    const pipeline = [...state.pipelines.values()].find(({ is_main }) => !is_main);
    state.sources.set(1, {
      id: 1,
      name: 'Example source',
      pipeline_id: pipeline?.id ?? 0,
      external_id: 'acme-second',
      default: false,
      origin_code: null,
      services: [],
      client_uuid: account.channel.client_uuid ?? '',
    });
    await account.call('POST', scope, clientMessage({ source: { external_id: 'acme-second' } }));
    expect([...state.unsorted.values()][0]).toMatchObject({
      pipeline_id: pipeline?.id,
      source_uid: 'acme-second',
      source_name: 'Example source',
    });
  });

  it('makes an ordinary lead, told as one, where incoming leads are switched off', async () => {
    const account = await chatAccount();
    const scope = await account.connect();
    account.context.account.is_unsorted_on = false;
    await account.call('POST', scope, clientMessage());
    expect(account.context.account.unsorted.size).toBe(0);
    expect(names(account)).toEqual(['contact_added', 'lead_added', 'talk_added', 'message_added', 'chat']);
  });

  it('makes nothing but a message when it is imported silently', async () => {
    const account = await chatAccount();
    const scope = await account.connect();
    await account.call('POST', scope, clientMessage({ silent: true }));
    expect(account.context.account.unsorted.size).toBe(0);
    expect(names(account)).toEqual(['message_added']);
    expect(account.events[0]?.event).toMatchObject({ is_silent: true });
  });

  it('takes the open lead of a contact whose chat was created and linked before', async () => {
    const account = await chatAccount();
    const scope = await account.connect();
    const { account: state } = account.context;
    const created = await account.call('POST', `${scope}/chats`, {
      conversation_id: 'our-conversation-1',
      user: { id: 'our-client-1', name: 'Example client', profile: { phone: '+15550100' } },
    });
    expect(created.status).toBe(200);
    expect(created.json()).toMatchObject({
      user: { client_id: 'our-client-1', name: 'Example client', avatar: '', phone: '+15550100' },
    });
    const lead = [...state.leads.values()].find(({ closed_at }) => closed_at === null);
    const [contact] = contactsOf(state, 'leads', lead?.id ?? 0);
    const chat = state.chats.get(String(created.json().id));
    if (chat) chat.contact_id = contact?.id ?? null;
    await account.call('POST', scope, clientMessage());
    const [talk] = state.talks.values();
    expect(contactsOf(state, 'leads', talk?.entity_id ?? 0).map(({ id }) => id)).toContain(contact?.id);
    expect(state.unsorted.size).toBe(0);
  });

  it.each([
    ['without an event type', { ...clientMessage(), event_type: 'message' }],
    ['without a payload', { event_type: 'new_message' }],
    ['without a msgid', clientMessage({ msgid: undefined })],
    ['without a conversation', clientMessage({ conversation_id: '' })],
    ['with a timestamp as text', clientMessage({ timestamp: String(startSeconds) })],
    ['without milliseconds', clientMessage({ msec_timestamp: undefined })],
    ['without silent', clientMessage({ silent: undefined })],
    ['of a sender without a name', clientMessage({ sender: { id: 'our-client-1' } })],
    ['of an unknown type', clientMessage({ message: { type: 'poll' } })],
    ['of type text without text', clientMessage({ message: { type: 'text' } })],
    [
      'of type picture without a file name',
      clientMessage({ message: { type: 'picture', media: 'https://example.com/a.png' } }),
    ],
    ['of type voice without media', clientMessage({ message: { type: 'voice' } })],
    [
      'of type audio with media that is no link',
      clientMessage({ message: { type: 'audio', media: 'a.mp3' } }),
    ],
    [
      'of type location without coordinates',
      clientMessage({ message: { type: 'location', location: { lon: '1' } } }),
    ],
    [
      'of type contact without a phone',
      clientMessage({ message: { type: 'contact', contact: { name: 'A' } } }),
    ],
    ['of a source with 41 characters', clientMessage({ source: { external_id: 'a'.repeat(41) } })],
    ['of a reference to an unknown chat', clientMessage({ conversation_ref_id: 'none' })],
  ])('is refused with 400 and leaves no trace %s', async (_what, body) => {
    const account = await chatAccount();
    const scope = await account.connect();
    expect((await account.call('POST', scope, body)).status).toBe(400);
    expect(account.context.account.messages.size).toBe(0);
    expect(account.context.account.chats.size).toBe(0);
    expect(account.events).toEqual([]);
  });
});

describe('a message that was written to a client outside of the account', () => {
  it("is a user's when ref_id is the user's, and the channel's bot's when it is the bot's", async () => {
    const account = await chatAccount();
    const scope = await account.connect();
    await account.call('POST', scope, clientMessage());
    const [user] = account.context.account.users.values();
    const client = messageOf(account).sender;
    for (const [refId, msgid] of [
      [user?.amojo_id ?? '', 'our-message-2'],
      [account.channel.bot.id, 'our-message-3'],
    ] as const) {
      const answer = await account.call('POST', scope, clientMessage({ ...writtenElsewhere(refId), msgid }));
      expect(answer.json()).toMatchObject({ new_message: { sender_id: refId, receiver_id: client.id } });
      expect(messageOf(account, msgid)).toMatchObject({
        is_incoming: false,
        sender: { id: refId },
        receiver: client,
      });
    }
    expect(names(account).filter((name) => name === 'chat')).toHaveLength(1);
  });

  it('is refused with 400 when ref_id is nobody, or when the receiver is missing', async () => {
    const account = await chatAccount();
    const scope = await account.connect();
    const stranger = await account.call('POST', scope, clientMessage(writtenElsewhere('nobody')));
    expect(stranger.status).toBe(400);
    const alone = { ...writtenElsewhere(account.channel.bot.id), receiver: undefined };
    expect((await account.call('POST', scope, clientMessage(alone))).status).toBe(400);
  });
});

describe('editing a message', () => {
  it('changes the text and tells of it', async () => {
    const account = await chatAccount();
    const scope = await account.connect();
    await account.call('POST', scope, clientMessage());
    const answer = await account.call('POST', scope, {
      event_type: 'edit_message',
      payload: {
        timestamp: startSeconds,
        msec_timestamp: startSeconds * 1000,
        msgid: 'our-message-1',
        conversation_id: 'our-conversation-1',
        message: { type: 'text', text: 'Good evening' },
      },
    });
    expect(answer.status).toBe(200);
    expect(messageOf(account).content).toMatchObject({ text: 'Good evening' });
    expect(names(account).at(-1)).toBe('message_updated');
  });

  it('is refused with 400 for a message that is not there', async () => {
    const account = await chatAccount();
    const scope = await account.connect();
    const answer = await account.call('POST', scope, { ...clientMessage(), event_type: 'edit_message' });
    expect(answer.status).toBe(400);
  });
});

describe('the delivery status', () => {
  it('is kept with its error', async () => {
    const account = await chatAccount();
    const scope = await account.connect();
    await account.call('POST', scope, clientMessage());
    const path = `${scope}/our-message-1/delivery_status`;
    const read = await account.call('POST', path, { status_code: 2 });
    expect([read.status, read.text]).toEqual([200, '']);
    expect(messageOf(account).delivery_status).toBe(2);
    await account.call('POST', path, { status_code: -1, error_code: 905, error: 'Gone' });
    expect(messageOf(account)).toMatchObject({ delivery_status: -1, delivery_error: 'Gone' });
  });

  it.each([
    ["is called as the documentation's sample has it", { delivery_status: 2 }],
    [
      'has the Cyrillic letter of the documentation',
      { status_code: -1, 'error_\u0441ode': 905, error: 'Gone' },
    ],
    ['is no status', { status_code: 3 }],
    ['is an error without a text', { status_code: -1, error_code: 905 }],
    ['is an error of an unknown code', { status_code: -1, error_code: 900, error: 'Gone' }],
  ])('is refused with 400 when it %s', async (_what, body) => {
    const account = await chatAccount();
    const scope = await account.connect();
    await account.call('POST', scope, clientMessage());
    expect((await account.call('POST', `${scope}/our-message-1/delivery_status`, body)).status).toBe(400);
    expect(messageOf(account).delivery_status).toBeNull();
  });

  it('of an unknown message is answered 404', async () => {
    const account = await chatAccount();
    const scope = await account.connect();
    expect((await account.call('POST', `${scope}/none/delivery_status`, { status_code: 1 })).status).toBe(
      404,
    );
  });
});

describe('the history of a chat', () => {
  it('has the newest messages first, as many as are asked for', async () => {
    const account = await chatAccount();
    const scope = await account.connect();
    for (const index of [1, 2, 3]) {
      const msec = startSeconds * 1000 + index;
      await account.call('POST', scope, clientMessage({ msgid: `m${index}`, msec_timestamp: msec }));
    }
    const [chat] = account.context.account.chats.keys();
    const path = `${scope}/chats/${chat ?? ''}/history`;
    const answer = await account.call('GET', `${path}?limit=2&offset=1`);
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({
      messages: [
        { message: { client_id: 'm2' }, sender: { client_id: 'our-client-1', phone: '+15550100' } },
        { message: { client_id: 'm1', type: 'text', text: 'Good day', media: '' } },
      ],
    });
    expect((await account.call('GET', `${path}?offset=3`)).status).toBe(204);
    expect((await account.call('GET', `${path}?limit=51`)).status).toBe(400);
    expect((await account.call('GET', `${path}?limit=many`)).status).toBe(400);
    expect((await account.call('GET', `${scope}/chats/none/history`)).status).toBe(204);
  });
});

describe('typing and reactions of a client', () => {
  it('are taken and told', async () => {
    const account = await chatAccount();
    const scope = await account.connect();
    await account.call('POST', scope, clientMessage());
    const sender = { id: 'our-client-1' };
    const typing = await account.call('POST', `${scope}/typing`, {
      conversation_id: 'our-conversation-1',
      sender,
    });
    expect([typing.status, typing.text]).toEqual([204, '']);
    expect(account.events.at(-1)).toMatchObject({
      name: 'chat_typing',
      event: { until: account.time.now + 5000 },
    });

    const reaction = { conversation_id: 'our-conversation-1', msgid: 'our-message-1', user: sender };
    const react = await account.call('POST', `${scope}/react`, { ...reaction, type: 'react', emoji: '😍' });
    expect([react.status, react.text]).toEqual([200, '']);
    const { reactions, sender: client } = messageOf(account);
    expect([...reactions]).toEqual([[client.id, '😍']]);
    await account.call('POST', `${scope}/react`, { ...reaction, type: 'unreact' });
    expect(reactions.size).toBe(0);
  });

  it('are refused when they are not whole, or when the message is not there', async () => {
    const account = await chatAccount();
    const scope = await account.connect();
    expect((await account.call('POST', `${scope}/typing`, { conversation_id: 'c' })).status).toBe(400);
    const reaction = { conversation_id: 'c', msgid: 'none', user: { id: 'u' }, type: 'react' };
    expect((await account.call('POST', `${scope}/react`, reaction)).status).toBe(404);
    expect((await account.call('POST', `${scope}/react`, { ...reaction, type: 'like' })).status).toBe(400);
  });
});
