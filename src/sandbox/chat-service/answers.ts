import type { FastifyInstance, FastifyReply } from 'fastify';
import { PageInstead, ServiceRefusal } from './refusal.js';

/** Refusals are answered as `{ error: { code, message } }`, as is an address where nothing is. */
export function answerRefusals(room: FastifyInstance): void {
  room.setErrorHandler((error, _request, reply) => {
    sendRefusal(reply, error);
  });
  room.setNotFoundHandler((request, reply) => {
    const address = request.url.split('?')[0] ?? '';
    sendRefusal(reply, new ServiceRefusal('not_found', `There is nothing at ${request.method} ${address}.`));
  });
}

function sendRefusal(reply: FastifyReply, error: unknown): void {
  if (error instanceof PageInstead) {
    void reply.code(200).type('text/html; charset=utf-8').send(maintenance);
    return;
  }
  const { status, code, message, retryAfter } = asRefusal(error);
  if (retryAfter !== undefined) reply.header('Retry-After', String(retryAfter));
  void reply.code(status).send({ error: { code, message } });
}

const maintenance = `<!doctype html>
<html lang="en"><head><title>Back soon</title></head><body><h1>We are back soon</h1></body></html>
`;

/** What the framework refuses by itself, such as broken JSON, is the caller's mistake; the rest is the sandbox's. */
function asRefusal(error: unknown): ServiceRefusal {
  if (error instanceof ServiceRefusal) return error;
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status < 500 && error instanceof Error
    ? new ServiceRefusal('invalid_request', error.message)
    : new ServiceRefusal(
        'unavailable',
        'The sandbox failed: this is a bug of the sandbox, not of the caller.',
      );
}
