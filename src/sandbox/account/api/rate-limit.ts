import { isSessionCall } from '../oauth/own-page.js';
import { Problem } from './problem.js';
import type { FastifyInstance } from 'fastify';
import type { AccountContext } from '../context.js';

/**
 * Answers 429 to calls above the limit of an account (`platform/server.md §5.1`). Kommo counts by address as well, and
 * here all calls come from one: so integrations share one count. Whether the platform counts by
 * the calendar's second or any 1000 ms is unknown: here any 1000 ms count, the stricter way. `Retry-After` is
 * not documented and not sent. The 403 that follows lasting excess has no published threshold: set
 * `account.access` to `blocked` to try it. Calls of the account's own pages do not count: they are no integration's.
 */
export function limitRate(
  app: FastifyInstance,
  { clock }: Pick<AccountContext, 'clock'>,
  requestsPerSecond: number,
): void {
  const calls: number[] = [];
  app.addHook('onRequest', (request, _reply, done) => {
    if (isSessionCall(request)) {
      done();
      return;
    }
    const now = clock.now();
    while (calls[0] !== undefined && calls[0] <= now - 1000) calls.shift();
    if (calls.length >= requestsPerSecond) {
      done(new Problem(429, `More than ${requestsPerSecond} requests in a second.`));
      return;
    }
    calls.push(now);
    done();
  });
}
