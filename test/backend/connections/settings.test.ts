import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { channels } from '../../../src/backend/connections/tables.js';
import type { Store } from '../../../src/backend/store/store.js';
import { apiError } from '../../../src/contract/api-error.js';
import type { Channel } from '../../../src/contract/connections-api.js';
import { eachStore } from '../support/stores.js';
import { back } from './support/callback.js';
import { openConnections } from './support/connections.js';

eachStore((openTestStore) => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore();
  });

  const addChannels = async (installationId: string, count: number): Promise<void> => {
    await store.db.insert(channels).values(
      Array.from({ length: count }, (_, index) => ({
        installationId,
        service: 'courier',
        method: 'api_key' as const,
        accountKey: `other-${index}`,
        name: `Other ${index}`,
        state: 'connected' as const,
      })),
    );
  };

  describe('Connections', () => {
    it('begin with nothing, and show what can be connected', async () => {
      const { state } = await openConnections(store);
      const { services, channels: shown, pipelines, ...rest } = await state();
      expect(rest).toEqual({ limit: 50, version: 0, can_change: true });
      expect(shown).toEqual([]);
      expect(pipelines?.length).toBeGreaterThan(0);
      expect(services[0]).toMatchObject({ name: 'courier', methods: ['oauth', 'qr', 'api_key'] });
    });

    it('have a channel once its key was filled in, and use it once it was saved', async () => {
      const { connect, state, save, saved, service, installationId } = await openConnections(store);
      const shop = service.addAccount();
      const channel = await connect(shop);
      expect(channel).toMatchObject({
        name: shop.name,
        phone: shop.phone,
        is_saved: false,
        is_default: false,
      });
      const { pipelines } = await state();
      const pipelineId = pipelines?.[0]?.id ?? null;
      const answer = await save([{ ...channel, pipeline_id: pipelineId }]);
      expect(answer).toMatchObject({ status: 200 });
      expect((await state()).channels).toEqual([
        { ...channel, is_saved: true, is_default: true, pipeline_id: pipelineId },
      ]);
      expect(saved).toEqual([installationId]);
      await expect.poll(() => service.hooks.get(shop.token)).toContain(`/channels/${channel.id}/hook`);
    });

    it('show without the account’s pipelines when it does not answer, and are saved where none is chosen', async () => {
      const { connect, state, save, account } = await openConnections(store);
      const channel = await connect();
      await account.faults({ status: 500 });
      const claims = { is_admin: true };
      expect(await state({ claims })).toMatchObject({ pipelines: null, can_change: true });
      // Whether somebody is an administrator is then not known either.
      const stranger = { user_id: 4711 };
      expect(await state({ claims: stranger })).toMatchObject({ pipelines: null, can_change: true });
      const unknown = { status: 502, body: { code: 'kommo_unavailable' } };
      expect(await save([channel], { claims: stranger })).toMatchObject(unknown);
      expect(await save([{ ...channel, pipeline_id: 1 }], { claims })).toMatchObject(unknown);
      expect(await save([channel], { claims })).toMatchObject({ status: 200 });
    });

    it.each([
      ['spaces in it', 'to ken', 'wrong_credentials'],
      ['a line end in it', 'to\nken', 'wrong_credentials'],
      ['emoji', 'token🔑', 'wrong_credentials'],
      ['half an emoji', 'token\ud83d', 'wrong_credentials'],
      ['no end', 'x'.repeat(1900), 'wrong_credentials'],
      ['NUL in it', 'to\0ken', 'wrong_credentials'],
      ['markup', '<script>alert(1)</script>', 'wrong_credentials'],
    ])('do not come of a key with %s', async (_name, token, problem) => {
      const { begin, call, service, state } = await openConnections(store);
      const shop = service.addAccount();
      const { id } = await begin('api_key');
      const body = { fields: { account: shop.key, token } };
      const answer = await call('POST', `/connections/attempts/${id}/fields`, { body });
      expect(answer).toMatchObject({ status: 200, body: { state: 'failed', problem } });
      expect(JSON.stringify(answer.body)).not.toContain(JSON.stringify(token));
      expect((await state()).channels).toEqual([]);
      const again = await call('POST', `/connections/attempts/${id}/fields`, { body });
      expect(again).toMatchObject({ status: 409, body: { code: 'attempt_ended' } });
    });

    it('come of a key with spaces around it', async () => {
      const { connect, service, context } = await openConnections(store);
      const shop = service.addAccount();
      await connect({ ...shop, key: `  ${shop.key}\n`, token: `\t${shop.token} ` });
      expect(context.lines.join()).not.toContain(shop.token);
    });

    it.each(['html', 'error', 'silence'] as const)(
      'do not come of a service that answers with %s',
      async (kind) => {
        const { begin, call, service } = await openConnections(store, { patience: 3000 });
        const shop = service.addAccount();
        service.faults = [{ path: '/account', kind }];
        const { id } = await begin('api_key');
        const body = { fields: { account: shop.key, token: shop.token } };
        expect(await call('POST', `/connections/attempts/${id}/fields`, { body })).toMatchObject({
          status: 200,
          body: { state: 'failed', problem: 'service_unavailable', channel_id: null },
        });
      },
    );

    it('are one channel for one account of the service, however often it is connected', async () => {
      const { connect, service, state, save } = await openConnections(store);
      const shop = service.addAccount();
      const first = await connect(shop);
      await save([first]);
      expect((await connect(shop)).id).toBe(first.id);
      expect((await state()).channels).toMatchObject([{ id: first.id, is_saved: true, is_default: true }]);
    });

    it('are fifty at most, also when the last two come at once', async () => {
      const { begin, call, service, state, installationId } = await openConnections(store);
      await addChannels(installationId, 49);
      const shops = [service.addAccount(), service.addAccount()];
      const attempts = [await begin('api_key'), await begin('api_key')];
      const ends = await Promise.all(
        attempts.map(({ id }, index) =>
          call('POST', `/connections/attempts/${id}/fields`, {
            body: { fields: { account: shops[index]?.key, token: shops[index]?.token } },
          }),
        ),
      );
      const states = ends.map(({ body }) => (body as { state: string; problem: string | null }).problem);
      expect(states.sort()).toEqual(['limit_reached', null]);
      expect((await state()).channels).toHaveLength(50);
      const body = { service: 'courier', method: 'api_key' };
      expect(await call('POST', '/connections/attempts', { body })).toMatchObject({
        status: 409,
        body: { code: 'limit_reached' },
      });
      // One that is there already may be connected again.
      const [channel] = (await state()).channels;
      await begin('api_key', { channelId: channel?.id ?? '' });
    });
  });

  describe('Saving', () => {
    it('is refused when another page was quicker, and changes nothing then', async () => {
      const { connect, call, state, saved } = await openConnections(store);
      const [one, two] = [await connect(), await connect()];
      const { version } = await state();
      const bodyWith = (id: string) => ({
        version,
        channels: [one, two].map((channel) => ({ id: channel.id, pipeline_id: null })),
        default_channel_id: id,
      });
      const answers = await Promise.all(
        [one, two].map(({ id }) => call('PUT', '/connections/settings', { body: bodyWith(id) })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'changed_elsewhere' });
      expect(saved).toHaveLength(1);
      const after = await state();
      expect(after.version).toBe(version + 1);
      expect(after.channels.filter((channel) => channel.is_default)).toHaveLength(1);
    });

    it('takes the channels that are not named out of use, and moves the default', async () => {
      const { connect, save, state } = await openConnections(store);
      const [one, two] = [await connect(), await connect()];
      await save([one, two]);
      await save([two]);
      expect((await state()).channels).toMatchObject([
        { id: one.id, is_saved: false, is_default: false, state: 'connected' },
        { id: two.id, is_saved: true, is_default: true },
      ]);
      await save([one, two]);
      expect((await state()).channels).toMatchObject([
        { id: one.id, is_saved: true, is_default: true },
        { id: two.id, is_saved: true, is_default: false },
      ]);
    });

    it('is refused with a pipeline that the account does not have', async () => {
      const { connect, save } = await openConnections(store);
      const channel = await connect();
      expect(await save([{ ...channel, pipeline_id: 4711 }])).toMatchObject({
        status: 422,
        body: { code: 'unknown_pipeline' },
      });
    });

    it.each([
      ['a channel twice', ([one]: Channel[]) => [one, one], undefined],
      ['a default that is not among them', ([one]: Channel[]) => [one], randomUUID()],
    ])('is refused with %s', async (_name, chosen, defaultId) => {
      const { connect, call, state } = await openConnections(store);
      const list = chosen([await connect()]).map((channel) => ({ id: channel?.id, pipeline_id: null }));
      const body = {
        version: (await state()).version,
        channels: list,
        default_channel_id: defaultId ?? list[0]?.id,
      };
      expect(await call('PUT', '/connections/settings', { body })).toMatchObject({
        status: 400,
        body: { code: 'bad_request' },
      });
    });

    it('asks for a new sign-in when the service does not let a new channel in any more', async () => {
      const { begin, app, service, state, save } = await openConnections(store);
      const shop = service.addAccount();
      const begun = await begin('oauth');
      const page = begun.prompt?.kind === 'oauth' ? begun.prompt.url : '';
      await back({ app }, service.consent(page, shop));
      service.signOut(shop);
      const [channel] = (await state()).channels;
      if (channel === undefined) throw new Error('Nothing was connected.');

      const refused = await save([channel]);
      expect(refused.status).toBe(401);
      const { code, refresh_token_url: url } = apiError.parse(refused.body);
      expect(code).toBe(1015);
      expect((await state()).channels).toMatchObject([{ state: 'disconnected', is_saved: false }]);

      const again = { ...shop, token: service.addAccount({ ...shop, token: randomUUID() }).token };
      await back({ app }, service.consent(url ?? '', again));
      expect((await state()).channels).toMatchObject([{ id: channel.id, state: 'connected' }]);
      expect(await save([channel])).toMatchObject({ status: 200 });
    });

    it('is refused when a new channel that has no sign-in is out', async () => {
      const { connect, service, save } = await openConnections(store);
      const shop = service.addAccount();
      const channel = await connect(shop);
      service.signOut(shop);
      expect(await save([channel])).toMatchObject({ status: 422, body: { code: 'channel_disconnected' } });
    });

    it('bears one that is out and was saved before, as long as messages do not go out through it', async () => {
      const { connect, save, state } = await openConnections(store);
      const [one, two] = [await connect(), await connect()];
      await save([one, two]);
      await store.db.update(channels).set({ state: 'disconnected' }).where(eq(channels.id, two.id));
      expect(await save([one, two])).toMatchObject({ status: 200 });
      expect(await save([two, one])).toMatchObject({ status: 422 });
      expect((await state()).channels).toMatchObject([{ is_default: true }, { is_default: false }]);
    });

    it.each(['html', 'error', 'silence'] as const)(
      'does not wait for a service that answers with %s',
      async (kind) => {
        const { connect, service, save, state } = await openConnections(store, { patience: 3000 });
        const channel = await connect();
        service.faults = [{ path: '/', kind }];
        expect(await save([channel])).toMatchObject({ status: 200 });
        expect((await state()).channels).toMatchObject([{ is_saved: true, state: 'connected' }]);
        // What the service has to do is tried again until it does it.
        service.faults = [];
        await expect.poll(() => [...service.hooks.values()].join()).toContain(channel.id);
      },
    );

    it('answers although what follows it fails', async () => {
      const { connect, save, context } = await openConnections(store, {
        onSaved: () => Promise.reject(new Error('Nobody is there.')),
      });
      expect(await save([await connect()])).toMatchObject({ status: 200 });
      expect(context.lines.join()).toContain('What follows a change of connections failed');
    });
  });
});
