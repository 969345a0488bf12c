import type { FastifyInstance, FastifyRequest } from 'fastify';
import { printAccount, type DemoApp } from './accounts.js';
import { readBasic } from './apps.js';
import { faultFor, meet } from './faults.js';
import type { Pairing } from './pairings.js';
import { ServiceRefusal } from './refusal.js';
import type { ChatServiceParts } from './routes.js';

interface ById {
  Params: { id: string };
}

/** Connecting by a code that the business scans with its phone. */
export function pairingRoutes(
  room: FastifyInstance,
  { apps, pairings, faults }: Pick<ChatServiceParts, 'apps' | 'pairings' | 'faults'>,
): void {
  const appOf = async ({ headers }: FastifyRequest): Promise<DemoApp> => {
    const { id, secret } = readBasic(headers.authorization);
    const app = apps.require(id, secret);
    await meet(faultFor(faults(), null));
    return app;
  };
  const find = (id: string, app: DemoApp): Pairing => {
    const pairing = pairings.find(id, app);
    if (pairing === undefined) throw new ServiceRefusal('not_found', 'There is no such pairing, or no more.');
    return pairing;
  };
  const print = (pairing: Pairing): object => {
    const now = pairings.stateOf(pairing);
    switch (now.state) {
      case 'waiting':
        return { state: 'waiting', code: now.code, expires_at: new Date(now.expiresAt).toISOString() };
      case 'connected': {
        const { token, account } = now.access;
        return { state: 'connected', access_token: token, account: printAccount(account) };
      }
      case 'expired':
        return { state: 'expired' };
    }
  };

  room.post('/pairings', async (request, reply) => {
    const pairing = pairings.begin(await appOf(request));
    return reply.code(201).send({ id: pairing.id, ...print(pairing) });
  });
  room.get<ById>('/pairings/:id', async (request, reply) =>
    reply.send(print(find(request.params.id, await appOf(request)))),
  );
  room.delete<ById>('/pairings/:id', async (request, reply) => {
    pairings.cancel(find(request.params.id, await appOf(request)));
    return reply.code(204).send();
  });
}
