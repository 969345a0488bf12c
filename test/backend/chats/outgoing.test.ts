import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import type { StatusUpdate } from '../../../src/backend/chat-services/chat-service.js';
import { chatMessages } from '../../../src/backend/chats/tables.js';
import { channels } from '../../../src/backend/connections/tables.js';
import { createHttp, NoAnswerError } from '../../../src/backend/kommo-api/http.js';
import { beginChat } from '../../../src/sandbox/account/chats/chat.js';
import { sendFromManager } from '../../../src/sandbox/account/chats/manager.js';
import { sharedStore } from '../installations/support/connected.js';
import { openChatAccount, phone } from './support/chat-account.js';
import { hookBody, openTalking, outgoing, soon } from './support/talking.js';

vi.setConfig({ testTimeout: 120_000 });

const store = sharedStore();

describe('what a user of the account writes', () => {
  it('is sent once, however often and at however many doors it is told', async () => {
    const { opened, channel } = await openTalking(store());
    await opened.startAnother();
    const body = hookBody(opened, `${channel.id}:${phone}`);
    const statuses = await Promise.all(Array.from({ length: 8 }, () => opened.hook(body)));
    expect(statuses).toEqual(Array<number>(8).fill(200));
    await expect.poll(() => outgoing(opened), soon).toMatchObject([{ state: 'sent' }]);
    expect(opened.service.taken).toHaveLength(1);
    expect(await opened.counted('hooks', { kind: 'chats', result: 'duplicate' })).toBe(7);
  });

  it('is sent again under the same key when nobody saw how the first attempt ended', async () => {
    const { opened, answer } = await openTalking(store());
    opened.service.answer = 503;
    await answer({ text: 'Are you there?' });
    await expect.poll(async () => (await outgoing(opened))[0]?.attempts, soon).toBeGreaterThan(0);
    opened.service.answer = 200;
    await expect.poll(() => outgoing(opened), soon).toMatchObject([{ state: 'sent' }]);
    const [row] = await outgoing(opened);
    expect(opened.service.taken).toMatchObject([{ text: 'Are you there?', idempotencyKey: row?.id }]);
  });

  it('does not hold up what clients write, however slow the service is', async () => {
    const { opened, channel, answer } = await openTalking(store());
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let asked = 0;
    opened.service.onTake = () => {
      asked += 1;
      return held;
    };
    await answer({ text: 'Slowly' });
    await expect.poll(() => asked, soon).toBe(1);
    await opened.write(channel, { text: 'Hurry' });
    const texts = () => [...opened.sandbox.account.messages.values()].map(({ content }) => content['text']);
    await expect.poll(texts, soon).toContain('Hurry');
    release();
    await expect.poll(() => outgoing(opened), soon).toMatchObject([{ state: 'sent' }]);
  });

  it('goes with its picture, by link', async () => {
    const { opened, answer } = await openTalking(store());
    const media = 'https://amojo.example.com/attachments/cat.png';
    await answer({ type: 'picture', text: '', media, file_name: 'cat.png', file_size: 5 });
    await expect
      .poll(() => opened.service.taken, soon)
      .toMatchObject([{ text: '', media: { kind: 'picture', url: media, fileName: 'cat.png' } }]);
  });

  it('begins a conversation, and the answer of the client belongs to it', async () => {
    const opened = await openChatAccount(store());
    const channel = await opened.useChannel();
    const [contact] = opened.sandbox.account.contacts.values();
    const client = { name: 'Ana', phone: '1 (201) 555-0123', email: '', contact_id: contact?.id ?? 0 };
    const chat = beginChat(opened.sandbox, opened.registered, client, channel.id);
    const { hook } = await sendFromManager(opened.sandbox, {
      chat,
      by: null,
      content: { text: 'Hello Ana' },
    });
    expect(hook.status).toBe(200);
    await expect.poll(() => opened.service.taken, soon).toMatchObject([{ to: phone, text: 'Hello Ana' }]);
    expect(chat.conversation_id).toBeNull();

    await opened.write(channel, { text: 'Hello back' });
    await expect.poll(() => chat.conversation_id, soon).toBe(`${channel.id}:${phone}`);
    expect(opened.sandbox.account.chats.size).toBe(1);
    expect(chat.user.client_id).toBe(phone);
    await sendFromManager(opened.sandbox, { chat, by: null, content: { text: 'How are you?' } });
    await expect.poll(() => opened.service.taken.length, soon).toBe(2);
  });

  it.each([
    {
      what: 'has no such number',
      answer: 404,
      code: 904,
      error: 'Small service has no account with this number',
    },
    {
      what: 'refuses the words',
      answer: 400,
      code: 905,
      error: 'Small service does not accept this text: No such words',
    },
    {
      what: 'does not let us in',
      answer: 401,
      code: 902,
      error: 'The chat service is not connected or does not accept the access data',
    },
  ])(
    'fails in the account, with the reason, when the service $what',
    async ({ answer: status, code, error }) => {
      const { opened, answer } = await openTalking(store());
      opened.service.answer = status;
      const { message } = await answer({ text: 'Hello' });
      await expect.poll(() => message.delivery_status, soon).toBe(-1);
      expect(message.delivery_error).toBe(error);
      const [channel] = await store().db.select({ state: channels.state }).from(channels);
      expect(channel?.state).toBe(status === 401 ? 'disconnected' : 'connected');
      const told = opened.calls.find(({ url }) => url.endsWith(`/${message.id}/delivery_status`));
      expect(JSON.parse(told?.body ?? '')).toMatchObject({ status_code: -1, error_code: code });
    },
  );

  it('fails in the account when the service has not answered for an hour', async () => {
    const { opened, answer } = await openTalking(store());
    opened.service.answer = 503;
    const { message } = await answer({ text: 'Hello' });
    await expect.poll(async () => (await outgoing(opened))[0]?.attempts, soon).toBeGreaterThan(0);
    await store()
      .db.update(chatMessages)
      .set({ createdAt: new Date(Date.now() - 3_700_000) });
    await expect.poll(() => message.delivery_error, soon).toBe('Small service did not answer: Out of order');
  });

  it.each([
    { what: 'is not saved any more', values: { savedAt: null } },
    { what: 'was removed', values: { savedAt: null, removedAt: new Date() } },
  ])('fails in the account when the channel $what', async ({ values }) => {
    const { opened, channel, answer } = await openTalking(store());
    await opened.changeChannel(channel.id, values);
    const { message } = await answer({ text: 'Hello' });
    await expect.poll(() => message.delivery_status, soon).toBe(-1);
    expect(opened.service.taken).toEqual([]);
  });

  it('fails in the account when it goes to no channel of its own, or to no number', async () => {
    const { opened, answer, chat } = await openTalking(store());
    chat.conversation_id = `${randomUUID()}:${phone}`;
    const { message } = await answer({ text: 'Hello' });
    await expect.poll(() => message.delivery_error, soon).toContain('not connected');
    chat.conversation_id = null;
    chat.user.phone = 'none';
    const { message: other } = await answer({ text: 'Hello' });
    await expect.poll(() => other.delivery_error, soon).toBe('The phone number is not valid');
    expect(opened.service.taken).toEqual([]);
  });

  it('is told of until the chats API listens', async () => {
    const { opened, channel, answer } = await openTalking(store());
    const { message } = await answer({ text: 'Hello' });
    await expect.poll(() => outgoing(opened), soon).toMatchObject([{ state: 'sent' }]);
    const http = createHttp();
    let lost = 0;
    opened.meet = (call) => {
      if (!call.url.endsWith('delivery_status') || lost > 0) return undefined;
      lost += 1;
      return http(call).then(() => Promise.reject(new NoAnswerError('socket hang up', true, true)));
    };
    const update: StatusUpdate = {
      id: 'service-1',
      state: 'failed',
      reason: 'recipient_blocked',
      detail: 'Blocked',
    };
    expect(await opened.chats.onChatStatus({ channelId: channel.id }, update)).toBe(true);
    const told = () => opened.calls.filter(({ url }) => url.endsWith('delivery_status')).length;
    await expect.poll(told, { timeout: 40_000 }).toBe(2);
    expect(message.delivery_status).toBe(-1);
    expect(message.delivery_error).toMatch(/: Blocked$/);
  });

  it('is not moved by the report of another channel, nor by one of a message that is none', async () => {
    const { opened, channel, answer } = await openTalking(store());
    const other = await opened.addChannel();
    await answer({ text: 'Hello' });
    await expect.poll(() => outgoing(opened), soon).toMatchObject([{ state: 'sent' }]);
    const [row] = await outgoing(opened);
    const update: StatusUpdate = { id: 'service-1', state: 'read' };
    expect(await opened.chats.onChatStatus({ channelId: other.id, messageId: row?.id }, update)).toBe(false);
    expect(await opened.chats.onChatStatus({ channelId: other.id }, update)).toBe(false);
    expect(await opened.chats.onChatStatus({ channelId: channel.id, messageId: randomUUID() }, update)).toBe(
      false,
    );
    expect(await outgoing(opened)).toMatchObject([{ state: 'sent' }]);
  });
});
