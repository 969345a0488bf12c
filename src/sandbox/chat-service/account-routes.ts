import type { FastifyInstance } from 'fastify';
import { isRecord } from '../account/oauth/fields.js';
import { printAccount } from './accounts.js';
import { requireAccess } from './bearer.js';
import { faultFor, meet } from './faults.js';
import { readLocalAddress } from './local-address.js';
import { ServiceRefusal } from './refusal.js';
import type { ChatServiceParts } from './routes.js';

/** The account that a key opens: who it is, where it is told what happens, and the end of the key. */
export function accountRoutes(
  room: FastifyInstance,
  { accesses, faults, onConnections }: Pick<ChatServiceParts, 'accesses' | 'faults' | 'onConnections'>,
): void {
  room.get('/account', async (request, reply) => {
    const { account } = requireAccess(accesses, request);
    await meet(faultFor(faults(), null));
    return reply.send(printAccount(account));
  });
  room.put('/webhook', async (request, reply) => {
    const access = requireAccess(accesses, request);
    await meet(faultFor(faults(), null));
    const url = readLocalAddress('url', isRecord(request.body) ? request.body['url'] : undefined);
    access.webhook = url;
    onConnections();
    return reply.send({ url });
  });
  room.delete('/webhook', async (request, reply) => {
    const access = requireAccess(accesses, request);
    await meet(faultFor(faults(), null));
    access.webhook = undefined;
    onConnections();
    return reply.code(204).send();
  });
  room.delete('/token', async (request, reply) => {
    const access = requireAccess(accesses, request);
    await meet(faultFor(faults(), null));
    if (!accesses.end(access)) {
      throw new ServiceRefusal('invalid_request', 'The key of the sandbox itself cannot be signed out.');
    }
    onConnections();
    return reply.code(204).send();
  });
}
