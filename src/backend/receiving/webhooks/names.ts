import { and, eq, sql } from 'drizzle-orm';
import type { WebhookEvent } from '../../../kommo/hook/events.js';
import type { Store } from '../../store/store.js';
import { withoutNumbers } from '../../without-numbers.js';
import type { ReceivedWebhook, Subscriber } from './subscriber.js';
import { names } from './tables.js';

export type NamedEntity = 'leads' | 'contacts';

/**
 * Keeps what leads and contacts are called, for the logs. Webhooks come in any order (`platform/server.md §4.3`):
 *
 * | comes              | wins over what is stored when                                        |
 * | ------------------ | -------------------------------------------------------------------- |
 * | a change           | it is the later change; of the same second, when it was told later   |
 * | a deletion         | it was told later: when it happened, the account does not say         |
 * | an add, a restore  | also when a deletion is stored and it was told later than that        |
 */
export const namesSubscriber: Subscriber = {
  name: 'names',
  settings: ['lead', 'contact'].flatMap((entity) =>
    ['add', 'update', 'delete', 'restore'].map((action) => `${action}_${entity}`),
  ),
  wants(event) {
    return namedEntity(event) !== undefined && (event.action === 'delete' || nameIn(event) !== undefined);
  },
  async handle(webhook, { store }) {
    const entity = namedEntity(webhook);
    if (entity !== undefined) await keep(store, entity, webhook);
  },
};

/**
 * What a lead or contact is called as far as webhooks have told; undefined when they have not. For the log: a lead that
 * came of a call is often called by the caller's number, which is left out.
 */
export async function nameOf(
  { db }: Pick<Store, 'db'>,
  installationId: string,
  entity: NamedEntity,
  id: number,
): Promise<string | undefined> {
  const [found] = await db
    .select({ name: names.name })
    .from(names)
    .where(and(eq(names.installationId, installationId), eq(names.entity, entity), eq(names.entityId, id)));
  return found?.name == null ? undefined : withoutNumbers(found.name);
}

async function keep({ db }: Pick<Store, 'db'>, entity: NamedEntity, webhook: ReceivedWebhook): Promise<void> {
  const { action, id, changedAt, webhookId, installationId, receivedAt } = webhook;
  const toldLater = sql`excluded.webhook_id > ${names.webhookId}`;
  const wins =
    action === 'delete'
      ? toldLater
      : sql`(excluded.changed_at, excluded.webhook_id) >= (${names.changedAt}, ${names.webhookId})
          or (${action === 'add' || action === 'restore'} and ${names.name} is null and ${toldLater})`;
  await db
    .insert(names)
    .values({
      installationId,
      entity,
      entityId: Number(id),
      name: action === 'delete' ? null : nameIn(webhook),
      changedAt: changedAt === undefined ? receivedAt : new Date(changedAt * 1000),
      webhookId,
    })
    .onConflictDoUpdate({
      target: [names.installationId, names.entity, names.entityId],
      set: {
        name: sql`excluded.name`,
        changedAt: sql`greatest(excluded.changed_at, ${names.changedAt})`,
        webhookId: sql`excluded.webhook_id`,
      },
      setWhere: wins,
    });
}

function namedEntity({ entity, id }: WebhookEvent): NamedEntity | undefined {
  return id !== undefined && (entity === 'leads' || entity === 'contacts') ? entity : undefined;
}

function nameIn({ fields }: WebhookEvent): string | undefined {
  const { name } = fields;
  return typeof name === 'string' && name !== '' ? name : undefined;
}
