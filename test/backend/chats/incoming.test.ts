import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { mediaKinds } from '../../../src/backend/chat-services/definition.js';
import { createHttp, type HttpCall, NoAnswerError } from '../../../src/backend/kommo-api/http.js';
import { sharedStore } from '../installations/support/connected.js';
import { openChatAccount } from './support/chat-account.js';

/** What is waited for comes late on a busy machine. */
const soon = { timeout: 20_000 };
vi.setConfig({ testTimeout: 120_000 });

const store = sharedStore();

const isMessage = ({ url }: HttpCall): boolean => !url.endsWith('connect');

const answered = (status: number, text = '', headers = {}) => Promise.resolve({ status, headers, text });

describe('what a client writes', () => {
  it('is one message in the account, however often and by however many processes it is told', async () => {
    const opened = await openChatAccount(store());
    const channel = await opened.useChannel();
    await opened.startAnother();

    const message = { id: 'the same' };
    const told = await Promise.all(Array.from({ length: 8 }, () => opened.write(channel, message)));
    expect(told.sort()).toEqual(['accepted', ...Array<string>(7).fill('duplicate')]);

    await expect.poll(opened.rows, soon).toMatchObject([{ state: 'passed' }]);
    expect(opened.sandbox.account.messages.size).toBe(1);
    expect(await opened.write(channel, message)).toBe('duplicate');
    expect(await opened.counted('chatMessages', { direction: 'in', result: 'duplicate' })).toBe(8);
  });

  it('is one message when the answer is lost with which the account has taken it', async () => {
    const opened = await openChatAccount(store());
    const channel = await opened.useChannel();
    const http = createHttp();
    let lost = 0;
    opened.meet = (call) => {
      if (!isMessage(call) || lost === 2) return undefined;
      lost += 1;
      return http(call).then(() => Promise.reject(new NoAnswerError('socket hang up', true, true)));
    };
    await opened.write(channel);
    await expect.poll(opened.rows, soon).toMatchObject([{ state: 'passed', attempts: 3 }]);
    expect(opened.sandbox.account.messages.size).toBe(1);
  });

  it('comes into the account in the order in which it was written, though the first has to be tried again', async () => {
    const opened = await openChatAccount(store());
    const channel = await opened.useChannel();
    let refused = 0;
    opened.meet = (call) => {
      if (!isMessage(call) || refused >= 3) return undefined;
      refused += 1;
      return answered(503);
    };
    const begun = Date.now();
    for (const [place, text] of ['one', 'two', 'three', 'four'].entries()) {
      await opened.write(channel, { id: text, text, at: new Date(begun + place) });
    }
    const texts = () => [...opened.sandbox.account.messages.values()].map(({ content }) => content['text']);
    await expect.poll(texts, soon).toEqual(['one', 'two', 'three', 'four']);
    expect(refused).toBe(3);
  });

  it('is told once though the account takes longer to answer than a lease lasts', async () => {
    const opened = await openChatAccount(store(), { config: { leaseSeconds: 0.5 } });
    const channel = await opened.useChannel();
    await opened.startAnother();
    const told: string[] = [];
    opened.meet = (call) => {
      const text = ['first', 'second'].find((one) => call.body?.includes(one));
      if (text === undefined) return undefined;
      told.push(text);
      return text === 'first' ? pause(2500).then(() => createHttp()(call)) : undefined;
    };
    await opened.write(channel, { id: 'a', text: 'first', at: new Date(1_790_000_000_000) });
    await expect.poll(() => told, soon).toEqual(['first']);
    // Its job finds the first one under way, and looks again when that lease should be over.
    await opened.write(channel, { id: 'b', text: 'second', at: new Date(1_790_000_001_000) });
    await expect.poll(opened.rows, soon).toMatchObject([{ state: 'passed' }, { state: 'passed' }]);
    expect(told).toEqual(['first', 'second']);
  });

  it('of one client does not wait for that of another', async () => {
    const opened = await openChatAccount(store());
    const channel = await opened.useChannel();
    opened.meet = ({ body = '' }) => (body.includes('unlucky') ? answered(502) : undefined);
    await opened.write(channel, { text: 'unlucky' });
    await opened.write(channel, { text: 'lucky', from: '+12015550199' });
    await expect.poll(() => opened.chat()?.user.client_id, soon).toBe('+12015550199');
    opened.meet = () => undefined;
    await expect.poll(() => opened.sandbox.account.messages.size, soon).toBe(2);
  });

  it.each([
    { what: 'is busy', answer: () => answered(429, '{"retry_after":0.1}') },
    { what: 'is out of order', answer: () => answered(500, 'Oops') },
    { what: 'answers with a page', answer: () => answered(200, '<html>Welcome</html>') },
    { what: 'redirects', answer: () => answered(302, '', { location: 'http://127.0.0.1:9/' }) },
  ])('waits while the chats API $what', async ({ answer }) => {
    const opened = await openChatAccount(store());
    const channel = await opened.useChannel();
    let met = 0;
    opened.meet = (call) => {
      if (!isMessage(call)) return undefined;
      met += 1;
      return answer();
    };
    await opened.write(channel);
    await expect.poll(() => met, soon).toBeGreaterThan(1);
    expect(await opened.rows()).toMatchObject([{ state: 'waiting' }]);
    opened.meet = () => undefined;
    await expect.poll(opened.rows, soon).toMatchObject([{ state: 'passed' }]);
    expect(opened.context.lines.join('')).not.toContain('Hello');
  });

  it('waits for an account that is not connected, and comes in as soon as it is', async () => {
    const opened = await openChatAccount(store());
    opened.meet = () => answered(403);
    const channel = await opened.addChannel();
    await opened.chats.onSaved(opened.installationId);
    await opened.write(channel);
    // The account is tried again meanwhile, as often as there is time for.
    const refused = () => opened.counted('chatsConnections', { result: 'refused' });
    await expect.poll(refused, soon).toBeGreaterThan(0);
    await expect.poll(async () => (await opened.rows())[0]?.attempts, soon).toBeGreaterThan(0);
    expect(await opened.rows()).toMatchObject([{ state: 'waiting' }]);

    opened.meet = () => undefined;
    await opened.chats.onInstalled(opened.installationId);
    await expect.poll(opened.rows, soon).toMatchObject([{ state: 'passed' }]);
    expect(opened.sandbox.account.messages.size).toBe(1);
  });

  it('connects the account anew when somebody has disconnected it', async () => {
    const opened = await openChatAccount(store());
    const channel = await opened.useChannel();
    opened.registered.scope_id = null;
    await opened.write(channel);
    await expect.poll(opened.rows, soon).toMatchObject([{ state: 'passed' }]);
  });

  it('is given up alone when the chats API refuses it', async () => {
    const opened = await openChatAccount(store());
    const channel = await opened.useChannel();
    opened.meet = ({ body = '' }) => (body.includes('unheard of') ? answered(400) : undefined);
    await opened.write(channel, { id: 'a', text: 'unheard of', at: new Date(1_790_000_000_000) });
    await opened.write(channel, { id: 'b', text: 'usual', at: new Date(1_790_000_001_000) });
    await expect.poll(opened.rows, soon).toMatchObject([{ state: 'failed' }, { state: 'passed' }]);
    expect(await opened.counted('chatMessages', { direction: 'in', result: 'failed' })).toBe(1);
  });

  it('is dropped when its channel is not used', async () => {
    const opened = await openChatAccount(store());
    const unsaved = await opened.addChannel({ savedAt: null });
    const removed = await opened.addChannel({ removedAt: new Date() });
    for (const channel of [unsaved, removed, { ...unsaved, id: opened.installationId }]) {
      expect(await opened.write(channel)).toBe('dropped');
    }
    expect(await opened.counted('chatMessages', { direction: 'in', result: 'dropped' })).toBe(3);
    expect(await opened.rows()).toEqual([]);
  });

  it('is dropped when the channel is removed while it waits', async () => {
    const opened = await openChatAccount(store());
    const channel = await opened.useChannel();
    opened.meet = (call) => (isMessage(call) ? answered(503) : undefined);
    await opened.write(channel);
    await expect.poll(async () => (await opened.rows())[0]?.attempts, soon).toBeGreaterThan(0);
    await opened.changeChannel(channel.id, { savedAt: null, removedAt: new Date() });
    opened.meet = () => undefined;
    await expect.poll(opened.rows, soon).toMatchObject([{ state: 'failed' }]);
    expect(opened.sandbox.account.messages.size).toBe(0);
  });

  it('stays out of an account for whose platform there is no chats channel', async () => {
    const opened = await openChatAccount(store(), { config: { chatsChannels: [] } });
    expect(await opened.write(await opened.addChannel())).toBe('dropped');
  });

  it('is no message with nothing in it, or from nobody', async () => {
    const opened = await openChatAccount(store());
    const channel = await opened.addChannel();
    expect(await opened.write(channel, { text: ' \n' })).toBe('empty');
    expect(await opened.write(channel, { from: 'somebody' })).toBe('empty');
  });

  it('may have characters in it that no store takes', async () => {
    const opened = await openChatAccount(store());
    const channel = await opened.useChannel();
    await opened.write(channel, { text: 'a\0b\ud83d', name: '\0', id: 'c\0' });
    await expect.poll(opened.rows, soon).toMatchObject([{ state: 'passed', text: 'ab\ufffd' }]);
    expect(opened.chat()?.user.name).toBe('+1 201 555 0123');
  });

  it('may be a picture or a file of any kind, passed on by link', async () => {
    const opened = await openChatAccount(store());
    const channel = await opened.useChannel();
    const url = 'https://files.example.com/1';
    const begun = Date.now();
    const told = { picture: { fileName: 'cat.png', size: 5 } } as const;
    for (const [place, kind] of mediaKinds.entries()) {
      const media = { kind, url, ...(kind === 'picture' && told.picture) };
      await opened.write(channel, { text: 'Look', media, at: new Date(begun + place) });
    }
    const messages = () => [...opened.sandbox.account.messages.values()].map(({ content }) => content);
    await expect.poll(() => messages().map(({ type }) => type), soon).toEqual(mediaKinds);
    expect(messages()[0]).toMatchObject({ text: 'Look', media: url, file_name: 'cat.png', file_size: 5 });
    expect(messages()[1]).toMatchObject({ text: 'Look', media: url, file_name: 'file', file_size: 0 });
  });
});
