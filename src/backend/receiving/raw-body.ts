import type { FastifyInstance } from 'fastify';

/** Gives the routes of this scope their bodies as they came, whatever their content type; longer ones get 413. */
export function readRawBodies(scope: FastifyInstance, { limit }: { limit: number }): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: limit }, (_request, body, done) => {
    done(null, body);
  });
}
