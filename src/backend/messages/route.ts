import type { FastifyInstance } from 'fastify';
import { accountCors } from '../auth/account-cors.js';
import { authenticate } from '../auth/authenticate.js';
import type { Context } from '../context.js';
import { answerRefusals } from '../refusal.js';
import { pageOfMessages } from './page.js';
import { readQuery } from './query.js';

/**
 * `GET /messages`: what became of the messages of the caller's account, see `src/contract/messages-api.ts`. For any
 * user of the account, as the notes in the feed are.
 */
export function messagesRoute(app: FastifyInstance, context: Context): void {
  void app.register(async (scope) => {
    answerRefusals(scope, context.log);
    await accountCors(scope, { config: context.config, methods: ['GET'] });
    scope.get('/messages', async (request, reply) => {
      const { installation } = await authenticate(request, context);
      const page = await pageOfMessages(context.store.db, installation.id, readQuery(request.query));
      return reply.header('Cache-Control', 'no-store').send(page);
    });
  });
}
