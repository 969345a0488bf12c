import { randomUUID } from 'node:crypto';
import { startWahaServer, wahaKey, wahaSigned, type WahaServer } from '../../../support/waha-server.js';
import { describeChatService } from '../service/describe-chat-service.js';
import type { Refused } from '../service/under-test.js';
import { describeDefinition } from '../definition/describe-definition.js';
import { connect, definitionAt } from './support.js';

const phone = '+15550999';
const anotherKey = 'another-waha-key';
const acks = { failed: -1, delivered: 2, read: 3 } as const;

function refused(status: number, message: string, kind: Refused['kind'], reason: Refused['reason']): Refused {
  const body = JSON.stringify({ statusCode: status, message: `${message} "{text}" to {to} with ${wahaKey}` });
  return { answer: { status, body }, kind, reason, code: String(status) };
}

function wrongStatus(status: string, kind: Refused['kind'], reason: Refused['reason']): Refused {
  const body = JSON.stringify({ error: 'Session status is not as expected.', session: 'x', status });
  return { answer: { status: 422, body }, kind, reason, code: status };
}

const takenBy = (server: WahaServer): { to: string; text: string; media?: string | undefined }[] =>
  server.messages.map(({ chatId, body, file }) => ({
    to: `+${chatId.replace('@c.us', '')}`,
    text: body,
    media: file?.url,
  }));

describeChatService({
  title: 'WAHA',
  honoursKeys: false,
  secrets: [wahaKey, anotherKey],
  signatureHeader: 'x-webhook-hmac',
  words: { delivered: 'DEVICE', read: 'READ', failed: 'ERROR' },
  refusals: {
    'a wrong key': refused(401, 'Unauthorized', 'not_connected', 'not_connected'),
    'a session that it does not have': refused(404, 'Session not found', 'not_connected', 'not_connected'),
    'a session that starts': wrongStatus('STARTING', 'temporary', 'service_unavailable'),
    'a session that was signed out': wrongStatus('SCAN_QR_CODE', 'not_connected', 'not_connected'),
    'a session that has failed': wrongStatus('FAILED', 'not_connected', 'not_connected'),
    'a session that was stopped': wrongStatus('STOPPED', 'not_connected', 'not_connected'),
    'a field that is wrong': refused(400, 'text must be a string', 'permanent', 'service_refused'),
    'what it does not do': {
      answer: { status: 501, body: '{"statusCode":501,"message":"The method is not implemented by WEBJS"}' },
      kind: 'permanent',
      reason: 'service_refused',
    },
    'too many requests': refused(429, 'Too many', 'temporary', 'service_unavailable'),
    'trouble of its own': refused(500, 'Evaluation failed', 'temporary', 'service_unavailable'),
    'no access, in a page': {
      answer: { status: 401, body: '<h1>Who are you?</h1>' },
      kind: 'not_connected',
      reason: 'not_connected',
    },
  },
  async start() {
    const server = await startWahaServer();
    const { credentials } = await connect(server);
    const stranger = { ...credentials, hmacKey: 'another-hmac-key' };
    return {
      url: server.url,
      adapter: ({ wrongKey, ...at }) =>
        wrongKey === true
          ? definitionAt({ ...at, apiKey: anotherKey }).open(stranger)
          : definitionAt(at).open(credentials),
      taken: () => takenBy(server),
      async report(id, status, hookUrl) {
        await definitionAt({ url: server.url }).open(credentials).listen(hookUrl);
        await server.report(id, acks[status]);
      },
      close: () => server.close(),
    };
  },
});

describeDefinition({
  title: 'WAHA',
  secrets: [wahaKey],
  signatureHeader: 'x-webhook-hmac',
  has: { oauth: false, qr: true, apiKey: false, media: 'ref', signOut: true, appHook: false },
  async start() {
    const server = await startWahaServer();
    const everySession = (): string[] => [...server.sessions.keys()];
    return {
      url: server.url,
      definition: definitionAt,
      connect: () => connect(server),
      wrongCredentials: { session: 'pm-gone', hmacKey: 'another-hmac-key' },
      taken: () => takenBy(server),
      async write({ from, name, text, media }) {
        if (media) server.files.set(`all/${media.fileName}`, media.bytes);
        const payload = {
          id: `false_${from.slice(1)}@c.us_${randomUUID().replaceAll('-', '').toUpperCase()}`,
          timestamp: Math.floor(Date.now() / 1000),
          from: `${from.slice(1)}@c.us`,
          fromMe: false,
          to: `${phone.slice(1)}@c.us`,
          body: text,
          hasMedia: media !== undefined,
          media: media && {
            url: `http://localhost:3000/api/files/all/${media.fileName}`,
            mimetype: media.type,
            filename: media.fileName,
          },
          _data: { notifyName: name },
        };
        for (const session of everySession()) await server.tell(session, 'message', payload);
      },
      report: (id, status) => server.report(id, acks[status]),
      sign: ({ account, body }) => wahaSigned(body, account.credentials['hmacKey'] ?? ''),
      nonsense: ['{"event":"message"}', '{"session":"pm-gone","event":"message","payload":{}}'],
      signOut: ({ credentials }) => server.move(credentials['session'] ?? '', 'SCAN_QR_CODE'),
      qr: {
        scan: (code) => {
          const { name } = server.showing(pictureIn(code));
          server.scan(name, phone, 'Ours');
          return Promise.resolve();
        },
        expire: (code) => {
          server.showing(pictureIn(code)).codes += 1;
          return Promise.resolve();
        },
      },
      close: () => server.close(),
    };
  },
});

function pictureIn(code: { png: Buffer } | { text: string }): Buffer {
  if ('text' in code) throw new Error('The code is no picture.');
  return code.png;
}
