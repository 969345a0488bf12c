import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { endExpired } from '../../../src/backend/connections/attempt-rows.js';
import { removeOldConnections } from '../../../src/backend/connections/retention.js';
import {
  type Channel as ChannelRow,
  channels,
  connectionAttempts,
  usedTokens,
} from '../../../src/backend/connections/tables.js';
import { installations } from '../../../src/backend/installations/tables.js';
import { install, sharedStore } from '../installations/support/connected.js';
import { back } from './support/callback.js';
import { openConnections } from './support/connections.js';

const store = sharedStore();
const day = 86_400_000;

const rowOf = async (id: string): Promise<ChannelRow | undefined> =>
  (await store().db.select().from(channels).where(eq(channels.id, id)))[0];

const after = (days: number, retentionDays = 90) =>
  removeOldConnections(store(), { now: new Date(Date.now() + days * day), config: { retentionDays } });

describe('Removing a channel', () => {
  it('undoes at the service what was set up there, then erases the access data', async () => {
    const { connect, save, service, call, state, saved, installationId } = await openConnections(store());
    const shop = service.addAccount();
    const channel = await connect(shop);
    await save([channel]);
    await expect.poll(() => service.hooks.has(shop.token)).toBe(true);
    const answer = await call('DELETE', `/connections/channels/${channel.id}`);
    expect(answer).toMatchObject({ status: 200, body: { channels: [] } });
    expect(saved).toEqual([installationId, installationId]);
    await expect.poll(() => service.hooks.has(shop.token)).toBe(false);
    await expect.poll(() => rowOf(channel.id)).toMatchObject({ credentials: null, savedAt: null });
    expect(await call('DELETE', `/connections/channels/${channel.id}`)).toMatchObject({ status: 404 });
    // The same account may be connected anew, as another channel.
    expect((await connect(shop)).id).not.toBe(channel.id);
    expect((await state()).channels).toHaveLength(1);
  });

  it.each(['html', 'error', 'silence'] as const)(
    'keeps the access data until the service has heard of it, while that answers with %s',
    async (kind) => {
      const { connect, save, service, call } = await openConnections(store(), { patience: 3000 });
      const shop = service.addAccount();
      const channel = await connect(shop);
      await save([channel]);
      await expect.poll(() => service.hooks.has(shop.token)).toBe(true);
      service.faults = [{ path: '/silence', kind }];
      await call('DELETE', `/connections/channels/${channel.id}`);
      await expect.poll(() => service.calls.some(({ path }) => path === '/silence')).toBe(true);
      expect((await rowOf(channel.id))?.credentials).not.toBeNull();
      service.faults = [];
      await expect.poll(() => rowOf(channel.id)).toMatchObject({ credentials: null });
      expect(service.hooks.has(shop.token)).toBe(false);
    },
  );

  it('erases access data that the service does not take any more', async () => {
    const { connect, service, call } = await openConnections(store());
    const shop = service.addAccount();
    const channel = await connect(shop);
    service.signOut(shop);
    await call('DELETE', `/connections/channels/${channel.id}`);
    await expect.poll(() => rowOf(channel.id)).toMatchObject({ credentials: null });
  });
});

describe('Housekeeping', () => {
  it('removes channels that nobody has saved for a day', async () => {
    const { connect, save, state, installationId } = await openConnections(store());
    const [used, unused] = [await connect(), await connect()];
    await save([used]);
    expect(await after(0.9)).toEqual([]);
    expect(await after(1.1)).toEqual([installationId]);
    expect((await state()).channels).toMatchObject([{ id: used.id }]);
    await expect.poll(() => rowOf(unused.id)).toMatchObject({ credentials: null });
    await after(90);
    expect(await rowOf(unused.id)).toBeDefined();
    await after(92);
    expect(await rowOf(unused.id)).toBeUndefined();
    expect(await rowOf(used.id)).toMatchObject({ removedAt: null });
  });

  it('erases access data of a removed channel after 30 days, whatever its service says', async () => {
    const { connect, service, call } = await openConnections(store(), { patience: 3000 });
    const channel = await connect();
    service.faults = [{ path: '/', kind: 'error' }];
    await call('DELETE', `/connections/channels/${channel.id}`);
    await after(29);
    expect((await rowOf(channel.id))?.credentials).not.toBeNull();
    await after(31);
    expect((await rowOf(channel.id))?.credentials).toBeNull();
  });

  it('leaves an account that has uninstalled the integration 30 days to come back', async () => {
    const { connect, save, state, account, context, service, installationId } =
      await openConnections(store());
    const shop = service.addAccount();
    const channel = await connect(shop);
    await save([channel]);
    const uninstall = () =>
      store()
        .db.update(installations)
        .set({ state: 'uninstalled', accessToken: null, refreshToken: null, updatedAt: new Date() });
    await uninstall();
    await after(29);
    // It installs again: everything is as it was.
    expect(await install(context, account)).toBe(installationId);
    expect((await state()).channels).toMatchObject([{ id: channel.id, is_saved: true, is_default: true }]);

    await uninstall();
    await after(31);
    await expect.poll(() => rowOf(channel.id)).toMatchObject({ credentials: null });
    expect(service.hooks.has(shop.token)).toBe(false);
    await install(context, account);
    expect((await state()).channels).toEqual([]);
  });

  it('ends attempts that nobody finished, and forgets them and used tokens when they are of no use', async () => {
    const { begin, context } = await openConnections(store());
    const { id } = await begin('api_key');
    const count = async (): Promise<number> => store().db.$count(usedTokens);
    await endExpired(store(), { now: context.clock.now() });
    const read = async () =>
      (await store().db.select().from(connectionAttempts).where(eq(connectionAttempts.id, id)))[0];
    expect(await read()).toMatchObject({ state: 'waiting' });
    await endExpired(store(), { now: new Date(Date.now() + 2 * 3_600_000) });
    expect(await read()).toMatchObject({ state: 'failed', problem: 'expired' });
    await after(0);
    expect(await count()).toBeGreaterThan(0);
    await after(2);
    expect(await read()).toBeUndefined();
    expect(await count()).toBe(0);
  });

  it('gives up the oldest of more than twenty attempts at a time', async () => {
    const { begin, call } = await openConnections(store());
    const first = await begin('oauth');
    for (let more = 0; more < 20; more += 1) await begin('oauth');
    expect(await call('GET', `/connections/attempts/${first.id}`)).toMatchObject({
      body: { state: 'failed', problem: 'expired' },
    });
    const waiting = sql`${connectionAttempts.state} = 'waiting'`;
    expect(await store().db.$count(connectionAttempts, waiting)).toBe(20);
  });
});

describe('An account', () => {
  it('that was renamed goes on, and its page at the new address hears how the sign-in ended', async () => {
    const { begin, service, app, state, account } = await openConnections(store());
    // The backend still knows the old address.
    await store().db.update(installations).set({ origin: 'http://127.0.0.1:1', subdomain: 'before' });
    const { prompt } = await begin('oauth');
    const page = prompt?.kind === 'oauth' ? prompt.url : '';
    const answer = service.consent(page, service.addAccount());
    expect(await back({ app }, answer)).toMatchObject({ origin: account.sandbox.url });
    expect((await state()).channels).toHaveLength(1);
  });

  it('of the same user as another one is strictly apart from it', async () => {
    const connections = await openConnections(store());
    const { connect, save, state, addAccount, service } = connections;
    const shop = service.addAccount();
    const mine = await connect(shop);
    await save([mine]);
    const { account } = await addAccount();
    expect(account.context.currentUserId()).toBe(connections.account.context.currentUserId());
    expect((await state({ account })).channels).toEqual([]);
    const theirs = await connect(shop, { account });
    expect(theirs.id).not.toBe(mine.id);
    expect((await state({ account })).channels).toMatchObject([{ id: theirs.id, is_saved: false }]);
    expect((await state()).channels).toMatchObject([{ id: mine.id, is_saved: true }]);
  });
});
