import { randomUUID } from 'node:crypto';
import { drizzle } from 'drizzle-orm/node-postgres';
import { eq } from 'drizzle-orm';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../../src/backend/app.js';
import { hookRoutes } from '../../../src/backend/connections/hooks.js';
import { createOpening } from '../../../src/backend/connections/opening.js';
import { createSecrets } from '../../../src/backend/connections/secrets.js';
import type { IncomingMessage } from '../../../src/backend/chat-services/definition.js';
import { type Message, messages } from '../../../src/backend/delivery/tables.js';
import { installations } from '../../../src/backend/installations/tables.js';
import * as schema from '../../../src/backend/store/schema.js';
import { addMessage } from '../delivery/support/message-rows.js';
import { sharedStore } from '../installations/support/connected.js';
import { openConnections, type TestConnections } from './support/connections.js';
import { appSecret, courier, courierSignature, verifyToken } from './support/courier.js';

const store = sharedStore();

const incoming = (text = 'Hello'): object => ({
  kind: 'message',
  id: randomUUID(),
  from: '+15550100',
  at: 1_700_000_000_000,
  text,
});

async function post(
  { app }: Pick<TestConnections, 'app'>,
  url: string,
  body: object,
  key: string,
): Promise<number> {
  const payload = JSON.stringify(body);
  const response = await app.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'content-type': 'application/json', 'x-courier-signature': courierSignature(payload, key) },
  });
  return response.statusCode;
}

const hookOf = ({ id }: { id: string }): string => `/chat-services/courier/channels/${id}/hook`;

/** A saved channel, and what is passed on of its messages. */
async function open(options: Parameters<typeof openConnections>[1] = {}) {
  const passed: { channel: string; message: IncomingMessage }[] = [];
  const connections = await openConnections(store(), {
    onIncoming: (channel, message) => {
      passed.push({ channel: channel.id, message });
      return Promise.resolve();
    },
    ...options,
  });
  const shop = connections.service.addAccount();
  const channel = await connections.connect(shop);
  await connections.save([channel]);
  return { connections, channel, shop, passed };
}

const read = async (id: string): Promise<Message | undefined> =>
  (await store().db.select().from(messages).where(eq(messages.id, id)))[0];

describe('A call of a chat service', () => {
  it('passes on what a client wrote to a saved channel, and drops what came to any other', async () => {
    const { connections, channel, shop, passed } = await open();
    const message = incoming();
    expect(await post(connections, hookOf(channel), { events: [message] }, shop.token)).toBe(200);
    expect(passed).toEqual([
      { channel: channel.id, message: { ...message, at: new Date(1_700_000_000_000) } },
    ]);
    const other = connections.service.addAccount();
    const unsaved = await connections.connect(other);
    expect(await post(connections, hookOf(unsaved), { events: [incoming()] }, other.token)).toBe(200);
    expect(passed).toHaveLength(1);
  });

  it('is refused with a wrong signature, or that of another channel', async () => {
    const { connections, channel, passed } = await open();
    const other = connections.service.addAccount();
    await connections.connect(other);
    for (const key of ['', 'x', other.token, appSecret]) {
      expect(await post(connections, hookOf(channel), { events: [incoming()] }, key)).toBe(403);
    }
    expect(passed).toEqual([]);
  });

  it('is answered 404 for a channel that is not there, was removed, or is one of another service', async () => {
    const { connections, channel, shop } = await open();
    const body = { events: [incoming()] };
    expect(await post(connections, hookOf({ id: randomUUID() }), body, shop.token)).toBe(404);
    expect(await post(connections, hookOf({ id: 'x' }), body, shop.token)).toBe(404);
    const elsewhere = hookOf(channel).replace('courier', 'other-courier');
    expect(await post(connections, elsewhere, body, shop.token)).toBe(404);
    await connections.call('DELETE', `/connections/channels/${channel.id}`);
    expect(await post(connections, hookOf(channel), body, shop.token)).toBe(404);
  });

  it('is answered 404 once the account has uninstalled the integration', async () => {
    const { connections, channel, shop, passed } = await open();
    await store().db.update(installations).set({ state: 'uninstalled' });
    expect(await post(connections, hookOf(channel), { events: [incoming()] }, shop.token)).toBe(404);
    expect(await connections.connections.openSaved(channel.id)).toBeUndefined();
    expect(passed).toEqual([]);
  });

  it('marks the channel as disconnected when the service has signed it out', async () => {
    const { connections, channel, shop } = await open();
    expect(await post(connections, hookOf(channel), { events: [{ kind: 'signed_out' }] }, shop.token)).toBe(
      200,
    );
    expect((await connections.state()).channels).toMatchObject([{ state: 'disconnected', is_saved: true }]);
  });

  it('comes again when what it tells could not be kept', async () => {
    let isDown = true;
    const { connections, channel, shop } = await open({
      onIncoming: () =>
        isDown
          ? Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))
          : Promise.resolve(),
    });
    const body = { events: [incoming()] };
    expect(await post(connections, hookOf(channel), body, shop.token)).toBe(503);
    isDown = false;
    expect(await post(connections, hookOf(channel), body, shop.token)).toBe(200);
  });

  it('comes again when the store is down', async () => {
    const { connections, channel, shop } = await open();
    const nobody = new pg.Pool({ host: '127.0.0.1', port: 9 });
    const context = { ...connections.context, store: { ...store(), db: drizzle(nobody, { schema }) } };
    const definitions = new Map([['courier', courier(connections.service.url)]]);
    const opening = createOpening(context, { definitions, secrets: createSecrets(context.config) });
    const app = createApp(context);
    hookRoutes(app, context, { definitions, opening });
    const body = { events: [incoming()] };
    expect(await post({ app }, hookOf(channel), body, shop.token)).toBe(503);
    await app.close();
    await nobody.end();
  });

  it('tells how far a message of the pipeline is, of its own channel alone', async () => {
    const { connections, channel, shop } = await open();
    const otherShop = connections.service.addAccount();
    const other = await connections.connect(otherShop);
    await connections.save([channel, other]);
    const { installationId } = connections;
    const mine = await addMessage(store().db, {
      installationId,
      service: 'courier',
      channelId: channel.id,
      serviceMessageId: randomUUID(),
      state: 'sent',
    });
    const report = (state: string) => ({
      events: [{ kind: 'status', id: mine.serviceMessageId, state, reason: 'undelivered' }],
    });
    // Whoever has the keys of one channel cannot speak of the messages of another.
    const forged = `${hookOf(other)}?message=${mine.id}`;
    expect(await post(connections, forged, report('failed'), otherShop.token)).toBe(200);
    expect(await read(mine.id)).toMatchObject({ state: 'sent' });

    expect(await post(connections, hookOf(channel), report('delivered'), shop.token)).toBe(200);
    expect(await read(mine.id)).toMatchObject({ state: 'delivered' });
  });

  it('tells of a message by its address, before the answer to its sending has come', async () => {
    const { connections, channel, shop } = await open();
    const { installationId } = connections;
    const mine = await addMessage(store().db, {
      installationId,
      service: 'courier',
      channelId: channel.id,
    });
    const serviceMessageId = randomUUID();
    const body = { events: [{ kind: 'status', id: serviceMessageId, state: 'delivered' }] };
    expect(await post(connections, `${hookOf(channel)}?message=${mine.id}`, body, shop.token)).toBe(200);
    expect(await read(mine.id)).toMatchObject({ state: 'delivered', serviceMessageId });
  });

  it('tells of a message that is not known yet: it is looked for once more', async () => {
    const { connections, channel, shop } = await open();
    const serviceMessageId = randomUUID();
    const body = { events: [{ kind: 'status', id: serviceMessageId, state: 'read' }] };
    expect(await post(connections, hookOf(channel), body, shop.token)).toBe(200);
    const mine = await addMessage(store().db, {
      installationId: connections.installationId,
      service: 'courier',
      channelId: channel.id,
      serviceMessageId,
      state: 'sent',
    });
    await expect.poll(() => read(mine.id)).toMatchObject({ state: 'read' });
  });

  it('asks the conversations for what is no message of the pipeline', async () => {
    const asked: unknown[] = [];
    const { connections, channel, shop } = await open({
      onChatStatus: (of, update, messageId) => {
        asked.push([of.id, update.state, messageId]);
        return Promise.resolve(true);
      },
    });
    const body = { events: [{ kind: 'status', id: 'theirs', state: 'delivered' }] };
    const id = randomUUID();
    expect(await post(connections, `${hookOf(channel)}?message=${id}`, body, shop.token)).toBe(200);
    expect(asked).toEqual([[channel.id, 'delivered', id]]);
  });
});

describe('A call of a chat service for all its accounts', () => {
  const url = '/chat-services/courier/hook';

  it('is answered when it knows the word', async () => {
    const { app } = await openConnections(store());
    const ask = async (query: object) => {
      const response = await app.inject(`${url}?${new URLSearchParams({ ...query }).toString()}`);
      return [response.statusCode, response.headers['content-type'], response.body];
    };
    expect(await ask({ verify_token: verifyToken, challenge: '<b>42</b>' })).toEqual([
      200,
      'text/plain; charset=utf-8',
      '<b>42</b>',
    ]);
    expect((await ask({ verify_token: 'x', challenge: '42' }))[0]).toBe(403);
    expect((await app.inject('/chat-services/unheard-of/hook')).statusCode).toBe(404);
  });

  it('reaches every saved channel of the account that it names, and no other', async () => {
    const { connections, channel, shop, passed } = await open();
    const { account } = await connections.addAccount();
    const theirs = await connections.connect(shop, { account });
    await connections.save([theirs], { account });
    await connections.save([channel, await connections.connect()]);
    const tell = (key: string, secret = appSecret): Promise<number> =>
      post(connections, url, { key, events: [incoming()] }, secret);
    expect(await tell(shop.key, 'x')).toBe(403);
    expect(await tell('somebody-else')).toBe(200);
    expect(passed).toEqual([]);
    expect(await tell(shop.key)).toBe(200);
    expect(passed.map(({ channel: id }) => id).sort()).toEqual([channel.id, theirs.id].sort());
  });
});
