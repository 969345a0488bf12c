import type { FastifyInstance } from 'fastify';
import { isForLoopback, isFromOwnPage } from '../account/oauth/own-page.js';

/** Why a door is not opened: a sentence for a person, with the status of the answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  /** Stands in the answer beside the sentence. */
  readonly details: object;

  constructor(status: number, sentence: string, details: object = {}) {
    super(sentence);
    this.status = status;
    this.details = details;
  }
}

/** Doors for the account's own pages only: 403 for anybody else, and `{ error }` with a sentence for bad input. */
export function ownPageRoom(app: FastifyInstance, fill: (room: FastifyInstance) => void): void {
  void app.register((room, _options, done) => {
    room.addHook('onRequest', (request, reply, next) => {
      if (isFromOwnPage(request)) next();
      else void reply.code(403).send({ error: 'Only pages of the account may ask.' });
    });
    room.setErrorHandler((error, _request, reply) => {
      const { status, message, details } = asRefusal(error);
      void reply.code(status).send({ error: message, ...details });
    });
    fill(room);
    done();
  });
}

/**
 * Refuses every call whose `Host` is not this machine: a site could point a name of its own to 127.0.0.1, and its
 * pages would then be of the same origin as the account's.
 */
export function refuseOtherHosts(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, next) => {
    if (isForLoopback(request)) next();
    else void reply.code(403).send({ error: 'The account answers only as 127.0.0.1 or localhost.' });
  });
}

/** What the framework refuses by itself, such as broken JSON, has a status and a sentence as well. */
function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (!(error instanceof Error)) return new Refusal(500, 'The sandbox failed.');
  const status = 'statusCode' in error ? Number(error.statusCode) : 500;
  return status < 500
    ? new Refusal(status, error.message)
    : new Refusal(500, `The sandbox failed, which is its own mistake: ${error.message}`);
}
