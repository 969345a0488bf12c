import { Problem, sendProblem } from './api/problem.js';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';

/**
 * Answers calls that reach no part of the account: an address with a broken percent code, or one that nothing stands
 * at. The API's are problems, as all its refusals are; elsewhere a sentence in plain text.
 */
export const answerBrokenAddress: NonNullable<FastifyServerOptions['frameworkErrors']> = (
  error,
  request,
  reply,
) => {
  refuse(request, reply, error.statusCode ?? 400, error.message);
};

/** The same for the whole server; parts that answer otherwise have a handler of their own. */
export function refuseTheRest(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => {
    refuse(request, reply, 404, `There is nothing at ${request.url.split('?')[0] ?? ''}.`);
  });
  app.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    const { statusCode = 500, message } = error;
    if (statusCode < 500) refuse(request, reply, statusCode, message);
    else refuse(request, reply, 500, 'The sandbox failed: this is a bug of the sandbox, not of the caller.');
  });
}

function refuse(request: FastifyRequest, reply: FastifyReply, status: number, reason: string): void {
  if (request.url.startsWith('/api/')) sendProblem(reply, new Problem(status, reason));
  else void reply.code(status).type('text/plain; charset=utf-8').send(`${reason}\n`);
}
