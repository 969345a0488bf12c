import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { definitionsOf } from '../../../src/backend/chat-services/definitions.js';
import type { IncomingMessage } from '../../../src/backend/chat-services/definition.js';
import { messages } from '../../../src/backend/delivery/tables.js';
import { attempt, type Attempt, type Channel } from '../../../src/contract/connections-api.js';
import { startFaultyProxy } from '../../support/faulty-proxy.js';
import { graphApp, hubSigned, startGraphServer } from '../../support/graph-server.js';
import { startWahaServer, wahaKey, wahaSigned, type WahaServer } from '../../support/waha-server.js';
import { sharedStore } from '../installations/support/connected.js';
import { back } from './support/callback.js';
import { openConnections, type TestConnections } from './support/connections.js';

const store = sharedStore();

/** What clients have written, as the account is to be told. */
interface Written {
  readonly channelId: string;
  readonly message: IncomingMessage;
}

const begin = async ({ call }: TestConnections, service: string, method: string): Promise<Attempt> =>
  attempt.parse((await call('POST', '/connections/attempts', { body: { service, method } })).body);

const only = async (connections: TestConnections): Promise<Channel> => {
  const [channel] = (await connections.state()).channels;
  if (channel === undefined) throw new Error('There is no channel.');
  return channel;
};

describe('WhatsApp Business', () => {
  const open = async () => {
    const graph = await startGraphServer();
    onTestFinished(() => graph.close());
    const proxy = await startFaultyProxy(graph.url);
    onTestFinished(() => proxy.close());
    const number = graph.add('102290129340398');
    graph.sharing = [number.wabaId];
    const config = {
      ...graphApp,
      name: 'whatsapp-cloud',
      graphUrl: proxy.url,
      dialogUrl: graph.url,
    } as const;
    const written: Written[] = [];
    const connections = await openConnections(store(), {
      definitions: definitionsOf([config]),
      onIncoming: (channel, message) => {
        written.push({ channelId: channel.id, message });
        return Promise.resolve();
      },
    });
    const begun = await begin(connections, 'whatsapp-cloud', 'oauth');
    const page = begun.prompt?.kind === 'oauth' ? begun.prompt.url : '';
    const consent = await fetch(page, { redirect: 'manual' });
    const { searchParams } = new URL(consent.headers.get('location') ?? '');
    const answer = Object.fromEntries(searchParams);
    expect((await back(connections, answer, { service: 'whatsapp-cloud' })).status).toBe(200);
    const channel = await only(connections);
    await connections.save([channel]);
    await expect.poll(() => graph.subscribed.has(number.wabaId), { timeout: 15_000 }).toBe(true);
    const tell = (value: object) => {
      const change = { field: 'messages', value: { metadata: { phone_number_id: number.id }, ...value } };
      const payload = JSON.stringify({ entry: [{ id: number.wabaId, changes: [change] }] });
      return connections.app.inject({
        method: 'POST',
        url: '/chat-services/whatsapp-cloud/hook',
        headers: { 'content-type': 'application/json', ...hubSigned(payload) },
        payload,
      });
    };
    return { connections, graph, proxy, number, channel, tell, written };
  };

  it('is connected by Meta’s consent, tells the account what clients write, and answers Meta’s question', async () => {
    const { connections, channel, tell, written, number } = await open();
    expect(channel).toMatchObject({ name: number.verifiedName, phone: '+15550999', method: 'oauth' });
    const answer = await tell({
      messages: [
        { from: '15550300', id: 'wamid.1', timestamp: '1700000000', type: 'text', text: { body: 'Hi' } },
      ],
    });
    expect(answer.statusCode).toBe(200);
    expect(written).toMatchObject([{ channelId: channel.id, message: { from: '+15550300', text: 'Hi' } }]);
    const forged = await connections.app.inject({
      method: 'POST',
      url: '/chat-services/whatsapp-cloud/hook',
      headers: { 'content-type': 'application/json', ...hubSigned('{}') },
      payload: '{ }',
    });
    expect(forged.statusCode).toBe(403);

    const asked = (token: string) =>
      connections.app.inject({
        url: `/chat-services/whatsapp-cloud/hook?${new URLSearchParams({
          'hub.mode': 'subscribe',
          'hub.challenge': '1158201444',
          'hub.verify_token': token,
        }).toString()}`,
      });
    expect(await asked(graphApp.verifyToken)).toMatchObject({ statusCode: 200, body: '1158201444' });
    expect((await asked('another')).statusCode).toBe(403);
  });

  it('does not send a message again that Meta has taken, although its answer was lost', async () => {
    const { connections, channel, graph, proxy, tell } = await open();
    const [row] = await store()
      .db.insert(messages)
      .values({
        installationId: connections.installationId,
        eventId: 1,
        elementType: 2,
        elementId: 1,
        phone: '+15550300',
        text: 'Hello',
        state: 'queued',
        service: 'whatsapp-cloud',
        channelId: channel.id,
        triedAt: new Date(),
      })
      .returning();
    const opened = await connections.connections.openSaved(channel.id);
    proxy.meetAt({ method: 'POST', path: /\/messages/ }, 'lose_answer', 1);
    const sent = { to: '+15550300', text: 'Hello', idempotencyKey: row?.id ?? '' };
    await expect(opened?.service.send(sent)).rejects.toMatchObject({ kind: 'temporary' });
    const [taken] = graph.messages;
    const answer = await tell({
      statuses: [{ id: taken?.id, status: 'delivered', biz_opaque_callback_data: taken?.callbackData }],
    });
    expect(answer.statusCode).toBe(200);
    const [moved] = await store()
      .db.select()
      .from(messages)
      .where(eq(messages.id, row?.id ?? ''));
    expect(moved).toMatchObject({ state: 'delivered', serviceMessageId: taken?.id });
  });
});

describe('WhatsApp through a server of ours', () => {
  const open = async () => {
    const waha = await startWahaServer();
    onTestFinished(() => waha.close());
    const written: Written[] = [];
    const connections = await openConnections(store(), {
      definitions: definitionsOf([{ name: 'waha', url: waha.url, apiKey: wahaKey }]),
      onIncoming: (channel, message) => {
        written.push({ channelId: channel.id, message });
        return Promise.resolve();
      },
    });
    return { connections, waha, written };
  };

  const connect = async ({ connections, waha }: { connections: TestConnections; waha: WahaServer }) => {
    const begun = await begin(connections, 'waha', 'qr');
    const look = async (): Promise<Attempt> =>
      attempt.parse((await connections.call('GET', `/connections/attempts/${begun.id}`)).body);
    const poll = { interval: 200, timeout: 15_000 };
    await expect.poll(look, poll).toMatchObject({
      prompt: { image: expect.stringMatching(/^data:image\/png;base64,/) as string },
    });
    const session = `pm-${begun.id}`;
    waha.scan(session, '+15550999', 'Ours');
    await expect.poll(look, poll).toMatchObject({ state: 'connected' });
    const channel = await only(connections);
    await connections.save([channel]);
    const webhook = () => waha.sessions.get(session)?.config.webhooks?.[0];
    await expect
      .poll(webhook, { timeout: 15_000 })
      .toMatchObject({ events: ['message', 'message.ack', 'session.status'] });
    const tell = (event: string, payload: object) => {
      const body = JSON.stringify({ event, session, payload });
      return connections.app.inject({
        method: 'POST',
        url: new URL(webhook()?.url ?? '').pathname,
        headers: { 'content-type': 'application/json', ...wahaSigned(body, webhook()?.hmac?.key ?? '') },
        payload: body,
      });
    };
    return { channel, session, tell };
  };

  const from = (chat: string): object => ({
    id: `false_${chat}_${randomUUID()}`,
    timestamp: 1_700_000_000,
    from: chat,
    fromMe: false,
    body: 'Hi',
  });

  it('is connected by its code, tells what clients write, and is to call again when it cannot say who', async () => {
    const opened = await open();
    const { channel, session, tell } = await connect(opened);
    expect(channel).toMatchObject({ name: 'Ours', phone: '+15550999', method: 'qr' });
    expect((await tell('message', from('15550300@c.us'))).statusCode).toBe(200);
    opened.waha.lids.set('4711@lid', '15550301@c.us');
    expect((await tell('message', from('4711@lid'))).statusCode).toBe(200);
    expect(opened.written.map(({ message }) => message.from)).toEqual(['+15550300', '+15550301']);

    Object.assign(opened.waha.sessions.get(session) ?? {}, { status: 'STARTING' });
    expect((await tell('message', from('4711@lid'))).statusCode).toBe(503);
    expect(opened.written).toHaveLength(2);
  });

  it('says that the phone has signed it out, and forgets its session when the channel is removed', async () => {
    const opened = await open();
    const { tell, session, channel } = await connect(opened);
    await tell('session.status', { status: 'STOPPED' });
    expect(await only(opened.connections)).toMatchObject({ state: 'connected' });
    await tell('session.status', { status: 'FAILED' });
    expect(await only(opened.connections)).toMatchObject({ state: 'disconnected' });

    await opened.connections.call('DELETE', `/connections/channels/${channel.id}`);
    await expect.poll(() => opened.waha.sessions.has(session), { timeout: 15_000 }).toBe(false);
  });
});
