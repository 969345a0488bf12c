import type { FastifyInstance } from 'fastify';
import { authenticate } from '../auth/authenticate.js';
import type { Context } from '../context.js';
import { pageOfMessages } from './page.js';
import { readQuery } from './query.js';

/**
 * `GET /messages`: what became of the messages of the caller's account, see `src/contract/messages-api.ts`. For any
 * user of the account, as the notes in the feed are. Its scope is that of `accountRoutes`.
 */
export function messagesRoute(scope: FastifyInstance, context: Context): void {
  scope.get('/messages', async (request, reply) => {
    const { installation } = await authenticate(request, context);
    const page = await pageOfMessages(context.store.db, installation.id, readQuery(request.query));
    return reply.header('Cache-Control', 'no-store').send(page);
  });
}
