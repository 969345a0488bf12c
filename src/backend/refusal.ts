import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiError } from '../contract/api-error.js';
import type { Log } from './log.js';

/** A request that is answered with an {@link ApiError}. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Answers whatever the routes of this scope throw. What is neither a {@link Refusal} nor a fault of the request is the
 * store, which these routes live from: 503, so that the caller asks again.
 */
export function answerRefusals(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error: FastifyError | Refusal, request, reply) => {
    if (error instanceof Refusal) return reply.code(error.status).send(body(error.code, error.message));
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return reply.code(error.statusCode).send(body('invalid_request', error.message));
    }
    log.error({ route: routeOf(request), fault: faultOf(error) }, 'A request could not be answered');
    return reply
      .code(503)
      .header('Retry-After', '5')
      .send(body('unavailable', 'The backend cannot reach its store now: ask again in some seconds'));
  });
}

function body(code: string, message: string): ApiError {
  return { code, message };
}

function routeOf({ method, routeOptions }: FastifyRequest): string {
  return `${method} ${routeOptions.url ?? ''}`;
}

/** Name and code of the innermost cause: the messages of the store's errors quote the values of the query. */
function faultOf(error: Error): string {
  let innermost: Error = error;
  while (innermost.cause instanceof Error) innermost = innermost.cause;
  const code = 'code' in innermost && typeof innermost.code === 'string' ? ` ${innermost.code}` : '';
  return `${innermost.name}${code}`;
}
