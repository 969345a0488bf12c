import { createHmac, randomUUID } from 'node:crypto';
import Fastify from 'fastify';

/** Made up, as the service is. */
export const parrotKey = 'not-a-real-key-of-parrot';

export interface ParrotServer {
  readonly url: string;
  readonly messages: readonly { readonly id: string; readonly to: string; readonly text: string }[];
  /** Calls whoever listens, signed. */
  tell(event: object, to?: string): Promise<void>;
  close(): Promise<void>;
}

/** The chat service of the example in docs/chat-services.md. */
export async function startParrotServer(): Promise<ParrotServer> {
  const app = Fastify({ forceCloseConnections: true });
  const messages: { id: string; to: string; text: string; key: string }[] = [];
  let hook: string | undefined;
  app.addHook('onRequest', async (request, reply) => {
    if (request.headers.authorization !== `Bearer ${parrotKey}`) {
      await reply.code(401).send({ error: 'Unknown key' });
    }
  });
  // Clients send the type with every call.
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body === '' ? {} : JSON.parse(body.toString()));
  });
  app.get('/me', () => ({ id: 'p-1', name: 'Our parrot', phone: '+15550777' }));
  app.post('/messages', (request) => {
    const { to, text, key } = request.body as { to: string; text: string; key: string };
    const before = messages.find((message) => message.key === key);
    if (before !== undefined) return { id: before.id };
    const message = { id: randomUUID(), to, text, key };
    messages.push(message);
    return { id: message.id };
  });
  app.put('/hook', (request) => {
    hook = (request.body as { url: string }).url;
    return { url: hook };
  });
  app.delete('/hook', () => {
    hook = undefined;
    return {};
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    url,
    messages,
    async tell(event, to = hook) {
      if (to === undefined) return;
      const body = JSON.stringify(event);
      await fetch(to, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Parrot-Signature': parrotSignature(body) },
        body,
      });
    },
    close: () => app.close(),
  };
}

export function parrotSignature(body: string | Buffer): string {
  return createHmac('sha256', parrotKey).update(body).digest('hex');
}
