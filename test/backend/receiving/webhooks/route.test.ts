import { beforeAll, describe, expect, it, vi } from 'vitest';
import { eq, sql } from 'drizzle-orm';
import type { ReceivedWebhook, Subscriber } from '../../../../src/backend/receiving/webhooks/subscriber.js';
import { webhooks } from '../../../../src/backend/receiving/webhooks/tables.js';
import type { Store } from '../../../../src/backend/store/store.js';
import { eachStore } from '../../support/stores.js';
import { addInstallation, startReceiver, webhookForm } from './support/receiver.js';

/** What is waited for comes late on a busy machine. */
const soon = { timeout: 20_000 };
vi.setConfig({ testTimeout: 60_000 });

/** Keeps what it is handed; every test has a queue of its own. */
function keeper(name: string, wants: Subscriber['wants'] = () => true) {
  const handled: ReceivedWebhook[] = [];
  const subscriber: Subscriber = {
    name,
    settings: [],
    wants,
    handle(webhook) {
      handled.push(webhook);
      return Promise.resolve();
    },
  };
  return { handled, subscribers: [subscriber] };
}

const lead = { id: 7001, name: 'Deal', updated_at: 1_760_000_000 };

eachStore((openTestStore) => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore();
  }, 120_000);

  describe('a general webhook', () => {
    it('is stored and handed over to who wants it, before it is answered', async () => {
      const installation = await addInstallation(store);
      const { handled, subscribers } = keeper('first', ({ entity }) => entity === 'leads');
      const receiver = await startReceiver(store, { subscribers });
      const fields = { ...lead, custom_fields: [{ id: 5, values: ['1412380800'] }] };

      expect(
        await receiver.post(
          webhookForm(installation, { leads: { add: [fields] }, task: { delete: [{ id: 3 }] } }),
        ),
      ).toMatchObject({ status: 200, body: { result: 'accepted' } });

      const rows = await store.db.select().from(webhooks).where(eq(webhooks.installationId, installation.id));
      expect(rows.map(({ entity, action, entityId }) => [entity, action, entityId]).sort()).toEqual([
        ['leads', 'add', '7001'],
        ['task', 'delete', '3'],
      ]);
      await expect.poll(() => handled, soon).toHaveLength(1);
      expect(handled).toEqual([
        {
          webhookId: rows.find(({ entity }) => entity === 'leads')?.id,
          installationId: installation.id,
          receivedAt: expect.any(Date) as Date,
          entity: 'leads',
          action: 'add',
          id: '7001',
          fields: { id: '7001', name: 'Deal', updated_at: '1760000000' },
          customFields: [{ id: 5, values: [{ value: '1412380800' }] }],
          changedAt: 1_760_000_000,
        },
      ]);
      expect(await receiver.counted('accepted')).toBe(1);
    });

    it('is handed over once when it comes several times at a time, to two backends', async () => {
      const installation = await addInstallation(store);
      const { handled, subscribers } = keeper('twice');
      const one = await startReceiver(store, { subscribers });
      const other = await startReceiver(store, { subscribers });
      const form = webhookForm(installation, { leads: { update: [lead] } });
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? one : other).post(form)),
      );

      expect(answers.every((answer) => answer.status === 200)).toBe(true);
      expect(answers.filter((answer) => JSON.stringify(answer.body).includes('accepted'))).toHaveLength(1);
      await one.post(webhookForm(installation, { leads: { delete: [{ id: 1 }] } }));
      await expect.poll(() => handled.map(({ action }) => action), soon).toContain('delete');
      expect(handled.map(({ action }) => action).sort()).toEqual(['delete', 'update']);
    });

    it('counts as told anew when the same comes again after the platform has ended its retries', async () => {
      const installation = await addInstallation(store);
      const { handled, subscribers } = keeper('anew');
      const receiver = await startReceiver(store, { subscribers });
      const form = webhookForm(installation, { leads: { delete: [{ id: 7001 }] } });
      const post = async () => (await receiver.post(form)).body;

      expect(await post()).toEqual({ result: 'accepted' });
      await expect.poll(() => handled, soon).toHaveLength(1);
      receiver.context.moveClock(100 * 60_000);
      expect(await post()).toEqual({ result: 'duplicate' });
      receiver.context.moveClock(100 * 60_000);
      expect(await post()).toEqual({ result: 'accepted' });
      await expect.poll(() => handled, soon).toHaveLength(2);
      expect(handled[1]?.webhookId).toBeGreaterThan(handled[0]?.webhookId ?? Infinity);
    });

    it('keeps two entries of one body that differ in nothing but their text', async () => {
      const installation = await addInstallation(store);
      const { handled, subscribers } = keeper('notes');
      const receiver = await startReceiver(store, { subscribers });
      const note = (text: string) => ({ note: { element_id: 7001, text, created_at: 1_760_000_000 } });
      await receiver.post(
        webhookForm(installation, { leads: { note: [note('One'), note('Two'), note('Two')] } }),
      );

      await expect.poll(() => handled, soon).toHaveLength(2);
    });

    it('may have more entries than one statement takes', async () => {
      const installation = await addInstallation(store);
      const receiver = await startReceiver(store, { subscribers: [] });
      const add = Array.from({ length: 2500 }, (_, id) => ({ id: id + 1 }));

      expect(await receiver.post(webhookForm(installation, { leads: { add } }))).toMatchObject({
        status: 200,
      });
      expect(await store.db.$count(webhooks, eq(webhooks.installationId, installation.id))).toBe(2500);
    });

    it('is of no use from an account without installation, and from one that has uninstalled', async () => {
      const gone = await addInstallation(store, { state: 'uninstalled' });
      const receiver = await startReceiver(store);
      for (const account of [gone, { accountId: 1, subdomain: 'nobody' }]) {
        expect(await receiver.post(webhookForm(account, { leads: { add: [lead] } }))).toMatchObject({
          status: 200,
          body: { result: 'unknown_account' },
        });
      }
      expect(await receiver.counted('unknown_account')).toBe(2);
      expect(await receiver.post('leads[add][0][id]=1')).toMatchObject({ status: 200 });
    });

    it('is of no use when it tells nothing that is known', async () => {
      const installation = await addInstallation(store);
      const receiver = await startReceiver(store);

      expect(await receiver.post(webhookForm(installation, { news: { add: [{ id: 1 }] } }))).toMatchObject({
        status: 200,
        body: { result: 'empty' },
      });
    });

    it('is for every integration of ours in the account, and for no account of the other platform', async () => {
      const first = await addInstallation(store);
      const { accountId, subdomain } = first;
      const second = await addInstallation(store, { accountId, subdomain, clientId: 'another' });
      const foreign = await addInstallation(store, {
        accountId,
        platform: 'amocrm',
        clientId: 'amo',
        subdomain: 'amo',
      });
      const { handled, subscribers } = keeper('many');
      const receiver = await startReceiver(store, { subscribers });
      await receiver.post(webhookForm(first, { leads: { add: [lead] } }));

      await expect.poll(() => handled, soon).toHaveLength(2);
      expect(handled.map(({ installationId }) => installationId).sort()).toEqual(
        [first.id, second.id].sort(),
      );
      expect(await store.db.$count(webhooks, eq(webhooks.installationId, foreign.id))).toBe(0);
    });

    it('is taken under every secret of ours, and found nowhere else', async () => {
      const installation = await addInstallation(store);
      const receiver = await startReceiver(store, { config: { hookSecrets: ['newer', 'older'] } });
      const form = webhookForm(installation, { leads: { add: [lead] } });

      expect(await receiver.post(form, { secret: 'newer' })).toMatchObject({ status: 200 });
      expect(await receiver.post(form, { secret: 'older' })).toMatchObject({ status: 200 });
      for (const secret of ['wrong', 'newer2', 'NEWER', '%00', 'x'.repeat(150)]) {
        expect(await receiver.post(form, { secret })).toMatchObject({ status: 404 });
      }
      expect(await receiver.counted('wrong_secret')).toBe(5);
    });

    it.each([
      ['nothing', '', 400],
      ['no form', 'hello', 400],
      ['no webhook', 'a=1', 400],
      ['half a JSON', '{"leads":{"add":[{"id":1', 400],
      ['a list', '[{"leads":1}]', 400],
      ['objects without end', `{"leads":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`, 400],
      ['brackets without end', `leads${'[a]'.repeat(10_000)}=1`, 400],
      ['a hundred thousand fields', 'leads[add][0][id]=1&'.repeat(50_000).slice(0, 1_000_000), 400],
      ['binary data', new Uint8Array([0xff, 0xfe, 0x00, 0x80, 0x3d, 0x26]), 400],
      ['ten megabytes', 'a'.repeat(10 * 1024 * 1024), 413],
    ] as const)('is refused with a reason as %s', async (_, body, status) => {
      const receiver = await startReceiver(store);
      const answer = await receiver.post(body);

      expect(answer).toMatchObject({ status, body: { message: expect.stringMatching(/\w/) as string } });
      expect(await receiver.counted('unreadable')).toBe(1);
    });

    it.each([
      'application/json',
      'text/plain',
      'garbage;;;',
      'a/b/c',
      ';',
      'application/x-www-form-urlencoded; charset=cp1251',
    ])('is read whatever its content type says: %s', async (contentType) => {
      const installation = await addInstallation(store);
      const receiver = await startReceiver(store);
      const json = JSON.stringify({ leads: { add: [lead] }, account: { id: installation.accountId } });
      for (const body of [webhookForm(installation, { leads: { add: [lead] } }), json]) {
        expect(await receiver.post(body, { contentType })).toMatchObject({
          status: 200,
          body: { result: 'accepted' },
        });
      }
    });

    it('is stored with signs that PostgreSQL refuses and names that every object has', async () => {
      const installation = await addInstallation(store);
      const { handled, subscribers } = keeper('signs');
      const receiver = await startReceiver(store, { subscribers });
      const account = `"account":{"id":${installation.accountId}}`;
      const entry = String.raw`{"id":1,"name":"a\u0000b\ud800","price":1e999,"__proto__":{"x":1},"updated_at":99999999999999}`;

      expect(await receiver.post(`{"leads":{"add":[${entry}]},${account}}`)).toMatchObject({ status: 200 });
      await expect.poll(() => handled, soon).toHaveLength(1);
      expect(handled[0]?.fields).toEqual({
        id: 1,
        name: 'ab\uFFFD',
        price: 'Infinity',
        updated_at: 99999999999999,
      });
    });

    it('is to be sent again when the store does not answer in time, and is not stored twice', async () => {
      const installation = await addInstallation(store);
      const { handled, subscribers } = keeper('late');
      const receiver = await startReceiver(store, { subscribers, patience: 100 });
      const form = webhookForm(installation, { message: { add: [{ id: 'm1', text: 'Secret words' }] } });

      await store.db.transaction(async (transaction) => {
        await transaction.execute(sql`lock table webhooks in exclusive mode`);
        const answer = await receiver.post(form);

        expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
        expect(answer.headers.get('Retry-After')).toBe('5');
      });
      expect(await receiver.counted('unavailable')).toBe(1);
      await expect.poll(async () => (await receiver.post(form)).body, soon).toEqual({ result: 'duplicate' });
      await expect.poll(() => handled, soon).toHaveLength(1);
      expect(await store.db.$count(webhooks, eq(webhooks.installationId, installation.id))).toBe(1);
    });
  });

  it('is to be sent again when the store is down, and what it tells stands in no log', async () => {
    const other = await openTestStore({});
    const installation = await addInstallation(other);
    const receiver = await startReceiver(other, { subscribers: [] });
    await other.db.execute(sql`drop table names, webhooks`);
    const form = webhookForm(installation, {
      message: { add: [{ id: 'm1', text: 'Secret words +15550100' }] },
    });

    expect(await receiver.post(form)).toMatchObject({ status: 503 });
    const log = receiver.context.lines.join('');
    expect(log).toContain('Hooks cannot be stored');
    expect(log).toContain('relation');
    expect(log).not.toMatch(/Secret words|15550100/);
  });
});
