import fastify, { type FastifyInstance } from 'fastify';
import type { Context } from './context.js';

/** The HTTP server without routes: what it says about calls that no route answers for, and about bugs. */
export function createApp({ log }: Pick<Context, 'log'>): FastifyInstance {
  const app = fastify({
    // Whoever keeps a connection open and idle must not hold up the end.
    forceCloseConnections: 'idle',
    // Longer than proxies keep theirs, so that none sends into a connection that is being closed.
    keepAliveTimeout: 72_000,
    return503OnClosing: true,
    routerOptions: { maxParamLength: 200 },
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ code: 'not_found', message: 'There is nothing at this address.' }),
  );
  app.setErrorHandler((error, request, reply) => {
    const status = statusOf(error);
    if (status < 500) {
      const message = error instanceof Error ? error.message : 'The call cannot be read.';
      return reply.code(status).send({ code: 'bad_request', message });
    }
    log.error(
      { err: error, method: request.method, route: request.routeOptions.url },
      'A bug of ours: please report it with this stack',
    );
    return reply
      .code(500)
      .send({ code: 'internal', message: 'Something went wrong here; the log of the backend tells what.' });
  });
  return app;
}

/** Fastify's own refusals say their status; everything else is a bug. */
function statusOf(error: unknown): number {
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500;
  return typeof status === 'number' && status >= 400 && status <= 599 ? status : 500;
}
