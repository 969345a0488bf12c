import type { Server } from 'node:http';
import fastify from 'fastify';
import { createAccountContext } from './account.js';
import { keepAddresses } from './addresses.js';
import { api } from './api/index.js';
import { parseQuery } from './api/query.js';
import { chatLinks } from './chats/crm-routes.js';
import { chatsApi } from './chats/routes.js';
import { startHooks } from './hooks/index.js';
import { readJsonBodies } from './json.js';
import { oauth } from './oauth/index.js';
import { answerBrokenAddress, refuseTheRest } from './refusals.js';
import { salesbotApi } from './salesbot/routes.js';
import { tokens } from './tokens/index.js';
import { logTraffic } from './traffic-log.js';
import { widgets } from './widgets/index.js';
import type { WidgetFileOptions } from './widgets/files.js';
import type { FastifyInstance } from 'fastify';
import type { AccountOptions } from './account.js';
import type { AccountContext } from './context.js';
import type { Hooks, HooksOptions } from './hooks/index.js';

export interface AccountServerOptions extends AccountOptions {
  /** Any free port unless given. */
  readonly port?: number;
  /** The API's limit; Infinity lifts it for load tests. */
  readonly requestsPerSecond?: number;
  readonly hooks?: HooksOptions;
  readonly serveFile?: WidgetFileOptions['serveFile'];
  /** Adds addresses of its own, and hooks that also hold for the account's. */
  readonly extend?: (app: FastifyInstance, context: AccountContext) => void;
}

export interface AccountServer {
  /** First origin, `http://127.0.0.1:<port>`; where the account is now, `context.url` says. */
  readonly url: string;
  readonly context: AccountContext;
  readonly hooks: Hooks;
  /** Node's server under it. */
  readonly http: Server;
  /** Gives the account another subdomain, and with it another address. */
  rename(subdomain: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts an account on 127.0.0.1: its API, OAuth, one-time tokens, widgets, the chats API, salesbots and the hooks
 * to the outside. Rejects with Node's `EADDRINUSE` when the port is taken.
 */
export async function createAccountServer({
  port = 0,
  requestsPerSecond = 7,
  hooks: hooksOptions = {},
  serveFile,
  extend,
  ...accountOptions
}: AccountServerOptions = {}): Promise<AccountServer> {
  const context = createAccountContext(accountOptions);
  const app = fastify({
    // Connections are kept alive by clients; closing must not wait for them.
    forceCloseConnections: true,
    routerOptions: { querystringParser: parseQuery },
    frameworkErrors: answerBrokenAddress,
  });
  refuseTheRest(app);
  app.removeContentTypeParser('application/json');
  readJsonBodies(app, ['application/json']);
  logTraffic(app, context);
  const addresses = keepAddresses(app, context);
  extend?.(app, context);
  oauth(app, context);
  tokens(app, context);
  widgets(app, context, serveFile === undefined ? {} : { serveFile });
  chatsApi(app, context);
  api(app, context, { requestsPerSecond, parts: [salesbotApi, chatLinks] });

  const address = await app.listen({ host: '127.0.0.1', port });
  context.url = address;
  context.apiDomain = new URL(address).host;
  const hooks = startHooks(context, hooksOptions);
  return {
    url: address,
    context,
    hooks,
    http: app.server,
    async rename(subdomain) {
      await addresses.move();
      context.account.subdomain = subdomain;
    },
    async close() {
      await hooks.close();
      await addresses.close();
      await app.close();
    },
  };
}
