import { beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/backend/store/store.js';
import { eachStore } from '../support/stores.js';
import { openConnections } from './support/connections.js';

eachStore((openTestStore) => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore();
  });

  describe('Connections', () => {
    it('begin with nothing, and show what can be connected', async () => {
      const { state } = await openConnections(store);
      const { services, channels, pipelines, ...rest } = await state();
      expect(rest).toEqual({ limit: 50, version: 0, can_change: true });
      expect(channels).toEqual([]);
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
  });
});
