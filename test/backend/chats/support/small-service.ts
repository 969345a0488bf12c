import {
  ChatServiceError,
  type OutgoingMessage,
} from '../../../../src/backend/chat-services/chat-service.js';
import type { ConnectedService } from '../../../../src/backend/chat-services/definition.js';
import { type Handler, serve } from '../../installations/support/connected.js';

/** What the service was asked to send. */
export type Taken = Pick<OutgoingMessage, 'to' | 'text' | 'media' | 'idempotencyKey' | 'statusUrl'>;

export interface SmallService {
  readonly connected: ConnectedService;
  /** Every call that it has answered with success, repetitions included. */
  readonly taken: Taken[];
  /** Answers `POST /messages` with this status from now on; 200 takes them. */
  answer: number;
  /** Called while a message is being taken. */
  onTake: () => Promise<void> | void;
  /** Answers `GET /media`. */
  media: Handler;
}

/** A chat service as a small real server: it takes messages in JSON, and gives a picture to who has its key. */
export async function startSmallService(): Promise<SmallService> {
  const service: Omit<SmallService, 'connected'> = {
    taken: [],
    answer: 200,
    onTake: () => undefined,
    media(_request, response) {
      response.writeHead(404).end();
    },
  };
  const url = await serve((request, response, body) => {
    if (request.headers.authorization !== 'key-of-the-service') {
      response.writeHead(401).end();
    } else if (request.method === 'GET') {
      service.media(request, response, body);
    } else {
      void (async () => {
        await service.onTake();
        if (service.answer === 200) service.taken.push(JSON.parse(body) as Taken);
        response.writeHead(service.answer, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify({ id: `service-${service.taken.length}` }));
      })();
    }
  });
  const headers = { Authorization: 'key-of-the-service', 'Content-Type': 'application/json' };
  const connected: ConnectedService = {
    name: 'demo',
    title: 'Small service',
    async send({ to, text, media, idempotencyKey, statusUrl }) {
      const body = JSON.stringify({ to, text, media, idempotencyKey, statusUrl });
      const response = await fetch(`${url}/messages`, { method: 'POST', headers, body });
      if (response.ok) return (await response.json()) as { id: string };
      throw errorOf(response.status);
    },
    fetchMedia: (ref, signal) => fetch(`${url}/media/${ref}`, { headers, ...(signal && { signal }) }),
    readStatus: () => [],
    readHook: () => [],
    check: () => Promise.resolve(),
    describe: () => Promise.resolve({ name: 'Small', phone: undefined }),
    listen: () => Promise.resolve(),
    disconnect: () => Promise.resolve(),
  };
  return Object.assign(service, { connected });
}

function errorOf(status: number): ChatServiceError {
  if (status >= 500)
    return new ChatServiceError('temporary', 'Out of order', { reason: 'service_unavailable' });
  if (status === 401) return new ChatServiceError('not_connected', '', { reason: 'not_connected' });
  if (status === 404) return new ChatServiceError('permanent', '', { reason: 'not_on_service' });
  return new ChatServiceError('permanent', 'No such words', { reason: 'text_refused' });
}
