import { expect, test, vi } from 'vitest';
import { installations } from '../../../src/backend/installations/tables.js';
import { startHousekeeping } from '../../../src/backend/jobs/housekeeping.js';
import { openStore } from '../../../src/backend/store/open.js';
import { testContext } from '../installations/support/context.js';
import { addInstallation } from '../receiving/webhooks/support/receiver.js';
import { createTestPlace, prepareStores, type StoreKind, storeKinds } from '../support/stores.js';

prepareStores();

const day = 86_400_000;

/** Of two accounts, one that has been gone for longer than the retention goes, and the other stays. */
async function waitUntilKept(kind: StoreKind): Promise<void> {
  const store = await openStore(await createTestPlace(kind));
  const context = testContext(store, { retentionDays: 30 });
  const gone = { state: 'uninstalled' as const };
  const now = context.clock.now().getTime();
  const kept = await addInstallation(store, { ...gone, updatedAt: new Date(now - 29 * day) });
  await addInstallation(store, { ...gone, updatedAt: new Date(now - 31 * day) });
  // Every minute, in the place of every night; pg-boss looks at the time twice a minute.
  const housekeeping = await startHousekeeping(context, { interval: 100, schedule: '* * * * *' });
  try {
    await vi.waitFor(
      async () => {
        const left = await store.db.select({ id: installations.id }).from(installations);
        expect(left).toEqual([{ id: kept.id }]);
      },
      { timeout: 110_000, interval: 200 },
    );
  } finally {
    await housekeeping.stop();
    await store.close();
  }
}

test('housekeeping runs by itself when its time has come, and keeps what is younger than the retention', async () => {
  // Both at once, as each takes half a minute.
  await Promise.all(storeKinds.map(waitUntilKept));
}, 150_000);
