import { eq, sql } from 'drizzle-orm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { claimUnfinished } from '../../../src/backend/connections/follow.js';
import { startConnections } from '../../../src/backend/connections/start.js';
import { type Channel, channels } from '../../../src/backend/connections/tables.js';
import { createKommoApis } from '../../../src/backend/kommo-api/client.js';
import { publicUrl, sharedStore } from '../installations/support/connected.js';
import { openConnections, type TestConnections } from './support/connections.js';
import { courier } from './support/courier.js';

const store = sharedStore();
const elsewhere = 'http://127.0.0.1:10/below';

/** A saved channel whose service tells what comes in. */
async function saved() {
  const connections = await openConnections(store());
  const shop = connections.service.addAccount();
  const channel = await connections.connect(shop);
  await connections.save([channel]);
  const path = `/chat-services/courier/channels/${channel.id}/hook`;
  await expect.poll(() => connections.service.hooks.get(shop.token)).toBe(`${publicUrl}${path}`);
  await expect.poll(() => rowOf(channel.id)).toMatchObject({ hookBase: publicUrl, followAt: null });
  return { connections, shop, channel, path };
}

async function rowOf(id: string): Promise<Channel | undefined> {
  return (await store().db.select().from(channels).where(eq(channels.id, id)))[0];
}

/** The backend of the same store, started at another address. */
async function startElsewhere({ context, connections, service }: TestConnections): Promise<void> {
  await connections.stop();
  const moved = { ...context, config: { ...context.config, publicUrl: elsewhere } };
  const running = await startConnections(moved, {
    apis: createKommoApis(moved),
    definitions: new Map([['courier', courier(service.url)]]),
    interval: 20,
    retryDelay: 1,
  });
  onTestFinished(() => running.stop());
}

const told = ({ service }: TestConnections): unknown[] =>
  service.calls.filter(({ path }) => path === '/listen').map(({ body }) => body['url']);

describe('A backend that has moved to another address', () => {
  it('tells the services of saved channels as it starts, and no service twice', async () => {
    const { connections, shop, channel, path } = await saved();
    await startElsewhere(connections);
    await expect.poll(() => connections.service.hooks.get(shop.token)).toBe(`${elsewhere}${path}`);
    await expect.poll(() => rowOf(channel.id)).toMatchObject({ hookBase: elsewhere, followAt: null });
    const before = told(connections).length;
    const { context } = connections;
    const moved = { ...context.config, publicUrl: elsewhere };
    expect(await claimUnfinished(store(), moved, { isDue: false })).toEqual([]);
    expect(told(connections)).toHaveLength(before);
  });

  it('tries again what a service did not take, and says so', async () => {
    const { connections, shop, path } = await saved();
    connections.service.faults = [{ path: '/listen', kind: 'error' }];
    await startElsewhere(connections);
    await expect
      .poll(() => connections.context.lines.join(''))
      .toMatch(/"queue":"connections".*a job has failed/);
    connections.service.faults = [];
    await expect.poll(() => connections.service.hooks.get(shop.token)).toBe(`${elsewhere}${path}`);
  });

  it('takes the old address back too when a channel is removed', async () => {
    const { connections, channel, path } = await saved();
    // Its service was told of the old address last.
    await store().db.update(channels).set({ hookBase: elsewhere });
    await connections.call('DELETE', `/connections/channels/${channel.id}`);
    await expect.poll(() => rowOf(channel.id)).toMatchObject({ credentials: null });
    const silenced = connections.service.calls.filter(({ path: called }) => called === '/silence');
    expect(silenced.map(({ body }) => body['url'])).toEqual([`${elsewhere}${path}`, `${publicUrl}${path}`]);
  });
});

describe('The look for what was left lying', () => {
  it('finds a channel whose service calls another address than today’s', async () => {
    const { connections, shop, channel, path } = await saved();
    await store().db.update(channels).set({ hookBase: elsewhere });
    connections.service.hooks.delete(shop.token);
    await store().jobs.send('connections-upkeep', {});
    await expect.poll(() => connections.service.hooks.get(shop.token)).toBe(`${publicUrl}${path}`);
    await expect.poll(() => rowOf(channel.id)).toMatchObject({ hookBase: publicUrl });
  });

  it('gives a channel out once an hour, to one of all who look', async () => {
    const { connections, channel } = await saved();
    await connections.connections.stop();
    const { config } = connections.context;
    const look = () => claimUnfinished(store(), config, { isDue: true });
    expect(await look()).toEqual([]);
    await store().db.update(channels).set({ hookBase: null });
    expect((await Promise.all([look(), look(), look()])).flat()).toEqual([channel.id]);
    expect(await look()).toEqual([]);
    await store()
      .db.update(channels)
      .set({ followAt: sql`${channels.followAt} - interval '1 hour'` });
    expect(await look()).toEqual([channel.id]);
  });

  it.each([
    ['is not saved', { savedAt: null }],
    ['is disconnected', { state: 'disconnected' }],
    ['has no access data any more', { credentials: null }],
  ] as const)('leaves alone what %s', async (_what, change) => {
    const { connections } = await saved();
    await connections.connections.stop();
    await store()
      .db.update(channels)
      .set({ hookBase: elsewhere, ...change });
    expect(await claimUnfinished(store(), connections.context.config, { isDue: false })).toEqual([]);
  });
});
