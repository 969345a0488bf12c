import type { FastifyInstance } from 'fastify';

/**
 * Gives the routes of `app` every body as a `Buffer`, whatever its content type says, even none or one that is no
 * type: hooks say one thing and send another (`platform/server.md §0.1`). A body above `limit` bytes is answered with
 * 413. Call it in a scope of its own; other routes would lose their parsers.
 */
export function readRawBodies(app: FastifyInstance, { limit }: { limit: number }): void {
  app.removeAllContentTypeParsers();
  app.addHook('onRequest', (request, _reply, done) => {
    const { headers } = request;
    // Fastify refuses what is no type before any parser is asked.
    if (!/^\s*[\w.+-]+\/[\w.+-]+\s*(?:;|$)/.test(headers['content-type'] ?? '')) {
      headers['content-type'] = 'application/octet-stream';
    }
    done();
  });
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: limit }, (_request, body, done) => {
    done(null, body);
  });
}
