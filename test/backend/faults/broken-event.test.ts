import { eq } from 'drizzle-orm';
import { expect, it, onTestFinished, vi } from 'vitest';
import { messagesOf } from '../../../src/backend/delivery/message-store.js';
import { startWorker } from '../../../src/backend/delivery/worker.js';
import { installations, type Installation } from '../../../src/backend/installations/tables.js';
import { createInbox } from '../../../src/backend/receiving/inbox.js';
import { events } from '../../../src/backend/receiving/tables.js';
import { dpEvent } from '../../../src/kommo/digital-pipeline.js';
import { noSenders } from '../delivery/support/no-sender.js';
import { testContext } from '../installations/support/connected.js';
import { eachStore } from '../support/stores.js';

// What a test waits for comes late on a busy machine.
vi.setConfig({ testTimeout: 40_000, hookTimeout: 120_000 });

const installation = {
  platform: 'kommo',
  clientId: '0a1b2c3d-1111-4222-8333-444455556666',
  accountId: 1,
  subdomain: 'demo',
  origin: 'https://demo.kommo.com',
  state: 'active',
  tokenKind: 'long_lived',
} as const;

eachStore((openTestStore) => {
  it('gives up an event that meets a bug every time, and goes on with the next of its lead', async () => {
    const store = await openTestStore();
    const [saved] = await store.db.insert(installations).values(installation).returning();
    const context = testContext(store, { attempts: 3, retrySeconds: 0.01, concurrency: 4 });
    const inbox = createInbox(store.db);
    const event = dpEvent(14);
    if (event === undefined) throw new Error('There is no such event.');
    for (const message of ['One', 'Two']) {
      await inbox.accept({
        event,
        elementType: 2,
        elementId: 7,
        pipelineId: 1,
        statusId: 1,
        direction: undefined,
        time: 1,
        settings: { message },
        accountId: 1,
        subdomain: 'demo',
      });
    }
    let calls = 0;
    const broken = (): never => {
      calls += 1;
      throw new TypeError('undefined is not a function, said to +1 201 555 0100');
    };
    const worker = startWorker(context, {
      apis: { of: () => ({ get: broken, post: broken, patch: broken, delete: broken }) },
      directory: { user: broken, place: broken },
      senders: noSenders(),
      installationOf: () => Promise.resolve(saved as Installation),
      pollInterval: 10,
    });
    onTestFinished(() => worker.stop(1));
    await vi.waitFor(
      async () => {
        const rows = await store.db.select().from(events).where(eq(events.state, 'dead'));
        expect(rows).toHaveLength(2);
        for (const { id } of rows) {
          expect(await messagesOf(store.db, [id])).toMatchObject([{ state: 'failed', reason: 'internal' }]);
        }
      },
      { timeout: 10_000, interval: 50 },
    );
    expect(calls).toBeGreaterThanOrEqual(6);
    const bugs = context.lines.filter((line) => line.includes('A bug of ours: please report'));
    expect(bugs.length).toBeGreaterThanOrEqual(6);
    expect(bugs[0]).toContain('broken-event.test.ts');
    expect(context.lines.filter((line) => line.includes('555 0100'))).toEqual([]);
  });
});
