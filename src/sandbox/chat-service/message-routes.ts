import type { FastifyInstance } from 'fastify';
import { isRecord } from '../account/oauth/fields.js';
import { requireAccess } from './bearer.js';
import { faultFor, laterFailure, meet, refuseRecipient } from './faults.js';
import { printMessage } from './message.js';
import { readOrder } from './read-order.js';
import { ServiceRefusal } from './refusal.js';
import type { ChatServiceParts } from './routes.js';

/** Sending messages, and reading what was sent: of the account that the key opens. */
export function messageRoutes(
  room: FastifyInstance,
  { service, accesses, faults }: Pick<ChatServiceParts, 'service' | 'accesses' | 'faults'>,
): void {
  room.post('/messages', async (request, reply) => {
    const access = requireAccess(accesses, request);
    const order = readOrder(request);
    const fault = faultFor(faults(), order.to);
    await meet(fault);
    const before = service.before(order, access);
    if (before === 'conflict') {
      throw new ServiceRefusal(
        'idempotency_conflict',
        'This Idempotency-Key belongs to a message with another number or text.',
      );
    }
    if (before !== undefined) return reply.code(200).send(printMessage(before));
    refuseRecipient(fault);
    const message = service.take(order, access, laterFailure(fault));
    if (fault?.mode === 'answer_lost') {
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    }
    return reply.code(201).send(printMessage(message));
  });
  room.get('/messages', async (request, reply) => {
    const { account } = requireAccess(accesses, request);
    await meet(faultFor(faults(), null));
    const { to, limit } = readFilter(request.query);
    const sent = service.newest(
      limit,
      (one) =>
        one.by === 'business' && one.account.id === account.id && (to === undefined || one.client === to),
    );
    return reply.send(sent.map(printMessage));
  });
  room.get<{ Params: { id: string } }>('/messages/:id', async (request, reply) => {
    const { account } = requireAccess(accesses, request);
    await meet(faultFor(faults(), null));
    const message = service.get(request.params.id);
    if (message?.by !== 'business' || message.account.id !== account.id) {
      throw new ServiceRefusal('not_found', 'There is no such message, or no more.');
    }
    return reply.send(printMessage(message));
  });
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
