import { describe, expect, it } from 'vitest';
import type { ChatService } from '../../../src/backend/chat-services/chat-service.js';
import { messagesOf } from '../../../src/backend/delivery/message-store.js';
import { sendMessages } from '../../../src/backend/delivery/send.js';
import { addMessage } from '../delivery/support/message-rows.js';
import { sharedStore } from '../installations/support/connected.js';
import { openConnections } from './support/connections.js';

const store = sharedStore();

/** The chat service of the configuration, for accounts that have connected nothing. */
const configured: ChatService = {
  name: 'demo',
  title: 'Demo chat',
  send: () => Promise.resolve({ id: 'by-the-configuration' }),
  readStatus: () => [],
  check: () => Promise.resolve(),
};

async function open() {
  const connections = await openConnections(store(), { chatService: configured });
  const { installationId, context } = connections;
  const { senders } = connections.connections;
  return {
    ...connections,
    senders,
    through: async () => (await senders.of(installationId))?.channelId,
    /** Sends the event's messages that wait. */
    send: async (eventId: number) => {
      const planned = await messagesOf(store().db, [eventId]);
      const { failures, unwritten } = await sendMessages(planned, context, { senders, installationId });
      const [row] = await messagesOf(store().db, [eventId]);
      return { failures: failures.map(({ kind }) => kind), sent: unwritten?.move, row };
    },
  };
}

describe('Messages of an account go', () => {
  it('through the service of the configuration, until the account has saved a channel of its own', async () => {
    const { connect, save, through, call } = await open();
    expect(await through()).toBeNull();
    const channel = await connect();
    expect(await through()).toBeNull();
    await save([channel]);
    expect(await through()).toBe(channel.id);
    await call('DELETE', `/connections/channels/${channel.id}`);
    // Whoever disconnects wants nothing sent, in no other way either.
    expect(await through()).toBeUndefined();
  });

  it('through the same channel again when it is not known whether it took them', async () => {
    const { connect, save, send, service, installationId } = await open();
    const [one, two] = [await connect(), await connect()];
    await save([two, one]);
    const tried = await addMessage(store().db, {
      installationId,
      service: 'courier',
      channelId: one.id,
      triedAt: new Date(),
    });
    const fresh = await addMessage(store().db, { installationId });
    expect(await send(tried.eventId)).toMatchObject({ failures: [], row: { channelId: one.id } });
    expect(await send(fresh.eventId)).toMatchObject({ failures: [], row: { channelId: two.id } });
    const [first, second] = service.calls.filter(({ path }) => path === '/messages');
    expect(first?.body['statusUrl']).toContain(`/channels/${one.id}/hook?message=${tried.id}`);
    expect(first?.token).not.toBe(second?.token);
  });

  it('nowhere when the channel that may have taken them is not in use any more', async () => {
    const { connect, save, send, service, installationId } = await open();
    const [one, two] = [await connect(), await connect()];
    await save([two]);
    const tried = await addMessage(store().db, {
      installationId,
      service: 'courier',
      channelId: one.id,
      triedAt: new Date(),
    });
    expect(await send(tried.eventId)).toMatchObject({
      failures: ['not_connected'],
      row: { state: 'failed', reason: 'not_connected' },
    });
    expect(service.calls.filter(({ path }) => path === '/messages')).toEqual([]);
  });

  it('nowhere once the service does not let the channel in, which is then disconnected', async () => {
    const { connect, save, send, state, service, installationId } = await open();
    const shop = service.addAccount();
    const channel = await connect(shop);
    await save([channel]);
    service.signOut(shop);
    const first = await addMessage(store().db, { installationId });
    expect(await send(first.eventId)).toMatchObject({
      failures: ['not_connected'],
      row: { state: 'failed', reason: 'not_connected', channelId: channel.id },
    });
    expect((await state()).channels).toMatchObject([{ state: 'disconnected', is_saved: true }]);
    const asked = service.calls.length;
    const second = await addMessage(store().db, { installationId });
    expect(await send(second.eventId)).toMatchObject({ failures: ['not_connected'] });
    expect(service.calls).toHaveLength(asked);
  });

  it.each(['html', 'error'] as const)('later when the service answers with %s', async (kind) => {
    const { connect, save, send, state, service, installationId } = await open();
    await save([await connect()]);
    service.faults = [{ path: '/messages', kind }];
    const { eventId } = await addMessage(store().db, { installationId });
    expect(await send(eventId)).toMatchObject({ failures: ['temporary'], row: { state: 'queued' } });
    expect((await state()).channels).toMatchObject([{ state: 'connected' }]);
    service.faults = [];
    expect(await send(eventId)).toMatchObject({ failures: [], sent: { state: 'sent' } });
  });

  it('under the name of the service that they went through', async () => {
    const { senders } = await open();
    expect(['courier', 'demo', null, 'gone'].map((name) => senders.titleOf(name))).toEqual([
      'Courier',
      'Demo chat',
      'Demo chat',
      'gone',
    ]);
  });
});
