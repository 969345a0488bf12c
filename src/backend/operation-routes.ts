import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import type { Context } from './context.js';
import { rowsOf } from './store/rows.js';
import { within } from './within.js';

/** Milliseconds that the store has for an answer: one that hangs is as bad as one that is gone. */
const patience = 2000;

export interface OperationOptions {
  /** Whether the backend has been asked to stop. */
  readonly isStopping: () => boolean;
}

/**
 * - `GET /healthz`: the process answers;
 * - `GET /readyz`: it can do its work: the store answers, and nobody has asked it to stop;
 * - `GET /metrics`: for Prometheus.
 */
export function operationRoutes(
  app: FastifyInstance,
  { store, metrics, log }: Context,
  { isStopping }: OperationOptions,
): void {
  app.get('/healthz', () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    if (isStopping()) return reply.code(503).send({ status: 'stopping' });
    try {
      await within(patience, store.ping());
      return { status: 'ready' };
    } catch (error) {
      log.warn({ err: error }, 'The store does not answer');
      return reply.code(503).send({ status: 'store_unavailable' });
    }
  });

  app.get('/metrics', async (_request, reply) => {
    try {
      const measured = rowsOf<{ waiting: number; dead: number; age: number }>(
        store.db,
        sql`
        select
          count(*)::int as waiting,
          (select count(*) from events where state = 'dead')::int as dead,
          coalesce(greatest(extract(epoch from now() - min(due_at)), 0), 0)::float8 as age
        from events where state = 'waiting'
      `,
      );
      const [queue] = await within(patience, measured);
      metrics.queueLength.set(queue?.waiting ?? 0);
      metrics.deadEvents.set(queue?.dead ?? 0);
      metrics.queueAge.set(queue?.age ?? 0);
    } catch (error) {
      // The other figures are worth most when the store is down.
      log.warn({ err: error }, 'The queue could not be measured');
    }
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}
