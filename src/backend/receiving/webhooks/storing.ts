import { and, desc, eq, ne, sql } from 'drizzle-orm';
import type PgBoss from 'pg-boss';
import { webhookDedupeKey } from '../../../kommo/hook/dedupe-key.js';
import type { WebhookBody, WebhookEvent } from '../../../kommo/hook/events.js';
import { installations } from '../../installations/tables.js';
import { executorOf } from '../../jobs/in-transaction.js';
import type { Database, Store } from '../../store/store.js';
import { queueOf } from './queues.js';
import type { Subscriber } from './subscriber.js';
import { webhooks } from './tables.js';

/**
 * - `accepted`: something in it is new, it is stored and handed over;
 * - `duplicate`: all of it was stored before;
 * - `empty`: it tells nothing that is known;
 * - `unknown_account`: no installation.
 */
export type WebhookAcceptance = 'accepted' | 'duplicate' | 'empty' | 'unknown_account';

/** Rows of one statement; PostgreSQL takes 65,535 values. */
const rowsAtATime = 1000;

/**
 * Stores what a webhook tells and hands it over to the subscribers, in one transaction: what is stored is handed over,
 * and once. The same bytes again count as a repetition for three hours, in which the platform's retries come
 * (`platform/server.md §4.3`); later they tell that the same has happened again, such as a second deletion.
 *
 * @param bodyHash Of the bytes of the body.
 */
export async function storeWebhooks(
  { db, jobs }: Pick<Store, 'db' | 'jobs'>,
  body: WebhookBody,
  { bodyHash, now, subscribers }: { bodyHash: string; now: Date; subscribers: readonly Subscriber[] },
): Promise<WebhookAcceptance> {
  const receivers = await installationsOf(db, body);
  if (receivers.length === 0) return 'unknown_account';
  if (body.events.length === 0) return 'empty';

  const events = new Map(body.events.map((event) => [webhookDedupeKey(event, bodyHash), event]));
  // In one order everywhere, so that two processes never wait for each other.
  const keys = [...events.keys()].sort();
  const rows = receivers
    .sort()
    .flatMap((installationId) =>
      keys.flatMap((key) => rowOf(events.get(key), { installationId, dedupeKey: key, receivedAt: now })),
    );
  return db.transaction(async (transaction) => {
    const work: PgBoss.JobInsert[] = [];
    let isNew = false;
    for (let start = 0; start < rows.length; start += rowsAtATime) {
      const fresh = await insertFresh(transaction, rows.slice(start, start + rowsAtATime));
      isNew ||= fresh.length > 0;
      work.push(...fresh.flatMap(({ id, dedupeKey }) => workOn(id, events.get(dedupeKey), subscribers)));
    }
    if (work.length > 0) await jobs.insert(work, { db: executorOf(transaction) });
    return isNew ? 'accepted' : 'duplicate';
  });
}

/**
 * Installations of the account: its subdomain decides where two platforms have given the same id. One account may have
 * installed several integrations of ours, which all have the same address for webhooks.
 */
async function installationsOf(db: Database, { accountId, subdomain }: WebhookBody): Promise<string[]> {
  if (accountId === undefined && subdomain === undefined) return [];
  const known = await db
    .select({ id: installations.id, subdomain: installations.subdomain })
    .from(installations)
    .where(
      and(
        ne(installations.state, 'uninstalled'),
        accountId === undefined
          ? eq(installations.subdomain, subdomain ?? '')
          : eq(installations.accountId, accountId),
      ),
    )
    .orderBy(desc(installations.updatedAt));
  const named = known.filter((installation) => installation.subdomain === subdomain);
  return (named.length > 0 ? named : known.slice(0, 1)).map(({ id }) => id);
}

type Row = typeof webhooks.$inferInsert;

function rowOf(
  event: WebhookEvent | undefined,
  rest: Pick<Row, 'installationId' | 'dedupeKey' | 'receivedAt'>,
): Row[] {
  if (event === undefined) return [];
  const { entity, action, id, fields, customFields, changedAt } = event;
  return [
    {
      ...rest,
      entity,
      action,
      entityId: id ?? null,
      fields,
      customFields,
      changedAt: changedAt === undefined ? null : new Date(changedAt * 1000),
    },
  ];
}

function insertFresh(db: Database, rows: Row[]): Promise<{ id: number; dedupeKey: string }[]> {
  return db
    .insert(webhooks)
    .values(rows)
    .onConflictDoUpdate({
      target: [webhooks.installationId, webhooks.dedupeKey],
      set: { id: sql`default`, receivedAt: sql`excluded.received_at` },
      setWhere: sql`${webhooks.receivedAt} < excluded.received_at - interval '3 hours'`,
    })
    .returning({ id: webhooks.id, dedupeKey: webhooks.dedupeKey });
}

function workOn(
  webhookId: number,
  event: WebhookEvent | undefined,
  subscribers: readonly Subscriber[],
): PgBoss.JobInsert[] {
  return subscribers
    .filter((subscriber) => event !== undefined && subscriber.wants(event))
    .map((subscriber) => ({ name: queueOf(subscriber), data: { webhookId } }));
}
