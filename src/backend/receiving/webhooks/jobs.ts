import { eq } from 'drizzle-orm';
import type { Context } from '../../context.js';
import { installations } from '../../installations/tables.js';
import { workQueue } from '../../jobs/work-queue.js';
import type { KommoApis } from '../../kommo-api/kommo-api.js';
import { createQueues, queueOf, renewQueue, subscribeQueue } from './queues.js';
import type { ReceivedWebhook, Subscriber } from './subscriber.js';
import { subscribers as everybody } from './subscribers.js';
import { subscribeWebhooks } from './subscription.js';
import { webhooks } from './tables.js';

export interface WebhookJobs {
  /** Has the account of a fresh installation tell us what happens in it, soon. */
  readonly subscribe: (installationId: string) => Promise<void>;
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

export interface WebhookJobsOptions {
  readonly subscribers?: readonly Subscriber[];
  /** Milliseconds between looks at queues that were empty. */
  readonly interval?: number;
}

/** When subscriptions are checked, by the clock in UTC; and when a backend starts, as its address may be another. */
const daily = '17 3 * * *';

/**
 * Works on what webhooks have told, one queue a subscriber, and keeps the accounts' subscriptions alive: an account
 * disables a webhook after many bad answers and says so to nobody but its administrators (`platform/server.md §4.3`).
 */
export async function startWebhookJobs(
  context: Context,
  apis: KommoApis,
  { subscribers = everybody, interval = 1000 }: WebhookJobsOptions = {},
): Promise<WebhookJobs> {
  const { store, log } = context;
  const { jobs, db } = store;
  await store.alone(() => createQueues(jobs, subscribers));

  const subscribe = async (installationId: string): Promise<void> => {
    await jobs.send(subscribeQueue, { installationId }, { singletonKey: installationId });
  };
  const options = { jobs, log, interval };
  const workers = [
    ...subscribers.map((subscriber) =>
      workQueue(
        queueOf(subscriber),
        async ({ webhookId }) => {
          const webhook = await readWebhook(context, Number(webhookId));
          // One that was removed since, with its installation or for its age, is nobody's any more.
          if (webhook !== undefined) await subscriber.handle(webhook, context);
        },
        options,
      ),
    ),
    workQueue(
      subscribeQueue,
      async ({ installationId }) => {
        await subscribeWebhooks(context, apis, String(installationId), { subscribers });
      },
      { ...options, batchSize: 10 },
    ),
    workQueue(
      renewQueue,
      async () => {
        const active = await db
          .select({ id: installations.id })
          .from(installations)
          .where(eq(installations.state, 'active'));
        for (const { id } of active) await subscribe(id);
      },
      options,
    ),
  ];
  await jobs.schedule(renewQueue, daily);
  await jobs.send(renewQueue, {});

  return {
    subscribe,
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}

async function readWebhook(
  { store }: Pick<Context, 'store'>,
  webhookId: number,
): Promise<ReceivedWebhook | undefined> {
  const [row] = await store.db.select().from(webhooks).where(eq(webhooks.id, webhookId));
  if (row === undefined) return undefined;
  const { entity, action, entityId, fields, customFields, changedAt, installationId, receivedAt } = row;
  return {
    webhookId,
    installationId,
    receivedAt,
    entity,
    action,
    id: entityId ?? undefined,
    fields,
    customFields,
    changedAt: changedAt === null ? undefined : changedAt.getTime() / 1000,
  };
}
