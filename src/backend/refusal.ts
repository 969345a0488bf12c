import { DrizzleQueryError } from 'drizzle-orm/errors';
import type { FastifyInstance } from 'fastify';
import type { ApiError } from '../contract/api-error.js';
import type { Log } from './log.js';

/** A request that is answered with an {@link ApiError}. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    readonly code: ApiError['code'],
    message: string,
    /** What the answer says beside code and message. */
    readonly more: Pick<ApiError, 'refresh_token_url'> = {},
  ) {
    super(message);
  }
}

/**
 * Answers what the routes of this scope refuse, and a store that does not answer with 503, so that the caller asks
 * again. What is left goes to the scope around it.
 */
export function answerRefusals(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error, { method, routeOptions }, reply) => {
    if (error instanceof Refusal) {
      return reply.code(error.status).send({ ...body(error.code, error.message), ...error.more });
    }
    if (!(error instanceof DrizzleQueryError)) throw error;
    log.error({ method, route: routeOptions.url, fault: faultOf(error) }, 'The store did not answer');
    return reply
      .code(503)
      .header('Retry-After', '5')
      .send(body('unavailable', 'The backend cannot reach its store now; ask again in some seconds.'));
  });
}

function body(code: ApiError['code'], message: string): ApiError {
  return { code, message };
}

/** Name and code of the innermost cause: the messages of the store's errors quote the values of the query. */
function faultOf(error: Error): string {
  let innermost: Error = error;
  while (innermost.cause instanceof Error) innermost = innermost.cause;
  const code = 'code' in innermost && typeof innermost.code === 'string' ? ` ${innermost.code}` : '';
  return `${innermost.name}${code}`;
}
