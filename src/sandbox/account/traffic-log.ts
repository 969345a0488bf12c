import type { FastifyInstance } from 'fastify';
import type { AccountContext } from './context.js';

/** Which calls are shown, by the beginning of their address. The account's own pages and files are not. */
const kinds = [
  ['/api/', 'api'],
  ['/oauth2/', 'oauth'],
  ['/v2/origin/', 'chat_api'],
] as const;

/**
 * Header of the calls that the account's pages make for themselves: they would hide those of widgets and
 * integrations in the log.
 */
export const ownCallHeader = 'x-account-page';

/** The kind of a call to this address in the log; undefined for what is not logged. */
export function trafficKind(url: string): string | undefined {
  return kinds.find(([start]) => url.startsWith(start))?.[1];
}

/** Writes every call that comes to the account's interfaces into the traffic log, with its answer. */
export function logTraffic(app: FastifyInstance, { traffic, clock }: AccountContext): void {
  const answers = new WeakMap<object, string>();

  app.addHook('onSend', (request, _reply, payload, done) => {
    if (typeof payload === 'string') answers.set(request, payload);
    done(null, payload);
  });

  app.addHook('onResponse', (request, reply, done) => {
    const kind = trafficKind(request.url);
    if (kind !== undefined && request.headers[ownCallHeader] === undefined) {
      traffic.add({
        direction: 'in',
        kind,
        method: request.method,
        url: request.url,
        headers: request.headers as Record<string, string>,
        body: asText(request.body),
        status: reply.statusCode,
        answer: answers.get(request) ?? '',
        at: clock.now() - Math.round(reply.elapsedTime),
        duration_ms: Math.round(reply.elapsedTime),
      });
    }
    done();
  });
}

function asText(body: unknown): string {
  if (body === undefined || body === null) return '';
  if (typeof body === 'string') return body;
  return Buffer.isBuffer(body) ? body.toString('utf8') : JSON.stringify(body);
}
