import { randomBytes, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { DemoApp, DemoChat } from '../chat-service/index.js';
import { ServiceRefusal } from '../chat-service/refusal.js';
import { inputOf, refuse, textOf, type Input } from './input.js';
import { serviceView } from './phone-view.js';
import { accountOf } from './phone-writing.js';
import { Refusal } from './room.js';

/** Doors for what a business does with its phone when it connects an app, and for registering apps. */
export function phoneConnecting(
  room: FastifyInstance,
  chat: DemoChat,
  { onConnections }: { readonly onConnections: () => void },
): void {
  room.get('/sandbox/phone/service', (_request, reply) => reply.send(serviceView(chat)));
  room.post('/sandbox/phone/scan', (request, reply) => {
    const input = inputOf(request.body);
    const what =
      input['code'] === undefined ? { pairing: textOf(input, 'pairing') } : { code: textOf(input, 'code') };
    const as = accountOf(chat.accounts, input['account'] ?? chat.accounts[0]?.id);
    try {
      const { account, app } = chat.pairings.scan(what, as);
      return reply.send({ account: { id: account.id, name: account.name }, app: app?.name ?? null });
    } catch (error) {
      if (error instanceof ServiceRefusal) throw new Refusal(error.status, error.message);
      throw error;
    }
  });
  room.delete<{ Params: { id: string } }>('/sandbox/phone/connections/:id', ({ params }, reply) => {
    const access = chat.accesses.all().find(({ id }) => id === params.id);
    if (access === undefined || !chat.service.signOut(access)) {
      throw new Refusal(404, 'There is no such connection, or no more.');
    }
    onConnections();
    return reply.code(204).send();
  });
  room.post('/sandbox/phone/apps', (request, reply) => {
    const app = readApp(inputOf(request.body));
    chat.apps.put(app);
    return reply.code(201).send(appView(app));
  });
}

/** An app with its secret, as its developer sees it. */
export function appView({ clientId, clientSecret, name, redirectUris }: DemoApp): object {
  return { client_id: clientId, client_secret: clientSecret, name, redirect_uris: redirectUris };
}

function readApp(input: Input): DemoApp {
  return {
    name: textOf(input, 'name'),
    clientId: input['client_id'] === undefined ? randomUUID() : textOf(input, 'client_id'),
    clientSecret:
      input['client_secret'] === undefined
        ? randomBytes(24).toString('base64url')
        : textOf(input, 'client_secret'),
    redirectUris: input['redirect_uris'] === undefined ? [] : readAddresses(input['redirect_uris']),
  };
}

function readAddresses(value: unknown): string[] {
  const isFit = Array.isArray(value) && value.every((one) => typeof one === 'string' && isWebAddress(one));
  return isFit ? (value as string[]) : refuse('redirect_uris', 'a list of http or https addresses', value);
}

function isWebAddress(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}
