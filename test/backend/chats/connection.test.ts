import { eq } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import { chatsOrigin } from '../../../src/backend/chats/amojo/address.js';
import { chatConnections } from '../../../src/backend/chats/tables.js';
import { channels } from '../../../src/backend/connections/tables.js';
import { installations } from '../../../src/backend/installations/tables.js';
import type { Source } from '../../../src/sandbox/account/state.js';
import { sharedStore } from '../installations/support/connected.js';
import { type ChatAccount, openChatAccount } from './support/chat-account.js';

/** What is waited for comes late on a busy machine. */
const soon = { timeout: 20_000 };
vi.setConfig({ testTimeout: 120_000 });

const store = sharedStore();

describe('the address of the chats API', () => {
  it.each([
    ['kommo', 'https://demo.kommo.com', 'https://amojo.kommo.com'],
    ['amocrm', 'https://demo.amocrm.ru', 'https://amojo.amocrm.ru'],
    ['kommo', 'https://demo.amocrm.com', 'https://amojo.kommo.com'],
    ['amocrm', 'http://127.0.0.1:4100', 'http://127.0.0.1:4100'],
  ] as const)('of a %s account at %s is %s', (platform, origin, expected) => {
    expect(chatsOrigin({ platform, origin })).toBe(expected);
  });
});

const connections = () => store().db.select().from(chatConnections);
const connects = ({ calls }: ChatAccount) => calls.filter(({ url }) => url.endsWith('/connect')).length;

describe('the chats channel of an account', () => {
  it('is connected with the first channel that is saved, once, and disconnected with the last', async () => {
    const opened = await openChatAccount(store());
    const { registered, sandbox, chats, installationId } = opened;
    const unsaved = await opened.addChannel({ savedAt: null });
    await chats.onSaved(installationId);
    const first = await opened.useChannel();
    const scopeId = `${registered.id}_${sandbox.account.amojo_id}`;
    expect(registered.scope_id).toBe(scopeId);
    expect(registered.title).toBe('Pipeline Messenger');
    expect(await connections()).toMatchObject([{ scopeId, amojoId: sandbox.account.amojo_id }]);
    await opened.useChannel();
    expect(connects(opened)).toBe(1);

    await store().db.update(channels).set({ savedAt: null, removedAt: new Date() });
    await chats.onSaved(installationId);
    await expect.poll(() => registered.scope_id, soon).toBeNull();
    await expect.poll(connections, soon).toEqual([]);
    expect([first.id, unsaved.id]).toHaveLength(2);
    expect(await opened.counted('chatsConnections', { result: 'disconnected' })).toBe(1);
  });

  it('is connected again after every installation that has saved channels', async () => {
    const opened = await openChatAccount(store());
    await opened.chats.onInstalled(opened.installationId);
    await opened.useChannel();
    opened.registered.scope_id = null;
    await opened.chats.onInstalled(opened.installationId);
    await expect.poll(() => opened.registered.scope_id, soon).not.toBeNull();
    expect(connects(opened)).toBe(2);
  });

  it.each([
    {
      what: 'refuses',
      answer: () => Promise.resolve({ status: 403, headers: {}, text: '' }),
      result: 'refused',
    },
    {
      what: 'does not know it',
      answer: () => Promise.resolve({ status: 404, headers: {}, text: '' }),
      result: 'refused',
    },
    {
      what: 'answers with a page',
      answer: () => Promise.resolve({ status: 200, headers: {}, text: '<html></html>' }),
      result: 'unavailable',
    },
  ])('is tried again while the chats API $what, told in one line each time', async ({ answer, result }) => {
    const opened = await openChatAccount(store());
    opened.meet = answer;
    await opened.addChannel();
    await opened.chats.onSaved(opened.installationId);
    const attempts = () => opened.counted('chatsConnections', { result });
    await expect.poll(attempts, soon).toBeGreaterThan(0);
    const lines = () => opened.context.lines.filter((line) => line.includes('chats channel'));
    // The start of a backend makes an attempt of its own.
    await expect.poll(async () => lines().length - (await attempts()), soon).toBe(0);
    for (const line of lines()) {
      const again = expect.any(Number) as number;
      expect(JSON.parse(line)).toMatchObject({
        level: 40,
        installation: opened.installationId,
        result,
        again,
      });
    }
    expect(opened.context.lines.join('')).not.toContain(opened.registered.secret);
    await expect.poll(() => store().jobs.getQueueSize('chats-connect'), soon).toBeGreaterThan(0);
    opened.meet = () => undefined;
    await opened.chats.onSaved(opened.installationId);
    await expect.poll(() => opened.registered.scope_id, soon).not.toBeNull();
  });

  it('is forgotten when the integration was uninstalled', async () => {
    const opened = await openChatAccount(store());
    await opened.useChannel();
    const uninstalled = { state: 'uninstalled' as const };
    await store()
      .db.update(installations)
      .set(uninstalled)
      .where(eq(installations.id, opened.installationId));
    await opened.chats.onSaved(opened.installationId);
    await expect.poll(connections, soon).toEqual([]);
    expect(opened.calls.some(({ url }) => url.endsWith('/disconnect'))).toBe(false);
  });
});

describe('the sources of an account', () => {
  const view = ({ name, external_id, pipeline_id }: Source) => ({ name, external_id, pipeline_id });
  const sourcesOf = ({ sandbox }: ChatAccount) => [...sandbox.account.sources.values()].map(view);
  const pipelinesOf = ({ sandbox }: ChatAccount) =>
    [...sandbox.account.pipelines.values()].map(({ id }) => id);

  it('are those of the saved channels, in their pipelines, under their names', async () => {
    const opened = await openChatAccount(store());
    const [first = 0, second = 0] = pipelinesOf(opened);
    const lisbon = await opened.useChannel({ name: 'Lisbon', pipelineId: first });
    const madrid = await opened.useChannel({ name: 'Madrid', pipelineId: second });
    expect(sourcesOf(opened)).toEqual([
      { name: 'Lisbon', external_id: lisbon.id, pipeline_id: first },
      { name: 'Madrid', external_id: madrid.id, pipeline_id: second },
    ]);

    await opened.changeChannel(lisbon.id, { name: 'Porto', pipelineId: second });
    await opened.changeChannel(madrid.id, { savedAt: null, removedAt: new Date() });
    await opened.chats.onSaved(opened.installationId);
    const porto = { name: 'Porto', external_id: lisbon.id, pipeline_id: second };
    await expect.poll(() => sourcesOf(opened), soon).toEqual([porto]);
    const sourceIds = async () => {
      const rows = await store().db.select().from(channels).where(eq(channels.name, 'Madrid'));
      return rows.map(({ sourceId }) => sourceId);
    };
    await expect.poll(sourceIds, soon).toEqual([null]);
  });

  it('are in the main pipeline while none is chosen', async () => {
    const opened = await openChatAccount(store());
    const [main = 0, second = 0] = pipelinesOf(opened);
    const channel = await opened.useChannel({ pipelineId: null });
    const source = { name: channel.name, external_id: channel.id };
    expect(sourcesOf(opened)).toEqual([{ ...source, pipeline_id: main }]);
    for (const [pipelineId, expected] of [
      [second, second],
      [null, main],
    ] as const) {
      await opened.changeChannel(channel.id, { pipelineId });
      await opened.chats.onSaved(opened.installationId);
      await expect.poll(() => sourcesOf(opened), soon).toEqual([{ ...source, pipeline_id: expected }]);
    }
  });

  it('have the number in their names where channels share one', async () => {
    const opened = await openChatAccount(store());
    const channel = await opened.useChannel({ name: 'Our shop', phone: '+12015550188' });
    expect(sourcesOf(opened)).toMatchObject([{ name: 'Our shop', external_id: channel.id }]);
    await opened.addChannel({ name: 'Our shop', phone: '+351211234567' });
    await opened.useChannel({ name: 'Our shop', phone: null });
    expect(sourcesOf(opened).map(({ name }) => name)).toEqual([
      'Our shop, +1 201 555 0188',
      'Our shop, +351 21 123 4567',
      'Our shop',
    ]);
  });

  it('are made again where somebody has removed them, and those of others stay', async () => {
    const opened = await openChatAccount(store());
    const [pipeline = 0] = pipelinesOf(opened);
    const channel = await opened.useChannel({ pipelineId: pipeline });
    const { sources } = opened.sandbox.account;
    const [own] = sources.values();
    if (own === undefined) throw new Error('There is no source.');
    sources.clear();
    sources.set(1, { ...own, id: 1, external_id: 'of somebody else', name: 'Other' });
    await opened.chats.onInstalled(opened.installationId);
    await expect
      .poll(() => sourcesOf(opened).map(({ external_id }) => external_id), soon)
      .toEqual(['of somebody else', channel.id]);
  });

  it('are made once though the answer was lost', async () => {
    const opened = await openChatAccount(store());
    const [pipeline = 0] = pipelinesOf(opened);
    const channel = await opened.useChannel({ pipelineId: pipeline });
    await opened.changeChannel(channel.id, { sourceId: null });
    await opened.chats.onSaved(opened.installationId);
    const sourceId = async () => {
      const [row] = await store().db.select().from(channels).where(eq(channels.id, channel.id));
      return row?.sourceId;
    };
    await expect.poll(sourceId, soon).toBe([...opened.sandbox.account.sources.keys()][0]);
    expect(sourcesOf(opened)).toHaveLength(1);
  });

  it('that the account refuses do not keep the others out, and are told of', async () => {
    const opened = await openChatAccount(store());
    const [pipeline = 0] = pipelinesOf(opened);
    await opened.addChannel({ name: 'Lost', pipelineId: 999_999 });
    const channel = await opened.useChannel({ pipelineId: pipeline });
    expect(sourcesOf(opened).map(({ external_id }) => external_id)).toEqual([channel.id]);
    expect(opened.context.lines.join('')).toContain('the account refuses a source');
  });

  it('stay as they are in an account that does not let us at them', async () => {
    const opened = await openChatAccount(store());
    opened.sandbox.account.widgets.clear();
    const channel = await opened.addChannel({ pipelineId: pipelinesOf(opened)[0] ?? 0 });
    await opened.chats.onSaved(opened.installationId);
    await expect
      .poll(() => opened.context.lines.join(''), soon)
      .toContain('the account does not let us keep its sources');
    expect(sourcesOf(opened)).toEqual([]);
    // Conversations go on without.
    await expect.poll(() => opened.registered.scope_id, soon).not.toBeNull();
    await opened.write(channel);
    await expect.poll(() => opened.sandbox.account.messages.size, soon).toBe(1);
  });

  it('are 100 at the most', async () => {
    const opened = await openChatAccount(store());
    const [pipeline = 0] = pipelinesOf(opened);
    const { sources } = opened.sandbox.account;
    const channel = await opened.useChannel({ pipelineId: pipeline });
    const [own] = sources.values();
    if (own === undefined) throw new Error('There is no source.');
    for (let id = 1; id < 100; id++) sources.set(id, { ...own, id, external_id: `other ${id}` });
    await opened.addChannel({ pipelineId: pipeline });
    await opened.chats.onSaved(opened.installationId);
    await expect.poll(() => opened.context.lines.join(''), soon).toContain('as many sources as it may have');
    expect(sources.size).toBe(100);
    expect(sourcesOf(opened)[0]?.external_id).toBe(channel.id);
  });
});
