import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isRecord } from '../account/oauth/fields.js';
import type { PhoneFault } from '../phone-wire.js';
import { faultFor, laterFailure, meet, refuseRecipient } from './faults.js';
import { printMessage } from './message.js';
import { readOrder } from './read-order.js';
import { ServiceRefusal } from './refusal.js';
import type { ChatService } from './service.js';

export interface ChatServiceRoutes {
  readonly service: ChatService;
  readonly apiKey: string;
  readonly faults: () => readonly PhoneFault[];
}

/** The service's interface, under `/demo-chat`. */
export function chatServiceRoutes(
  app: FastifyInstance,
  { service, apiKey, faults }: ChatServiceRoutes,
): void {
  void app.register(
    (room, _options, done) => {
      room.setErrorHandler((error, _request, reply) => {
        sendRefusal(reply, error);
      });
      room.setNotFoundHandler((request, reply) => {
        const address = request.url.split('?')[0] ?? '';
        sendRefusal(
          reply,
          new ServiceRefusal('not_found', `There is nothing at ${request.method} ${address}.`),
        );
      });
      room.addHook('onRequest', (request, _reply, next) => {
        const [, key] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
        if (key !== undefined && isEqual(key, apiKey)) next();
        else
          next(
            new ServiceRefusal(
              'invalid_key',
              'The header Authorization: Bearer with the access key was expected.',
            ),
          );
      });

      room.post('/messages', async (request, reply) => {
        const order = readOrder(request);
        const fault = faultFor(faults(), order.to);
        await meet(fault);
        const before = service.before(order);
        if (before === 'conflict') {
          throw new ServiceRefusal(
            'idempotency_conflict',
            'This Idempotency-Key belongs to a message with another number or text.',
          );
        }
        if (before !== undefined) return reply.code(200).send(printMessage(before));
        refuseRecipient(fault);
        const message = service.take(order, laterFailure(fault));
        if (fault?.mode === 'answer_lost') {
          reply.hijack();
          request.raw.socket.destroy();
          return reply;
        }
        return reply.code(201).send(printMessage(message));
      });
      room.get('/account', async (_request, reply) => {
        await meet(faultFor(faults(), null));
        return reply.send({ name: 'Demo chat' });
      });
      room.get('/messages', async (request, reply) => {
        await meet(faultFor(faults(), null));
        const { to, limit } = readFilter(request.query);
        return reply.send(service.newest(limit, to).map(printMessage));
      });
      room.get<{ Params: { id: string } }>('/messages/:id', async ({ params }, reply) => {
        await meet(faultFor(faults(), null));
        const message = service.get(params.id);
        if (message === undefined)
          throw new ServiceRefusal('not_found', 'There is no such message, or no more.');
        return reply.send(printMessage(message));
      });
      done();
    },
    { prefix: '/demo-chat' },
  );
}

const mostListed = 10_000;

function readFilter(query: unknown): { to?: string; limit: number } {
  const { to, limit = '50' } = isRecord(query) ? query : {};
  const number = typeof limit === 'string' && /^\d{1,6}$/.test(limit) ? Number(limit) : 0;
  if (number < 1 || number > mostListed) {
    throw new ServiceRefusal(
      'invalid_request',
      `limit: a whole number from 1 to ${mostListed} was expected.`,
    );
  }
  if (to === undefined || to === '') return { limit: number };
  if (typeof to !== 'string')
    throw new ServiceRefusal('invalid_request', 'to: one phone number was expected.');
  // An unescaped + is a space in a query.
  return { to: to.replace(/^ /, '+'), limit: number };
}

function sendRefusal(reply: FastifyReply, error: unknown): void {
  const refusal = asRefusal(error);
  const { status, code, message, retryAfter } = refusal;
  if (retryAfter !== undefined) reply.header('Retry-After', String(retryAfter));
  void reply.code(status).send({ error: { code, message } });
}

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

function isEqual(one: string, other: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
