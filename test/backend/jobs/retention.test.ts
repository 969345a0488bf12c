import { describe, expect, it } from 'vitest';
import { chatMessages } from '../../../src/backend/chats/tables.js';
import { channels } from '../../../src/backend/connections/tables.js';
import { deliveryLanes, eventNotes, messages, recentTexts } from '../../../src/backend/delivery/tables.js';
import { installations } from '../../../src/backend/installations/tables.js';
import { removeOlderThan } from '../../../src/backend/jobs/retention.js';
import { events } from '../../../src/backend/receiving/tables.js';
import { names, webhooks } from '../../../src/backend/receiving/webhooks/tables.js';
import type { Store } from '../../../src/backend/store/store.js';
import { eachStore } from '../support/stores.js';

const before = new Date('2026-06-01T00:00:00Z');
const old = new Date('2026-05-01T00:00:00Z');
const fresh = new Date('2026-07-01T00:00:00Z');

type State = (typeof events.$inferInsert)['state'];

/** An event of a lead of its own, with a message and a note. */
async function makeEvent(
  { db }: Store,
  installationId: string,
  elementId: number,
  {
    state = 'done',
    receivedAt = old,
    finishedAt = old,
  }: { state?: State; receivedAt?: Date; finishedAt?: Date | null } = {},
): Promise<void> {
  const element = { installationId, elementType: 2, elementId };
  const [lane] = await db.insert(deliveryLanes).values(element).returning();
  const [event] = await db
    .insert(events)
    .values({
      ...element,
      laneId: lane?.id ?? 0,
      dedupeKey: String(elementId),
      type: 1,
      settings: {},
      state,
      receivedAt,
      finishedAt,
    })
    .returning();
  const eventId = event?.id ?? 0;
  await db.insert(messages).values({ ...element, eventId, state: 'sent' });
  await db.insert(eventNotes).values({ ...element, eventId });
}

async function makeInstallation(
  { db }: Store,
  changes: Partial<typeof installations.$inferInsert> = {},
): Promise<string> {
  const [row] = await db
    .insert(installations)
    .values({
      platform: 'kommo',
      clientId: 'client',
      accountId: 1,
      subdomain: 'demo',
      origin: 'https://demo.kommo.com',
      state: 'active',
      tokenKind: 'oauth',
      ...changes,
    })
    .returning();
  return row?.id ?? '';
}

eachStore((openTestStore) => {
  describe('what is older than the retention', () => {
    it('goes, batch by batch, and what waits or is younger stays', async () => {
      const store = await openTestStore();
      const { db } = store;
      const installationId = await makeInstallation(store);
      for (let lead = 1; lead <= 7; lead++) {
        await makeEvent(store, installationId, lead, { state: lead % 2 === 0 ? 'dead' : 'done' });
      }
      await makeEvent(store, installationId, 101, { state: 'waiting', finishedAt: null });
      await makeEvent(store, installationId, 102, { receivedAt: fresh, finishedAt: fresh });
      // Given up long ago, brought back, and done since.
      await makeEvent(store, installationId, 103, { finishedAt: fresh });
      const leased = {
        installationId,
        elementType: 2,
        elementId: 104,
        leasedUntil: new Date(Date.now() + 1e6),
      };
      await db.insert(deliveryLanes).values(leased);
      const webhook = {
        installationId,
        entity: 'leads' as const,
        action: 'add',
        fields: {},
        customFields: [],
      };
      await db.insert(webhooks).values([
        { ...webhook, dedupeKey: 'old', receivedAt: old },
        { ...webhook, dedupeKey: 'fresh', receivedAt: fresh },
      ]);

      await db.insert(recentTexts).values([
        { textHash: 'old', eventId: 1, takenAt: old },
        { textHash: 'fresh', eventId: 2, takenAt: fresh },
      ]);

      const [channel] = await db
        .insert(channels)
        .values({
          installationId,
          service: 'demo',
          method: 'qr',
          accountKey: 'key',
          name: 'Shop',
          state: 'connected',
        })
        .returning();
      const chatMessage = {
        installationId,
        channelId: channel?.id ?? '',
        direction: 'in' as const,
        phone: '+12015550123',
        writtenAt: old.getTime(),
      };
      const ended = ['passed', 'sent', 'read', 'failed'] as const;
      await db
        .insert(chatMessages)
        .values([
          ...ended.map((state) => ({ ...chatMessage, state, createdAt: old })),
          { ...chatMessage, state: 'waiting', createdAt: old },
          { ...chatMessage, state: 'passed', createdAt: fresh },
        ]);

      const removed = await removeOlderThan(before, store, { batchSize: 3 });
      expect(removed).toEqual({
        events: 7,
        lanes: 9,
        webhooks: 1,
        texts: 1,
        chatMessages: 4,
        installations: 0,
      });
      const left = [101, 102, 103];
      for (const table of [events, messages, eventNotes] as const) {
        const rows = await db.select({ elementId: table.elementId }).from(table);
        expect(rows.map(({ elementId }) => elementId).sort()).toEqual(left);
      }
      const conversations = await db.select({ state: chatMessages.state }).from(chatMessages);
      expect(conversations.map(({ state }) => state).sort()).toEqual(['passed', 'waiting']);
      const lanes = await db.select({ elementId: deliveryLanes.elementId }).from(deliveryLanes);
      expect(lanes.map(({ elementId }) => elementId).sort()).toEqual([101, 104]);
      expect(await removeOlderThan(before, store)).toEqual({
        events: 0,
        lanes: 0,
        webhooks: 0,
        texts: 0,
        chatMessages: 0,
        installations: 0,
      });
    });

    it('holds for accounts that have uninstalled the integration, and for no others', async () => {
      const store = await openTestStore({});
      const { db } = store;
      const ids: Record<string, string> = {};
      const kinds = [
        ['gone long ago', 'uninstalled', old],
        ['gone before that', 'uninstalled', old],
        ['gone lately', 'uninstalled', fresh],
        ['without access', 'unauthorised', old],
        ['in use', 'active', old],
      ] as const;
      for (const [place, [title, state, updatedAt]] of kinds.entries()) {
        const id = await makeInstallation(store, { accountId: 100 + place, state, updatedAt });
        ids[title] = id;
        const name = { entity: 'leads' as const, entityId: 1, name: 'Lead', changedAt: old, webhookId: 1 };
        await db.insert(names).values({ installationId: id, ...name });
        await makeEvent(store, id, 1, { state: 'waiting', finishedAt: null });
      }
      expect(await removeOlderThan(before, store)).toMatchObject({ installations: 2, events: 0 });
      const left = [ids['gone lately'], ids['without access'], ids['in use']].sort();
      for (const table of [names, events, deliveryLanes, messages, eventNotes] as const) {
        const rows = await db.select({ id: table.installationId }).from(table);
        expect(rows.map(({ id }) => id).sort()).toEqual(left);
      }
      expect(await db.$count(installations)).toBe(3);
    });

    it('stays when the work is ended before it begins', async () => {
      const store = await openTestStore();
      await makeEvent(store, await makeInstallation(store), 1);
      const signal = AbortSignal.abort();
      expect(await removeOlderThan(before, store, { signal })).toEqual({
        events: 0,
        lanes: 0,
        webhooks: 0,
        texts: 0,
        chatMessages: 0,
        installations: 0,
      });
      expect(await store.db.$count(events)).toBe(1);
    });
  });
});
