import { createHmac, randomBytes } from 'node:crypto';
import Fastify, { type FastifyReply } from 'fastify';
import { png } from '../../scripts/validate/examples/pictures.js';

export const wahaKey = 'not-a-real-waha-key';

export interface WahaMessage {
  readonly session: string;
  readonly chatId: string;
  /** Text, or the words beside a file. */
  readonly body: string;
  readonly file: { readonly url: string; readonly mimetype: string; readonly filename?: string } | null;
  /** Whole seconds. */
  readonly timestamp: number;
  /** WhatsApp's own id. */
  readonly id: string;
}

export interface WahaSession {
  readonly name: string;
  status: 'STOPPED' | 'STARTING' | 'SCAN_QR_CODE' | 'WORKING' | 'FAILED';
  me: { id: string; pushName: string } | null;
  config: { webhooks?: { url: string; events: string[]; hmac?: { key: string } }[] };
  /** How often it has been started. */
  starts: number;
  /** How often its code has changed. */
  codes: number;
}

export interface WahaServer {
  readonly url: string;
  readonly sessions: ReadonlyMap<string, WahaSession>;
  readonly messages: readonly WahaMessage[];
  /** Paths that were asked for, with the method before them. */
  readonly asked: string[];
  /** Answers to a sending differ between them. */
  engine: 'WEBJS' | 'NOWEB' | 'GOWS';
  /** The free version: one session called `default`. */
  onlyDefault: boolean;
  /** The free version: no files. */
  noFiles: boolean;
  /** How far its clock is ahead, in milliseconds. */
  clockAhead: number;
  /** Served in the place of a code. */
  codeInstead: { readonly type: string; readonly body: string | Buffer } | undefined;
  /** Numbers that are not on WhatsApp. */
  readonly strangers: Set<string>;
  /** Numbers that have another chat than their digits. */
  readonly chats: Map<string, string>;
  /** Hidden numbers that WhatsApp has told: `…@lid` to `…@c.us`. */
  readonly lids: Map<string, string>;
  /** Files that were sent to the phones. */
  readonly files: Map<string, Buffer>;
  /** The session that shows this picture. */
  showing(code: Buffer): WahaSession;
  /** Somebody scans the code of the session. */
  scan(session: string, phone: string, pushName?: string): void;
  /** The code has run out, or the phone has signed the session out. */
  move(session: string, status: WahaSession['status']): Promise<void>;
  /** Calls the webhooks of the session that want to know; gives what they answered. */
  tell(session: string, event: string, payload: object): Promise<readonly Response[]>;
  /** Tells how far a message is. */
  report(id: string, ack: number): Promise<readonly Response[]>;
  close(): Promise<void>;
}

/** Stands for a code: a picture that no other session shows, nor the same one another time. */
function pictureOf({ name, starts, codes }: WahaSession): Buffer {
  return png({ width: 8, height: 8, extra: [['tEXt', Buffer.from(`code\0${name} ${starts} ${codes}`)]] });
}

/**
 * The part of WAHA that we use, from its public description (waha.devlike.pro/docs) and its controllers
 * (github.com/devlikeapro/waha, `src/api`): the key, sessions with their codes and webhooks, sending, the list of a
 * chat's messages, hidden numbers, files, and the refusals of each.
 */
export async function startWahaServer(): Promise<WahaServer> {
  const app = Fastify({ forceCloseConnections: true });
  const sessions = new Map<string, WahaSession>();
  const messages: WahaMessage[] = [];
  const asked: string[] = [];

  app.addHook('onRequest', async (request, reply) => {
    asked.push(`${request.method} ${request.url.split('?')[0] ?? ''}`);
    reply.header('Date', new Date(Date.now() + server.clockAhead).toUTCString());
    if (request.headers['x-api-key'] !== wahaKey) await refuse(reply, 401, 'Unauthorized');
  });
  app.setNotFoundHandler((request, reply) =>
    refuse(reply, 404, `Cannot ${request.method} ${request.url}`, 'Not Found'),
  );

  const working = (reply: FastifyReply, name: string): WahaSession | undefined => {
    const session = sessions.get(name);
    if (session?.status === 'WORKING') return session;
    if (session === undefined)
      void refuse(reply, 404, `We didn't find a session with name '${name}'.`, 'Not Found');
    // The real one waits five seconds before.
    else void wrongStatus(reply, session, 'WORKING');
    return undefined;
  };

  app.post<{ Body: { name?: unknown; start?: boolean; config?: WahaSession['config'] } }>(
    '/api/sessions',
    (request, reply) => {
      const { name, start = false, config = {} } = request.body;
      if (typeof name !== 'string' || !/^[a-zA-Z0-9_-]{1,54}$/.test(name)) {
        return refuse(
          reply,
          400,
          ['Session name can only contain alphanumeric characters, hyphens, and underscores'],
          'Bad Request',
        );
      }
      if (server.onlyDefault && name !== 'default') {
        return refuse(
          reply,
          422,
          `WAHA Core support only 'default' session. You tried to access '${name}' session. If you want to run more then one WhatsApp account - please get WAHA PLUS version.`,
          'Unprocessable Entity',
        );
      }
      if (sessions.has(name)) {
        return refuse(
          reply,
          422,
          `Session '${name}' already exists. Use PUT to update it.`,
          'Unprocessable Entity',
        );
      }
      const session: WahaSession = { name, status: 'STOPPED', me: null, config, starts: 0, codes: 0 };
      sessions.set(name, session);
      if (start) begin(session);
      return reply.code(201).send(session);
    },
  );

  app.get<{ Params: { name: string } }>('/api/sessions/:name', (request, reply) => {
    const session = sessions.get(request.params.name);
    return session ? reply.send(session) : notFound(reply);
  });

  app.put<{ Params: { name: string }; Body: { config?: WahaSession['config'] } }>(
    '/api/sessions/:name',
    (request, reply) => {
      const session = sessions.get(request.params.name);
      if (session === undefined) return notFound(reply);
      session.config = request.body.config ?? {};
      if (session.status !== 'STOPPED') begin(session);
      return reply.send(session);
    },
  );

  app.delete<{ Params: { name: string } }>('/api/sessions/:name', (request, reply) => {
    sessions.delete(request.params.name);
    return reply.send();
  });

  app.post<{ Params: { name: string } }>('/api/sessions/:name/restart', (request, reply) => {
    const session = sessions.get(request.params.name);
    if (session === undefined) return notFound(reply);
    begin(session);
    return reply.code(201).send(session);
  });

  app.get<{ Params: { name: string } }>('/api/:name/auth/qr', (request, reply) => {
    const session = sessions.get(request.params.name);
    if (session === undefined) return notFound(reply);
    if (server.codeInstead) return reply.type(server.codeInstead.type).send(server.codeInstead.body);
    if (session.status !== 'SCAN_QR_CODE') return wrongStatus(reply, session, 'SCAN_QR_CODE');
    if (request.headers.accept !== 'image/png') {
      return reply.send({ mimetype: 'image/png', data: pictureOf(session).toString('base64') });
    }
    return reply.type('image/png').send(pictureOf(session));
  });

  app.get<{ Querystring: { phone?: string; session?: string } }>(
    '/api/contacts/check-exists',
    (request, reply) => {
      const { phone = '', session = '' } = request.query;
      if (working(reply, session) === undefined) return reply;
      if (!/^\d+$/.test(phone)) return refuse(reply, 500, 'Evaluation failed', 'Internal Server Error');
      if (server.strangers.has(phone)) return reply.send({ numberExists: false });
      return reply.send({ numberExists: true, chatId: server.chats.get(phone) ?? `${phone}@c.us` });
    },
  );

  app.post<{ Params: { kind: string }; Body: Record<string, unknown> }>('/api/:kind', (request, reply) => {
    const { kind } = request.params;
    const isText = kind === 'sendText';
    if (!isText && !['sendImage', 'sendFile', 'sendVideo', 'sendVoice'].includes(kind))
      return notFound(reply);
    const { session, chatId, text, file, caption } = request.body;
    if (typeof session !== 'string' || working(reply, session) === undefined) return reply;
    if (typeof chatId !== 'string' || !/^\d+@(c\.us|lid|g\.us)$/.test(chatId)) {
      return refuse(reply, 400, ['chatId must be a chat id'], 'Bad Request');
    }
    if (!isText && server.noFiles) {
      const words = `The feature is available only in Plus version for '${server.engine}' engine. Check this out: https://waha.devlike.pro/`;
      return refuse(reply, 422, words, 'Unprocessable Entity');
    }
    if (isText && typeof text !== 'string')
      return refuse(reply, 400, ['text must be a string'], 'Bad Request');
    const message: WahaMessage = {
      session,
      chatId,
      body: typeof text === 'string' ? text : typeof caption === 'string' ? caption : '',
      file: isText ? null : (file as WahaMessage['file']),
      timestamp: Math.floor((Date.now() + server.clockAhead) / 1000),
      id: randomBytes(10).toString('hex').toUpperCase(),
    };
    messages.push(message);
    return reply.code(201).send(sent(message));
  });

  const sent = (message: WahaMessage): object => {
    const id = serialized(message);
    if (server.engine === 'GOWS')
      return { id, timestamp: message.timestamp, fromMe: true, body: message.body };
    if (server.engine === 'WEBJS') {
      return {
        id: { fromMe: true, remote: message.chatId, id: message.id, _serialized: id },
        body: message.body,
      };
    }
    return {
      key: { remoteJid: message.chatId.replace('@c.us', '@s.whatsapp.net'), fromMe: true, id: message.id },
    };
  };

  app.get<{ Params: { name: string; chat: string }; Querystring: Record<string, string> }>(
    '/api/:name/chats/:chat/messages',
    (request, reply) => {
      const { name, chat } = request.params;
      const { limit = '10', offset = '0' } = request.query;
      if (working(reply, name) === undefined) return reply;
      const list = messages
        .filter(({ session, chatId }) => session === name && chatId === chat)
        .map((message) => ({
          id: serialized(message),
          timestamp: message.timestamp,
          from: message.chatId,
          fromMe: true,
          body: message.body,
          hasMedia: message.file !== null,
          ack: 1,
        }))
        .reverse();
      return reply.send(list.slice(Number(offset), Number(offset) + Number(limit)));
    },
  );

  app.get<{ Params: { name: string; lid: string } }>('/api/:name/lids/:lid', (request, reply) => {
    const { name, lid } = request.params;
    if (working(reply, name) === undefined) return reply;
    return reply.send({ lid, pn: server.lids.get(lid) ?? null });
  });

  app.get<{ Params: { '*': string } }>('/api/files/*', (request, reply) => {
    const file = server.files.get(request.params['*']);
    return file ? reply.type('image/jpeg').send(file) : notFound(reply);
  });

  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const server: WahaServer = {
    url,
    sessions,
    messages,
    asked,
    engine: 'GOWS',
    onlyDefault: false,
    noFiles: false,
    clockAhead: 0,
    codeInstead: undefined,
    strangers: new Set(),
    chats: new Map(),
    lids: new Map(),
    files: new Map(),
    showing(shown) {
      const found = [...sessions.values()].find((session) => pictureOf(session).equals(shown));
      if (found === undefined) throw new Error('No session shows this code.');
      return found;
    },
    scan(name, phone, pushName = '') {
      const session = sessions.get(name);
      if (session?.status !== 'SCAN_QR_CODE') throw new Error(`${name} shows no code.`);
      session.me = { id: `${phone.replace('+', '')}@c.us`, pushName };
      session.status = 'WORKING';
    },
    async move(name, status) {
      const session = sessions.get(name);
      if (session === undefined) throw new Error(`There is no session ${name}.`);
      session.status = status;
      if (status === 'FAILED' || status === 'SCAN_QR_CODE') session.me = null;
      await server.tell(name, 'session.status', { name, status });
    },
    tell(name, event, payload) {
      const webhooks = sessions.get(name)?.config.webhooks ?? [];
      const body = JSON.stringify({
        id: `evt_${randomBytes(8).toString('hex')}`,
        timestamp: Date.now(),
        event,
        session: name,
        me: sessions.get(name)?.me,
        payload,
        engine: server.engine,
      });
      return Promise.all(
        webhooks
          .filter(({ events }) => events.includes(event))
          .map(({ url: address, hmac }) =>
            fetch(address, {
              method: 'POST',
              headers: { 'Content-Type': 'application/json', ...(hmac && wahaSigned(body, hmac.key)) },
              body,
            }),
          ),
      );
    },
    report(id, ack) {
      const message = messages.find((one) => one.id === id);
      if (message === undefined) throw new Error(`${id} was not sent.`);
      return server.tell(message.session, 'message.ack', {
        id: serialized(message),
        from: message.chatId,
        fromMe: true,
        ack,
        ackName: { '-1': 'ERROR', 1: 'SERVER', 2: 'DEVICE', 3: 'READ', 4: 'PLAYED' }[ack],
      });
    },
    close: () => app.close(),
  };
  return server;
}

/** A session that is signed in goes on at once; another shows a code. */
function begin(session: WahaSession): void {
  session.starts += 1;
  session.status = session.me === null ? 'SCAN_QR_CODE' : 'WORKING';
}

function serialized({ chatId, id }: WahaMessage): string {
  return `true_${chatId}_${id}`;
}

/** waha.devlike.pro/docs/how-to/events, "HMAC authentication" */
export function wahaSigned(body: string | Buffer, key: string): Record<string, string> {
  return {
    'x-webhook-hmac': createHmac('sha512', key).update(body).digest('hex'),
    'x-webhook-hmac-algorithm': 'sha512',
  };
}

function wrongStatus(reply: FastifyReply, { name, status }: WahaSession, expected: string): FastifyReply {
  return reply.code(422).send({
    error: 'Session status is not as expected. Try again later or restart the session',
    session: name,
    status,
    expected: [expected],
  });
}

function notFound(reply: FastifyReply): FastifyReply {
  return refuse(reply, 404, 'Session not found', 'Not Found');
}

function refuse(
  reply: FastifyReply,
  status: number,
  message: string | string[],
  error?: string,
): FastifyReply {
  return reply.code(status).send({ message, ...(error !== undefined && { error }), statusCode: status });
}
