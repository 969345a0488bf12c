import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.js';
import { answerRefusals } from '../refusal.js';
import { accountCors } from './account-cors.js';

/**
 * Adds routes that pages of accounts call, with `authenticate`. All in one scope: a preflight is answered by it,
 * whichever of them it asks for.
 */
export function accountRoutes(
  app: FastifyInstance,
  { config, log }: Pick<Context, 'config' | 'log'>,
  houses: readonly ((scope: FastifyInstance) => void)[],
): void {
  void app.register(async (scope) => {
    answerRefusals(scope, log);
    await accountCors(scope, { config, methods: ['GET', 'POST', 'PUT', 'DELETE'] });
    for (const addRoutes of houses) addRoutes(scope);
  });
}
