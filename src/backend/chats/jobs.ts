import { and, eq, isNotNull, or, sql } from 'drizzle-orm';
import { channels } from '../connections/tables.js';
import type { Context } from '../context.js';
import { installations } from '../installations/tables.js';
import { type JobData, type QueueWorkerOptions, workQueue } from '../jobs/work-queue.js';
import type { SendHttp } from '../kommo-api/http.js';
import type { KommoApis } from '../kommo-api/kommo-api.js';
import { bringConnection } from './connection.js';
import { conversationOf, workOn, workThrough, type WorkOptions } from './conversations.js';
import { passIncoming } from './incoming/pass.js';
import { deliverWritten, type DeliverOptions } from './outgoing/deliver.js';
import { tellStatus } from './outgoing/statuses.js';
import { chatQueues, createChatQueues } from './queues.js';
import { bringSources } from './sources.js';
import { chatConnections, type ChatMessage, chatMessages } from './tables.js';

export interface ChatJobs {
  /** Brings connection and sources in step with the saved channels, soon. */
  bring(installationId: string, options?: { isInstalledAnew?: boolean }): Promise<void>;
  /** Has the account told what became of a message. */
  readonly tell: (messageId: string) => Promise<void>;
  /** Looks for work now. */
  wake(direction: ChatMessage['direction']): void;
  stop(): Promise<void>;
}

export interface ChatJobsOptions extends Pick<DeliverOptions, 'openChannel'> {
  readonly apis: KommoApis;
  readonly http: SendHttp;
  readonly linkOf: (message: Pick<ChatMessage, 'id'>) => string;
  readonly interval: number;
  readonly retrySeconds: number;
}

/** By the clock in UTC; and when a backend starts. */
const daily = '47 3 * * *';

/**
 * Works on the queues of the conversations, those of each direction on their own: a chat service that is slow holds up
 * nothing that comes in.
 */
export async function startChatJobs(
  context: Context,
  { apis, http, openChannel, linkOf, interval, retrySeconds }: ChatJobsOptions,
): Promise<ChatJobs> {
  const { store, log, config } = context;
  const { jobs, db } = store;
  await store.alone(() => createChatQueues(jobs));
  const end = new AbortController();
  const { signal } = end;

  const connect = async (
    installationId: string,
    {
      isForced = false,
      attempt = 1,
      seconds = 0,
    }: { isForced?: boolean; attempt?: number; seconds?: number } = {},
  ): Promise<void> => {
    // A pause must not keep what is to be done at once from being done.
    const singletonKey = [installationId, isForced && 'anew', seconds > 0 && 'later']
      .filter(Boolean)
      .join(' ');
    const data = { installationId, isForced, attempt };
    await jobs.send(chatQueues.connect, data, { singletonKey, startAfter: Math.ceil(seconds) });
  };
  const tell = async (messageId: string): Promise<void> => {
    await jobs.send(chatQueues.statuses, { messageId }, { singletonKey: messageId });
    workers.statuses.wake();
  };
  const bring: ChatJobs['bring'] = async (installationId, { isInstalledAnew = false } = {}) => {
    await connect(installationId, { isForced: isInstalledAnew });
    await jobs.send(chatQueues.sources, { installationId }, { singletonKey: installationId });
    workers.connect.wake();
    workers.sources.wake();
  };
  /** Jobs for the conversations in which something waits, in case there are none. */
  const workOnWaiting = async (installationId: string): Promise<void> => {
    const waiting = await db
      .selectDistinctOn([chatMessages.direction, chatMessages.channelId, chatMessages.phone])
      .from(chatMessages)
      .where(and(eq(chatMessages.installationId, installationId), eq(chatMessages.state, 'waiting')));
    if (waiting.length > 0) await jobs.insert(waiting.map(workOn));
  };
  /** What clients wrote while the account was not connected. */
  const passWaiting = async (installationId: string): Promise<void> => {
    await db
      .update(chatMessages)
      .set({ dueAt: sql`now()` })
      .where(
        and(
          eq(chatMessages.installationId, installationId),
          eq(chatMessages.direction, 'in'),
          eq(chatMessages.state, 'waiting'),
        ),
      );
    await workOnWaiting(installationId);
    workers.incoming.wake();
  };

  const start = (
    name: keyof typeof chatQueues,
    handle: (data: JobData) => Promise<void>,
    options: Pick<QueueWorkerOptions, 'batchSize' | 'keyOf'> = {},
  ) => workQueue(chatQueues[name], handle, { jobs, log, interval, ...options });
  /** What an installation needs is looked at anew by each job: the second one finds it done. */
  const keyOf = ({ installationId }: JobData): string => String(installationId);
  const conversations = (direction: ChatMessage['direction'], work: WorkOptions['work']) => (data: JobData) =>
    workThrough(store, conversationOf(data), {
      direction,
      work,
      leaseSeconds: config.leaseSeconds,
      signal,
    });

  const workers = {
    connect: start(
      'connect',
      async ({ installationId, isForced, attempt }) => {
        const id = String(installationId);
        const attempts = Number(attempt);
        const brought = await bringConnection(context, id, {
          apis,
          http,
          isForced: isForced === true,
          attempt: attempts,
        });
        if (typeof brought === 'object') {
          await connect(id, { isForced: isForced === true, attempt: attempts + 1, seconds: brought.again });
        } else if (brought === 'connected') {
          await passWaiting(id);
        }
      },
      { keyOf },
    ),
    sources: start(
      'sources',
      async ({ installationId }) => {
        await bringSources(context, apis, String(installationId));
      },
      { batchSize: 10, keyOf },
    ),
    incoming: start(
      'incoming',
      conversations('in', (message) =>
        passIncoming(message, context, {
          http,
          linkOf,
          retrySeconds,
          reconnect: (id, seconds) => connect(id, { isForced: true, seconds }),
        }),
      ),
    ),
    outgoing: start(
      'outgoing',
      conversations('out', (message) =>
        deliverWritten(message, context, { openChannel, onMoved: tell, retrySeconds }),
      ),
    ),
    statuses: start('statuses', (data) => tellStatus(data, context, { http })),
    renew: start('renew', async () => {
      const concerned = await db
        .selectDistinct({ id: installations.id })
        .from(installations)
        .leftJoin(channels, eq(channels.installationId, installations.id))
        .leftJoin(chatConnections, eq(chatConnections.installationId, installations.id))
        .where(
          or(
            isNotNull(chatConnections.scopeId),
            and(
              eq(installations.state, 'active'),
              or(isNotNull(channels.savedAt), isNotNull(channels.sourceId)),
            ),
          ),
        );
      for (const { id } of concerned) {
        await bring(id);
        await workOnWaiting(id);
      }
    }),
  };
  await jobs.schedule(chatQueues.renew, daily);
  await jobs.send(chatQueues.renew, {});

  return {
    bring,
    tell,
    wake(direction) {
      workers[direction === 'in' ? 'incoming' : 'outgoing'].wake();
    },
    async stop() {
      end.abort();
      await Promise.all(Object.values(workers).map((worker) => worker.stop()));
    },
  };
}
