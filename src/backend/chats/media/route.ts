import { Readable } from 'node:stream';
import { eq } from 'drizzle-orm';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { ChatServiceError } from '../../chat-services/chat-service.js';
import type { ConnectedService } from '../../chat-services/definition.js';
import type { Context } from '../../context.js';
import { answerRefusals, Refusal } from '../../refusal.js';
import { isUuid } from '../../uuid.js';
import { readMedia } from '../incoming/payload.js';
import { chatMessages } from '../tables.js';
import type { MediaLinks } from './link.js';

export interface MediaRouteOptions {
  readonly links: MediaLinks;
  readonly openChannel: (channelId: string) => Promise<ConnectedService | undefined>;
  /** The most that is passed on. No service's limit is above 100 MB. */
  readonly mostBytes?: number;
  /** Milliseconds that it may take in all. */
  readonly timeout?: number;
}

interface MediaRoute {
  Params: { message: string; signature: string };
}

/** Shown in the browser; whatever else comes is to be saved, and an SVG may hold a script. */
const shown = /^(image\/(?!svg)|video\/|audio\/)[\w.+-]+$/i;

const mediaType = /^[\w.+-]+\/[\w.+-]+/;

/**
 * `GET /chat-media/:message/:signature`: a picture or file of a client's message that the chat service gives to our
 * access data alone, passed on while it comes.
 *
 * | answer | when                                                                     |
 * | ------ | ------------------------------------------------------------------------ |
 * | 200    | its bytes                                                                |
 * | 404    | the signature is wrong, the message was removed, the service has it no more |
 * | 413    | it is larger than what is passed on                                      |
 * | 502    | the service does not give it now                                         |
 */
export function mediaRoute(
  app: FastifyInstance,
  { store, log }: Pick<Context, 'store' | 'log'>,
  { links, openChannel, mostBytes = 128 * 1024 * 1024, timeout = 120_000 }: MediaRouteOptions,
): void {
  void app.register((scope, _options, done) => {
    answerRefusals(scope, log);
    scope.get<MediaRoute>('/chat-media/:message/:signature', async ({ params, raw }, reply) => {
      const { message: id, signature } = params;
      if (!links.isSigned(id, signature) || !isUuid(id)) throw notFound();
      const [message] = await store.db.select().from(chatMessages).where(eq(chatMessages.id, id));
      const media = message && readMedia(message);
      if (message === undefined || media?.ref === undefined) throw notFound();
      const service = await openChannel(message.channelId);
      if (service?.fetchMedia === undefined) throw notFound();

      const end = new AbortController();
      const signal = AbortSignal.any([end.signal, AbortSignal.timeout(timeout)]);
      raw.once('close', () => {
        if (!reply.raw.writableFinished) end.abort();
      });
      const response = await fetched(service, media.ref, signal);
      const length = Number(response.headers.get('content-length') ?? 'NaN');
      if (length > mostBytes) {
        end.abort();
        throw tooLarge(mostBytes);
      }
      describe(reply, response, media.fileName);
      // What was packed for the way is longer now.
      if (Number.isSafeInteger(length) && !response.headers.has('content-encoding'))
        void reply.header('Content-Length', length);
      if (response.body === null) return reply.send('');
      return reply.send(Readable.from(passOn(response.body, { mostBytes, reply }), { objectMode: false }));
    });
    done();
  });
}

async function fetched(service: ConnectedService, ref: string, signal: AbortSignal): Promise<Response> {
  let response: Response | undefined;
  try {
    response = await service.fetchMedia?.(ref, signal);
  } catch (error) {
    if (!(error instanceof ChatServiceError)) throw error;
    if (error.kind === 'permanent') throw notFound();
  }
  if (response?.ok === true) return response;
  await response?.body?.cancel();
  if (response?.status === 404 || response?.status === 410) throw notFound();
  throw new Refusal(
    502,
    'service_unavailable',
    'The chat service does not give the file now; ask again later',
  );
}

/** The bytes come from a stranger: no browser may take them for a page of ours. */
function describe(reply: FastifyReply, { headers }: Response, fileName: string | undefined): void {
  const [type = 'application/octet-stream'] = mediaType.exec(headers.get('content-type') ?? '') ?? [];
  const isShown = shown.test(type);
  void reply
    .type(type)
    .header('X-Content-Type-Options', 'nosniff')
    .header('Content-Security-Policy', "default-src 'none'; sandbox")
    .header('Cache-Control', 'private, max-age=3600')
    .header('Content-Disposition', disposition(isShown ? 'inline' : 'attachment', fileName));
}

/** RFC 6266, the name in RFC 5987's spelling alone: it may have any character. */
function disposition(kind: 'inline' | 'attachment', fileName: string | undefined): string {
  if (fileName === undefined || fileName === '') return kind;
  const encoded = encodeURIComponent(Buffer.from(fileName).toString()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return `${kind}; filename*=UTF-8''${encoded}`;
}

/** What goes wrong before the first bytes have left is answered; later the connection is broken off. */
async function* passOn(
  body: ReadableStream<Uint8Array>,
  { mostBytes, reply }: { mostBytes: number; reply: FastifyReply },
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > mostBytes) throw tooLarge(mostBytes);
      yield chunk;
    }
  } catch (error) {
    for (const name of ['content-type', 'content-length', 'content-disposition', 'cache-control']) {
      void reply.removeHeader(name);
    }
    throw error instanceof Refusal ? error : unavailable();
  }
}

function tooLarge(mostBytes: number): Refusal {
  return new Refusal(413, 'too_large', `At most ${mostBytes} bytes are passed on`);
}

function unavailable(): Refusal {
  return new Refusal(
    502,
    'service_unavailable',
    'The chat service does not give the file now; ask again later',
  );
}

function notFound(): Refusal {
  return new Refusal(404, 'not_found', 'There is nothing at this address');
}
