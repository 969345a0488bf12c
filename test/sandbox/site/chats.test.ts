import { describe, expect, it } from 'vitest';
import { openChats } from './support/chats.js';
import { openSandbox } from './support/sandbox.js';

describe('a chats channel', () => {
  it('is registered with the id and the secret that are wanted, or with ones that are made up', async () => {
    const { page } = await openSandbox();
    const given = {
      name: 'Mine',
      webhook_url: 'http://127.0.0.1:9/:scope_id',
      client_uuid: '0a1b2c3d-1111-4222-8333-444455556666',
      id: '7e2fc0aa-0000-4000-8000-000000000001',
      secret: 'known beforehand',
      subscriptions: { typing: true },
    };
    const { status, body } = await page('POST', '/sandbox/chats/channels', given);
    expect(status).toBe(201);
    expect(body).toMatchObject({ ...given, subscriptions: { typing: true, reactions: false } });
    const { name, webhook_url } = given;
    const other = await page('POST', '/sandbox/chats/channels', { name, webhook_url });
    expect(other.body).toMatchObject({
      client_uuid: null,
      code: expect.stringMatching(/^amo\.ext\.\d+$/) as string,
    });
    expect(other.body['secret']).toMatch(/^[0-9a-f]{40}$/);
    const all = await page('GET', '/sandbox/chats/channels');
    expect(all.body.map(({ id }) => id)).toEqual([given.id, other.body['id']]);
    expect((await page('POST', '/sandbox/chats/channels', given)).status).toBe(400);
  });

  it.each([
    [{ webhook_url: 'http://127.0.0.1:9/:scope_id' }, /^name: a text/],
    [{ name: '1st', webhook_url: 'http://127.0.0.1:9/:scope_id' }, /must be Latin and begin with a letter/],
    [{ name: 'Mine', webhook_url: 'http://127.0.0.1:9/' }, /with :scope_id in its path/],
    [{ name: 'Mine', webhook_url: 'http://127.0.0.1:9/:scope_id', id: '7' }, /must be a UUID/],
    [
      { name: 'Mine', webhook_url: 'http://127.0.0.1:9/:scope_id', subscriptions: 1 },
      /^subscriptions: an object/,
    ],
  ])('is not registered by %j', async (request, error) => {
    const { page } = await openSandbox();
    const answer = await page('POST', '/sandbox/chats/channels', request);
    expect(answer.status).toBe(400);
    expect(answer.body['error']).toMatch(error);
  });

  it('stays with a reset, where the account has to be connected again', async () => {
    const { page, connect, receive, channel } = await openChats();
    const scope = await connect();
    await page('POST', '/sandbox/reset');
    expect((await page('GET', '/sandbox/chats/channels')).body).toMatchObject([
      { ...channel, scope_id: null },
    ]);
    await expect(receive(scope)).rejects.toThrow(/not connected to this channel/);
    expect(await connect()).toBe(scope);
    await receive(scope);
    expect((await page('GET', '/sandbox/chats')).body).toHaveLength(1);
  });
});

describe('a chat', () => {
  it('is read with its messages, by the lead, the contact, or all', async () => {
    const { page, connect, receive } = await openChats();
    await receive(await connect());
    const [chat] = (await page('GET', '/sandbox/chats')).body;
    expect(chat).toMatchObject({
      channel: 'Demo chat',
      source: null,
      client: { name: 'Ada Park', phone: '+12025550177' },
      is_connected: true,
      messages: [
        { is_incoming: true, author: 'Ada Park', type: 'text', text: 'Is it <b>ready</b>?', delivery: null },
      ],
    });
    const unsorted = (await page('GET', '/api/v4/leads/unsorted')).body['_embedded']?.['unsorted']?.[0];
    const lead = String(unsorted?.['_embedded']?.['leads']?.[0]?.['id']);
    expect((await page('GET', `/sandbox/chats?lead=${lead}`)).body).toEqual([chat]);
    expect((await page('GET', `/sandbox/chats?contact=${String(chat?.['contact_id'])}`)).body).toEqual([
      chat,
    ]);
    expect((await page('GET', '/sandbox/chats?lead=7001')).body).toEqual([]);
    expect((await page('GET', '/sandbox/chats?lead=x')).status).toBe(400);
  });

  it('takes an answer of the signed-in user, which the integration hears of and tells the state of', async () => {
    const { page, connect, receive, amojo, receiver, listen } = await openChats();
    const scope = await connect();
    await receive(scope);
    const [chat] = (await page('GET', '/sandbox/chats')).body;
    const listener = await listen();
    const sent = await page('POST', '/sandbox/chats/messages', { chat: chat?.['id'], text: 'Yes 🙂' });
    expect(sent.status).toBe(201);
    expect(sent.body).toMatchObject({ is_incoming: false, text: 'Yes 🙂', delivery: 'sent', error: '' });
    const [hook = ''] = receiver.received;
    expect(JSON.parse(hook)).toMatchObject({
      message: {
        receiver: { client_id: 'client-1' },
        conversation: { client_id: 'conversation-1' },
        message: { id: sent.body['id'], type: 'text', text: 'Yes 🙂' },
      },
    });
    await listener.heard(
      'changed',
      ({ change }) => change.event === 'message_added' && change.type === 'leads',
    );
    await amojo('POST', `/v2/origin/custom/${scope}/${String(sent.body['id'])}/delivery_status`, {
      msgid: sent.body['id'],
      status_code: 2,
    });
    await listener.heard('changed', ({ change }) => change.event === 'message_updated');
    const read = async () => (await page('GET', '/sandbox/chats')).body[0]?.['messages']?.[1];
    expect(await read()).toMatchObject({ delivery: 'read' });
  });

  it('takes a picture for the newest chat of a lead', async () => {
    const { page, connect, receive, receiver, sandbox } = await openChats();
    await receive(await connect());
    const [talk] = [...sandbox.server.context.account.talks.values()];
    const sent = await page('POST', '/sandbox/chats/messages', { lead: talk?.entity_id, media: 'picture' });
    expect(sent.body).toMatchObject({ type: 'picture', text: '', file_name: 'holiday.png' });
    const { message } = JSON.parse(receiver.received[0] ?? '') as { message: { message: object } };
    expect(message.message).toMatchObject({ type: 'picture', media: sent.body['media'] });
    expect((await fetch(String(sent.body['media']))).headers.get('content-type')).toBe('image/png');
  });

  it('says that a message reached nobody', async () => {
    const { page, connect, receive, amojo, channel, sandbox } = await openChats();
    await receive(await connect());
    await amojo('DELETE', `/v2/origin/custom/${channel.id}/disconnect`, {
      account_id: sandbox.server.context.account.amojo_id,
    });
    const [chat] = (await page('GET', '/sandbox/chats')).body;
    expect(chat).toMatchObject({ is_connected: false });
    const { body } = await page('POST', '/sandbox/chats/messages', { chat: chat?.['id'], text: 'Yes' });
    expect(body).toMatchObject({
      delivery: 'failed',
      error: 'The account is not connected to the channel of this chat.',
    });
  });

  it.each([
    [{ text: 'Yes' }, 400],
    [{ chat: 'none', text: 'Yes' }, 404],
    [{ lead: 7001, text: 'Yes' }, 404],
  ])('is needed for an answer: %j', async (body, status) => {
    const { page } = await openChats();
    expect((await page('POST', '/sandbox/chats/messages', body)).status).toBe(status);
  });

  it('takes no answer that is empty', async () => {
    const { page, connect, receive } = await openChats();
    await receive(await connect());
    const [chat] = (await page('GET', '/sandbox/chats')).body;
    expect((await page('POST', '/sandbox/chats/messages', { chat: chat?.['id'], text: ' ' })).status).toBe(
      400,
    );
  });
});
