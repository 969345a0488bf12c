import { createHmac } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { connectChannel, registerChannel } from '../../../src/sandbox/account/chats/channel.js';
import { beginChat } from '../../../src/sandbox/account/chats/chat.js';
import {
  reactAsManager,
  sendFromManager,
  typeAsManager,
} from '../../../src/sandbox/account/chats/manager.js';
import { chatAccount, clientMessage, startSeconds } from './chats/chat-account.js';
import type { ChatAccount } from './chats/chat-account.js';

/** An account in which a client has written. */
async function chatting() {
  const account = await chatAccount();
  const scope = await account.connect();
  await account.call('POST', scope, clientMessage({ source: { external_id: 'acme-main' } }));
  const [chat] = account.context.account.chats.values();
  const [user] = account.context.account.users.values();
  if (!chat || !user) throw new Error('The demo account has users, and the client a chat.');
  return { account, scope, chat, user };
}

function lastHook({ receiver }: ChatAccount): Record<string, unknown> {
  return JSON.parse(receiver.received.at(-1)?.raw ?? 'null') as Record<string, unknown>;
}

describe('the hook about a message of a manager', () => {
  it('is JSON, signed over the raw body, at the address of the scope', async () => {
    const { account, chat, user } = await chatting();
    const { message, hook } = await sendFromManager(account.context, {
      chat,
      by: user,
      content: { text: 'Hello, how can we help?' },
    });
    expect(hook).toEqual({ isTaken: true, status: 200 });
    const [received] = account.receiver.received;
    expect(received?.path).toBe(`/hooks/${account.channel.scope_id ?? ''}`);
    expect(received?.headers['content-type']).toBe('application/json');
    expect(received?.headers['x-signature']).toBe(
      createHmac('sha1', account.channel.secret)
        .update(received?.raw ?? '')
        .digest('hex'),
    );
    expect(lastHook(account)).toEqual({
      account_id: account.context.account.amojo_id,
      time: startSeconds,
      message: {
        receiver: {
          id: chat.user.id,
          phone: '+15550100',
          email: 'client@example.com',
          client_id: 'our-client-1',
        },
        sender: { id: user.amojo_id },
        conversation: { id: chat.id, client_id: 'our-conversation-1' },
        source: { external_id: 'acme-main' },
        timestamp: startSeconds,
        msec_timestamp: startSeconds * 1000,
        message: {
          id: message.id,
          type: 'text',
          text: 'Hello, how can we help?',
          markup: null,
          tag: '',
          media: '',
          thumbnail: '',
          file_name: '',
          file_size: 0,
        },
      },
    });
    expect(account.context.traffic.entries().filter(({ kind }) => kind === 'chat_hook')).toMatchObject([
      { direction: 'out', method: 'POST', status: 200 },
    ]);
  });

  it('is sent once, and anything but 200 is a failure', async () => {
    const { account, chat, user } = await chatting();
    account.receiver.answer([204, 500]);
    for (const status of [204, 500]) {
      const { message, hook } = await sendFromManager(account.context, {
        chat,
        by: user,
        content: { text: 'A' },
      });
      expect(hook).toEqual({ isTaken: false, status });
      expect(message).toMatchObject({
        delivery_status: -1,
        delivery_error: `The integration answered ${status}.`,
      });
    }
    expect(account.receiver.received).toHaveLength(2);
  });

  it('gives a receiver up that does not answer in time', async () => {
    const { account, chat, user } = await chatting();
    account.receiver.answer(['silence']);
    const { hook } = await sendFromManager(
      account.context,
      { chat, by: user, content: { text: 'A' } },
      { timeoutMs: 50 },
    );
    expect(hook.isTaken).toBe(false);
    expect(hook.error).toContain('50 ms');
  });

  it('does not go to a channel that is disconnected', async () => {
    const { account, chat, user } = await chatting();
    account.channel.scope_id = null;
    const { hook } = await sendFromManager(account.context, { chat, by: user, content: { text: 'A' } });
    expect(hook.error).toContain('not connected');
    expect(account.receiver.received).toEqual([]);
  });

  it("has no client_id when the account writes first, and the client's answer ties the conversation", async () => {
    const { account, scope, user } = await chatting();
    const { context, channel } = account;
    const chat = beginChat(context, channel, {
      name: 'Second client',
      phone: '+15550101',
      email: '',
      contact_id: [...context.account.contacts.keys()][0] ?? 0,
    });
    await sendFromManager(context, { chat, by: user, content: { text: 'A' } });
    expect(lastHook(account)).toMatchObject({ message: { conversation: { id: chat.id } } });
    expect(JSON.stringify(lastHook(account))).not.toContain('client_id');
    const answer = clientMessage({
      msgid: 'our-message-9',
      conversation_id: 'our-conversation-9',
      conversation_ref_id: chat.id,
      sender: { id: 'our-client-9', name: 'Second client' },
    });
    expect((await account.call('POST', scope, answer)).status).toBe(200);
    expect(chat).toMatchObject({
      conversation_id: 'our-conversation-9',
      user: { client_id: 'our-client-9' },
    });
  });
});

describe('the hook about a manager who types', () => {
  it('comes at most once in five seconds', async () => {
    const { account, chat, user } = await chatting();
    const type = () => typeAsManager(account.context, { chat, by: user });
    expect(await type()).toMatchObject({ isTaken: true });
    expect(lastHook(account)).toMatchObject({
      action: {
        typing: {
          user: { id: user.amojo_id },
          conversation: { id: chat.id, client_id: 'our-conversation-1' },
          expired_at: startSeconds + 5,
        },
      },
    });
    account.time.now += 4999;
    expect(await type()).toBeUndefined();
    account.time.now += 1;
    expect(await type()).toMatchObject({ isTaken: true });
  });

  it('comes only to a channel that is subscribed to it', async () => {
    const { account, user } = await chatting();
    const { context } = account;
    const plain = registerChannel(context, {
      name: 'Plain',
      webhook_url: `${account.receiver.url}/:scope_id`,
      can_write_first: true,
    });
    const client = { name: 'Client', phone: '+15550102', email: '', contact_id: 0 };
    expect(() => beginChat(context, plain, client)).toThrow(/connect it first/);
    connectChannel(context.account, plain, {
      account_id: context.account.amojo_id,
      hook_api_version: 'v2',
    });
    const chat = beginChat(context, plain, client);
    expect(await typeAsManager(context, { chat, by: user })).toBeUndefined();
    expect(account.receiver.received).toEqual([]);
  });
});

describe('the hook about a reaction of a manager', () => {
  it('tells the message, the emoji and who it was', async () => {
    const { account, chat, user } = await chatting();
    const [message] = account.context.account.messages.values();
    if (!message) throw new Error('The client has written.');
    await reactAsManager(account.context, { message, by: user, emoji: '👍' });
    expect(lastHook(account)).toMatchObject({
      action: {
        reaction: {
          message: { id: message.id, client_id: 'our-message-1' },
          msgid: message.id,
          user: { id: user.amojo_id },
          conversation: { id: chat.id },
          type: 'react',
          emoji: '👍',
        },
      },
    });
    await reactAsManager(account.context, { message, by: user, emoji: null });
    expect(JSON.stringify(lastHook(account))).toContain('"type":"unreact"');
    expect(JSON.stringify(lastHook(account))).not.toContain('emoji');
    expect(message.reactions.size).toBe(0);
  });
});

describe('registering a channel', () => {
  it('refuses a name that begins with a digit and a webhook without :scope_id', async () => {
    const { context } = await chatAccount();
    const webhook_url = 'https://example.com/chats/:scope_id';
    expect(() => registerChannel(context, { name: '1st', webhook_url })).toThrow(/begin with a letter/);
    expect(() => registerChannel(context, { name: 'Чат', webhook_url })).toThrow(/Latin/);
    expect(() => registerChannel(context, { name: 'A', webhook_url: 'https://example.com/chats' })).toThrow(
      /:scope_id/,
    );
    expect(() => registerChannel(context, { name: 'A', webhook_url: 'nowhere/:scope_id' })).toThrow(
      /address/,
    );
  });
});
