import http from 'node:http';
import { once } from 'node:events';
import { trafficKind } from './traffic-log.js';
import { isSessionCall } from './oauth/own-page.js';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AccountContext } from './context.js';

/** Where an account can be reached: it moves when it is renamed. */
export interface Addresses {
  /** Opens a new address on a free port, which is the account's from now on: `context.url`. */
  move(): Promise<void>;
  close(): Promise<void>;
}

/**
 * On the platform a renamed account has another host, the old one knows it no more, and the host of `api_domain`
 * tells the new one (`platform/server.md §1.4`, `§1.7`). Here the port stands for the name:
 *
 * | address | pages | API, tokens | `/oauth2/account/…/subdomain` |
 * |---|---|---|---|
 * | the first one, which `api_domain` names | yes | until the account moves, 404 then | yes |
 * | the newest | yes | yes | yes |
 * | those between | yes | 404 | 404 |
 *
 * How the platform words the refusal is not known; its own client takes 401 and 404 for a move.
 */
export function keepAddresses(app: FastifyInstance, context: AccountContext): Addresses {
  const later: http.Server[] = [];

  app.addHook('onRequest', async (request, reply) => {
    if (!isMoved(context, request)) return;
    reply.callNotFound();
    await reply;
  });

  return {
    async move() {
      const server = http.createServer((request, response) => {
        app.routing(request, response);
      });
      server.on('upgrade', (request, socket, head) => {
        if (!app.server.emit('upgrade', request, socket, head)) socket.destroy();
      });
      server.listen({ host: '127.0.0.1', port: 0 });
      await once(server, 'listening');
      later.push(server);
      context.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    async close() {
      const closed = later.map(
        (server) =>
          new Promise((resolve) => {
            server.close(resolve);
            server.closeAllConnections();
          }),
      );
      await Promise.all(closed);
    },
  };
}

function isMoved(context: AccountContext, request: FastifyRequest): boolean {
  const port = String(request.socket.localPort);
  if (context.url === '' || port === new URL(context.url).port || isSessionCall(request)) return false;
  const kind = trafficKind(request.url);
  const isFirst = context.apiDomain.endsWith(`:${port}`);
  return (kind === 'api' || kind === 'oauth') && !(isFirst && request.url.startsWith('/oauth2/account/'));
}
