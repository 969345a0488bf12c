import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { names } from '../../../../src/backend/receiving/webhooks/tables.js';
import { nameOf, namesSubscriber } from '../../../../src/backend/receiving/webhooks/names.js';
import type { ReceivedWebhook } from '../../../../src/backend/receiving/webhooks/subscriber.js';
import type { Store } from '../../../../src/backend/store/store.js';
import { testContext } from '../../installations/support/connected.js';
import { eachStore } from '../../support/stores.js';
import { addInstallation } from './support/receiver.js';

vi.setConfig({ testTimeout: 60_000 });

/** Unix seconds. */
const start = 1_760_000_000;

function told(
  installationId: string,
  webhookId: number,
  {
    action = 'update',
    name,
    at,
    id = 7001,
    entity = 'leads',
  }: {
    action?: string;
    name?: string;
    at?: number;
    id?: number;
    entity?: ReceivedWebhook['entity'];
  },
): ReceivedWebhook {
  return {
    webhookId,
    installationId,
    receivedAt: new Date((start + webhookId) * 1000),
    entity,
    action,
    id: String(id),
    fields: name === undefined ? { id: String(id) } : { id: String(id), name },
    customFields: [],
    changedAt: at === undefined ? undefined : start + at,
  };
}

eachStore((openTestStore) => {
  let store: Store;
  let installationId: string;
  beforeAll(async () => {
    store = await openTestStore();
    installationId = (await addInstallation(store)).id;
  }, 120_000);

  const tell = async (...webhooks: readonly ReceivedWebhook[]) => {
    for (const webhook of webhooks) {
      if (namesSubscriber.wants(webhook)) await namesSubscriber.handle(webhook, testContext(store));
    }
  };
  const nameAfter = async (...changes: readonly [number, Parameters<typeof told>[2]][]) => {
    const id = randomInt(1, 2 ** 40);
    await tell(...changes.map(([webhookId, change]) => told(installationId, webhookId, { ...change, id })));
    return nameOf(store, installationId, 'leads', id);
  };

  describe('the name of a lead', () => {
    it('is unknown until a webhook has told it, and is kept apart by installation, entity and id', async () => {
      const other = await addInstallation(store);
      await tell(
        told(installationId, 1, { name: 'Deal', id: 1 }),
        told(installationId, 2, { name: 'Anna', id: 1, entity: 'contacts' }),
        told(other.id, 3, { name: 'Elsewhere', id: 1 }),
        told(installationId, 4, { name: 'A company', id: 2, entity: 'companies' }),
      );

      expect(await nameOf(store, installationId, 'leads', 1)).toBe('Deal');
      expect(await nameOf(store, installationId, 'contacts', 1)).toBe('Anna');
      expect(await nameOf(store, other.id, 'leads', 1)).toBe('Elsewhere');
      expect(await nameOf(store, installationId, 'leads', 2)).toBeUndefined();
    });

    it('is that of the latest change, whichever is told or worked on first', async () => {
      const changes = [0, 1, 2, 3].map(
        (at) => [at, { name: `Name ${at}`, at }] as [number, { name: string; at: number }],
      );
      await fc.assert(
        fc.asyncProperty(fc.shuffledSubarray(changes, { minLength: 4 }), async (shuffled) => {
          expect(await nameAfter(...shuffled)).toBe('Name 3');
          // Told in this order, and worked on in the same.
          expect(
            await nameAfter(...shuffled.map(([, change], place): [number, typeof change] => [place, change])),
          ).toBe('Name 3');
        }),
        { numRuns: 15 },
      );
    });

    it('is the one that was told last of two changes in the same second', async () => {
      expect(await nameAfter([1, { name: 'One', at: 5 }], [2, { name: 'Two', at: 5 }])).toBe('Two');
      expect(await nameAfter([2, { name: 'Two', at: 5 }], [1, { name: 'One', at: 5 }])).toBe('Two');
    });

    it('stays as it is when a webhook does not tell it', async () => {
      expect(await nameAfter([1, { name: 'Deal', at: 1 }], [2, { at: 2 }], [3, { name: '', at: 3 }])).toBe(
        'Deal',
      );
    });

    it('is gone with the lead, and no older change that comes late brings it back', async () => {
      expect(await nameAfter([1, { name: 'Deal', at: 1 }], [3, { action: 'delete' }])).toBeUndefined();
      expect(
        await nameAfter(
          [3, { action: 'delete' }],
          [2, { name: 'Late', at: 2 }],
          [1, { action: 'add', name: 'Deal', at: 1 }],
        ),
      ).toBeUndefined();
      const { length } = (await store.db.select().from(names)).filter(({ name }) => name === 'Late');
      expect(length).toBe(0);
    });

    it('is gone with the lead also when the clock of the account is ahead of ours', async () => {
      expect(await nameAfter([1, { name: 'Deal', at: 600 }], [2, { action: 'delete' }])).toBeUndefined();
    });

    it('comes back when the lead is restored, and not when an older deletion comes late', async () => {
      const restore = { action: 'restore', name: 'Deal', at: 1 };

      expect(await nameAfter([2, { action: 'delete' }], [3, restore])).toBe('Deal');
      expect(await nameAfter([3, restore], [2, { action: 'delete' }])).toBe('Deal');
    });
  });
});
