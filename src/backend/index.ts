import type { AddressInfo } from 'node:net';
import { createApp } from './app.js';
import { accountRoutes } from './auth/account-routes.js';
import { definitionsOf } from './chat-services/definitions.js';
import { statusRoutes } from './chat-services/status-route.js';
import { chatServiceOf } from './chat-services/registry.js';
import { startChats } from './chats/index.js';
import type { Config } from './config.js';
import { createOpening } from './connections/opening.js';
import { createSecrets } from './connections/secrets.js';
import { startConnections } from './connections/start.js';
import { type Clock, type Context, systemClock } from './context.js';
import { startWorker } from './delivery/worker.js';
import { installLongLived } from './installations/long-lived.js';
import { installationReader } from './installations/reader.js';
import { oauthRoutes } from './installations/oauth-routes.js';
import { startAccountFacts } from './jobs/account-facts.js';
import { startHousekeeping } from './jobs/housekeeping.js';
import { createKommoApis } from './kommo-api/client.js';
import { createDirectory } from './kommo-api/directory.js';
import { createHttp } from './kommo-api/http.js';
import { createLog, type Log } from './log.js';
import { messagesRoute } from './messages/route.js';
import { createMetrics } from './metrics.js';
import { operationRoutes } from './operation-routes.js';
import { digitalPipelineRoute } from './receiving/digital-pipeline-route.js';
import { createInbox } from './receiving/inbox.js';
import { createOutage } from './receiving/outage.js';
import { startWebhookJobs } from './receiving/webhooks/jobs.js';
import { webhookRoutes } from './receiving/webhooks/route.js';
import { openStore } from './store/open.js';
import { within } from './within.js';

export { readConfig } from './configuration/read-config.js';
export type { Config, ConfigFault } from './config.js';

/** Milliseconds for what has to be done after the deadline: giving back leases, closing the store. */
const lastPatience = 2000;

export interface BackendOptions {
  readonly log?: Log;
  readonly clock?: Clock;
  /** Milliseconds between two looks for work while nothing tells of new one. Default 500. */
  readonly pollInterval?: number;
  /** Milliseconds that the account's API and the chat service have for an answer. Default 20,000 and 10,000. */
  readonly timeouts?: { readonly api?: number; readonly chatService?: number };
}

export interface Backend {
  /** Origin on this machine, `http://127.0.0.1:<port>`. */
  readonly url: string;
  /**
   * Says that it is not ready, takes nothing new, finishes what is in flight within `config.shutdownSeconds`, gives
   * the rest back for other processes, and closes the store.
   */
  stop(): Promise<void>;
}

/**
 * Starts the backend: it listens, and works on what is due. Rejects with a `StoreError` when the store cannot be
 * opened, and with Node's `EADDRINUSE` when the port is taken.
 */
export async function startBackend(
  config: Config,
  { log = createLog(config.logLevel), clock = systemClock, pollInterval, timeouts = {} }: BackendOptions = {},
): Promise<Backend> {
  const store = await openStore({ ...config, log });
  const metrics = createMetrics();
  const context: Context = { config, store, log, metrics, clock };
  const apis = createKommoApis(context, {
    http: createHttp(timeouts.api === undefined ? {} : { totalMs: timeouts.api }),
  });
  const patience = timeouts.chatService === undefined ? {} : { timeout: timeouts.chatService };
  const chatService = chatServiceOf(config.chatService, patience);
  const definitions = definitionsOf(config.connectable, patience);
  const longLived = await installLongLived(context);
  if (longLived?.ok === false) log.error({ reason: longLived.reason }, 'The long-lived token is of no use');
  const app = createApp(context);
  const outage = createOutage(log);
  const opening = createOpening(context, { definitions, secrets: createSecrets(config) });
  const chats = await startChats(context, {
    apis,
    outage,
    openChannel: async (channelId) => (await opening.openSaved(channelId))?.service,
    ...(pollInterval === undefined ? {} : { interval: pollInterval }),
  });
  const connections = await startConnections(context, {
    apis,
    definitions,
    chatService,
    onSaved: (id) => chats.onSaved(id),
    async onIncoming(channel, message) {
      await chats.onIncoming(channel, message);
    },
    onChatStatus: ({ id: channelId }, update, messageId) =>
      chats.onChatStatus({ channelId, messageId }, update),
  });
  let isStopping = false;
  const worker = startWorker(context, {
    apis,
    directory: createDirectory(apis),
    senders: connections.senders,
    installationOf: installationReader(store),
    ...(pollInterval === undefined ? {} : { pollInterval }),
  });
  const webhookJobs = await startWebhookJobs(context, apis);
  const housekeeping = await startHousekeeping(context);
  const accountFacts = await startAccountFacts(context, apis);

  operationRoutes(app, context, { isStopping: () => isStopping });
  const inbox = createInbox(store.db, { onAccepted: worker.wake });
  digitalPipelineRoute(app, context, inbox, outage);
  webhookRoutes(app, context, { outage });
  const onInstalled = async (id: string): Promise<void> => {
    await Promise.all([webhookJobs.subscribe(id), accountFacts.fill(), chats.onInstalled(id)]);
  };
  oauthRoutes(app, context, { apis, onInstalled });
  statusRoutes(app, context, chatService === undefined ? [] : [chatService]);
  connections.routes(app);
  chats.routes(app);
  accountRoutes(app, context, [
    (scope) => {
      messagesRoute(scope, context);
    },
    (scope) => {
      connections.accountRoutes(scope);
    },
  ]);

  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    const milliseconds = config.shutdownSeconds * 1000;
    const calls = within(milliseconds, app.close()).catch(() => {
      // Whoever has not finished sending by now must not hold up the end.
      app.server.closeAllConnections();
    });
    const conversations = within(milliseconds, chats.stop()).catch(() => {
      // What is under way is looked for at the service before it is sent again.
    });
    await Promise.all([calls, worker.stop(config.shutdownSeconds), conversations]);
    const rest = async (): Promise<void> => {
      const jobs = [webhookJobs, housekeeping, accountFacts, connections];
      await Promise.all(jobs.map((one) => one.stop()));
      await store.close();
    };
    await within(lastPatience, rest()).catch((error: unknown) => {
      log.warn({ err: error }, 'The store was not closed in good order');
    });
  };
  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    await stop();
    throw error;
  }
  const { port } = app.server.address() as AddressInfo;
  return { url: `http://${config.host}:${port}`, stop };
}
