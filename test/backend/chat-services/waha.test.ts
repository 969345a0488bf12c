import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { definitionsOf } from '../../../src/backend/chat-services/definitions.js';
import type { StatusReport } from '../../../src/backend/chat-services/chat-service.js';
import {
  ConnectError,
  type ChatServiceDefinition,
  type ConnectedAccount,
  type ConnectedService,
  type QrMethod,
} from '../../../src/backend/chat-services/definition.js';
import { startFaultyProxy } from '../../support/faulty-proxy.js';
import { png as picture } from '../../support/pictures.js';
import { startWahaServer, wahaKey, type WahaServer } from '../../support/waha-server.js';
import { listen, type Listener } from './listener.js';

function definitionAt({
  url,
  timeout,
  wrongKey,
}: {
  url: string;
  timeout?: number;
  wrongKey?: true;
}): ChatServiceDefinition & { qr: QrMethod } {
  const apiKey = wrongKey === true ? 'another-waha-key' : wahaKey;
  const definition = definitionsOf(
    [{ name: 'waha', url, apiKey }],
    timeout === undefined ? {} : { timeout },
  ).get('waha');
  if (definition?.qr === undefined) throw new Error('WAHA is not in the registry.');
  return { ...definition, qr: definition.qr };
}

/** Somebody connects a phone. */
async function connect(
  server: WahaServer,
  { phone = '+15550999', name = 'Ours' } = {},
): Promise<ConnectedAccount> {
  const { qr } = definitionAt({ url: server.url });
  const memory = await qr.begin({ id: randomUUID() });
  server.scan(memory['session'] ?? '', phone, name);
  const polled = await qr.poll(memory);
  if (polled.state !== 'connected') throw new Error('The phone is not connected.');
  return polled.account;
}

const png = (): Buffer => picture({ width: 8, height: 8 });

describe('WAHA', () => {
  let server: WahaServer;
  let listener: Listener;

  beforeAll(async () => {
    server = await startWahaServer();
    listener = await listen();
  });

  afterAll(async () => {
    await server.close();
    await listener.close();
  });

  beforeEach(() => {
    Object.assign(server, { engine: 'GOWS', onlyDefault: false, noFiles: false, clockAhead: 0 });
    server.codeInstead = undefined;
  });

  let numbers = 0;

  const message = (text = 'Hello'): { to: string; text: string; idempotencyKey: string } => {
    numbers += 1;
    return { to: `+1555020${1000 + numbers}`, text, idempotencyKey: randomUUID() };
  };
  const open = async (): Promise<{ service: ConnectedService; session: string; hmacKey: string }> => {
    const { credentials } = await connect(server);
    const service = definitionAt({ url: server.url }).open(credentials);
    return { service, session: credentials['session'] ?? '', hmacKey: credentials['hmacKey'] ?? '' };
  };

  describe('connecting a phone', () => {
    test('begins a session that is named after the attempt', async () => {
      const id = randomUUID();
      const memory = await definitionAt({ url: server.url }).qr.begin({ id });
      expect(memory).toEqual({
        session: `pm-${id}`,
        hmacKey: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      });
      expect(server.sessions.get(`pm-${id}`)).toMatchObject({ status: 'SCAN_QR_CODE' });
    });

    test('tells whose phone it is', async () => {
      const account = await connect(server, { phone: '+15550123', name: 'Ann’s shop' });
      expect(account).toMatchObject({ key: '+15550123', name: 'Ann’s shop', phone: '+15550123' });
    });

    test('calls a phone without a name by its number', async () => {
      expect(await connect(server, { phone: '+15550124', name: ' ' })).toMatchObject({ name: '+15550124' });
    });

    test.each(['FAILED', 'STOPPED'] as const)('starts a session anew that is %s', async (status) => {
      const { qr } = definitionAt({ url: server.url });
      const memory = await qr.begin({ id: randomUUID() });
      await server.move(memory['session'] ?? '', status);
      expect(await qr.poll(memory)).toEqual({ state: 'waiting', code: undefined });
      expect(await qr.poll(memory)).toMatchObject({
        state: 'waiting',
        code: { png: expect.any(Buffer) as Buffer },
      });
      expect(server.sessions.get(memory['session'] ?? '')?.starts).toBe(2);
    });

    test('waits while a session starts, and while nobody knows whose phone it is', async () => {
      const { qr } = definitionAt({ url: server.url });
      const memory = await qr.begin({ id: randomUUID() });
      for (const status of ['STARTING', 'WORKING'] as const) {
        await server.move(memory['session'] ?? '', status);
        expect(await qr.poll(memory)).toEqual({ state: 'waiting', code: undefined });
      }
    });

    test('waits when the code was scanned just before it was asked for', async () => {
      const proxy = await startFaultyProxy(server.url);
      const { qr } = definitionAt({ url: proxy.url });
      const memory = await qr.begin({ id: randomUUID() });
      const moved = {
        error: 'Session status is not as expected.',
        status: 'STARTING',
        expected: ['SCAN_QR_CODE'],
      };
      proxy.meetAt(
        { method: 'GET', path: /\/auth\/qr/ },
        { answer: { status: 422, body: JSON.stringify(moved) } },
      );
      expect(await qr.poll(memory)).toEqual({ state: 'waiting', code: undefined });
      await proxy.close();
    });

    test.each([
      ['a page', { type: 'text/html', body: '<html></html>' }],
      ['a picture of another kind', { type: 'image/png', body: Buffer.from('GIF89a') }],
      ['nothing', { type: 'image/png', body: '' }],
      ['half a megabyte', { type: 'image/png', body: Buffer.concat([png(), Buffer.alloc(600_000)]) }],
    ])('shows no code that is %s', async (_name, instead) => {
      const { qr } = definitionAt({ url: server.url });
      const memory = await qr.begin({ id: randomUUID() });
      server.codeInstead = instead;
      await expect(qr.poll(memory)).rejects.toMatchObject({ problem: 'service_unavailable' });
      server.codeInstead = undefined;
      expect(await qr.poll(memory)).toMatchObject({ state: 'waiting' });
    });

    test('says in the server’s words that the free version has one session alone', async () => {
      server.onlyDefault = true;
      const begun = definitionAt({ url: server.url }).qr.begin({ id: randomUUID() });
      await expect(begun).rejects.toThrow(/WAHA Core support only 'default' session/);
      await expect(begun).rejects.toBeInstanceOf(ConnectError);
    });

    test('leaves no session behind when nobody heard that it was begun', async () => {
      const proxy = await startFaultyProxy(server.url);
      proxy.meetAt({ method: 'POST', path: /\/api\/sessions$/ }, 'lose_answer');
      const id = randomUUID();
      await expect(definitionAt({ url: proxy.url }).qr.begin({ id })).rejects.toBeInstanceOf(ConnectError);
      expect(server.sessions.has(`pm-${id}`)).toBe(false);
      await proxy.close();
    });
  });

  describe('sending', () => {
    test.each(['WEBJS', 'NOWEB', 'GOWS'] as const)(
      'knows a message again that %s has sent',
      async (engine) => {
        server.engine = engine;
        const { service } = await open();
        const sent = { ...message(), triedSince: new Date() };
        const { id } = await service.send(sent);
        expect(server.messages.at(-1)?.id).toBe(id);
        expect(await service.send(sent)).toEqual({ id });
        expect(server.messages.filter(({ chatId }) => chatId.startsWith(sent.to.slice(1)))).toHaveLength(1);
      },
    );

    test('finds a message whose answer was lost on its way', async () => {
      const { credentials } = await connect(server);
      const proxy = await startFaultyProxy(server.url);
      const service = definitionAt({ url: proxy.url }).open(credentials);
      proxy.meetAt({ method: 'POST', path: /sendText/ }, 'lose_answer', 1);
      const sent = message(' Two lines\r\nof text ');
      const triedSince = new Date();
      await expect(service.send(sent)).rejects.toMatchObject({ kind: 'temporary' });
      const { id } = await service.send({ ...sent, triedSince });
      expect(server.messages.filter(({ chatId }) => chatId === `${sent.to.slice(1)}@c.us`)).toMatchObject([
        { id },
      ]);
      await proxy.close();
    });

    test.each([-90_000, 90_000])('finds it when the clocks are %i ms apart', async (ahead) => {
      server.clockAhead = ahead;
      const { service } = await open();
      const sent = { ...message(), triedSince: new Date() };
      expect(await service.send(sent)).toEqual(await service.send(sent));
    });

    test('finds it behind many others in the same chat', async () => {
      const { service } = await open();
      const sent = message('The first');
      const triedSince = new Date();
      const first = await service.send(sent);
      await Promise.all(
        Array.from({ length: 120 }, (_, i) => service.send({ ...sent, text: `Another, ${i}` })),
      );
      expect(await service.send({ ...sent, triedSince })).toEqual(first);
    });

    test('sends the same text again that went out before the attempts began', async () => {
      const { service } = await open();
      const sent = message();
      const first = await service.send(sent);
      const later = await service.send({ ...sent, triedSince: new Date(Date.now() + 60_000) });
      expect(later).not.toEqual(first);
    });

    test('does not send when the messages of the chat cannot be read', async () => {
      const { credentials } = await connect(server);
      const proxy = await startFaultyProxy(server.url);
      const service = definitionAt({ url: proxy.url }).open(credentials);
      proxy.meetAt({ method: 'GET', path: /\/messages/ }, { answer: { status: 200, body: '<html></html>' } });
      const sent = { ...message(), triedSince: new Date() };
      await expect(service.send(sent)).rejects.toMatchObject({ kind: 'temporary' });
      expect(server.messages.filter(({ chatId }) => chatId.startsWith(sent.to.slice(1)))).toEqual([]);
      await proxy.close();
    });

    test('tells that a number is not on WhatsApp', async () => {
      const { service } = await open();
      const sent = message();
      server.strangers.add(sent.to.slice(1));
      await expect(service.send(sent)).rejects.toMatchObject({ kind: 'permanent', reason: 'not_on_service' });
    });

    test('writes to the chat that WhatsApp has for the number', async () => {
      const { service } = await open();
      const sent = message();
      server.chats.set(sent.to.slice(1), '777@lid');
      const first = await service.send(sent);
      expect(server.messages.at(-1)).toMatchObject({ chatId: '777@lid', ...first });
      expect(await service.send({ ...sent, triedSince: new Date(0) })).toEqual(first);
    });

    test('may go later when the session starts, and not before somebody signs in when it was signed out', async () => {
      const { service, session } = await open();
      await server.move(session, 'STARTING');
      await expect(service.send(message())).rejects.toMatchObject({ kind: 'temporary' });
      await expect(service.check()).rejects.toMatchObject({ kind: 'temporary' });
      await server.move(session, 'FAILED');
      await expect(service.send(message())).rejects.toMatchObject({ kind: 'not_connected' });
      await expect(service.check()).rejects.toMatchObject({ kind: 'not_connected' });
    });

    test.each([
      ['picture', 'https://files.example.com/a/shelf.PNG', 'image/png'],
      ['video', 'https://files.example.com/film', 'video/mp4'],
      ['voice', 'https://files.example.com/note.ogg', 'audio/ogg; codecs=opus'],
      ['audio', 'https://files.example.com/song.mp3?x=1', 'audio/mpeg'],
      ['sticker', 'https://files.example.com/s.webp', 'image/webp'],
      ['file', 'https://files.example.com/data', 'application/octet-stream'],
    ] as const)('sends a %s by its address', async (kind, url, mimetype) => {
      const { service } = await open();
      const { id } = await service.send({ ...message('With words'), media: { kind, url } });
      expect(server.messages.at(-1)).toMatchObject({ id, body: 'With words', file: { url, mimetype } });
      await service.send({ ...message(''), media: { kind, url, fileName: 'offer.pdf' } });
      expect(server.messages.at(-1)).toMatchObject({
        body: '',
        file: { filename: 'offer.pdf', mimetype: 'application/pdf' },
      });
    });

    test('sends the link where the version takes no files, once', async () => {
      server.noFiles = true;
      const { service } = await open();
      const url = 'https://files.example.com/shelf.png';
      const sent = {
        ...message('With words'),
        media: { kind: 'picture', url } as const,
        triedSince: new Date(),
      };
      const first = await service.send(sent);
      expect(server.messages.at(-1)).toMatchObject({ body: `With words\n${url}`, file: null });
      expect(await service.send(sent)).toEqual(first);
      await service.send({ ...message(''), media: sent.media });
      expect(server.messages.at(-1)).toMatchObject({ body: url, file: null });
    });
  });

  describe('its webhook', () => {
    const hookUrl = (): string => `${listener.origin}/channels/${randomUUID()}/hook`;

    test('is signed as the documentation signs its example', () => {
      const body = Buffer.from('{"event":"message","session":"default","engine":"WEBJS"}');
      const signature =
        '208f8a55dde9e05519e898b10b89bf0d0b3b0fdf11fdbf09b6b90476301b98d8097c462b2b17a6ce93b6b47a136cf2e78a33a63f6752c2c1631777076153fa89';
      const service = definitionAt({ url: server.url }).open({
        session: 'default',
        hmacKey: 'my-secret-key',
      });
      const report = (headers: StatusReport['headers']): StatusReport => ({ url: '', headers, body });
      expect(service.readHook(report({ 'x-webhook-hmac': signature }))).toEqual([]);
      expect(
        service.readHook(report({ 'x-webhook-hmac': signature, 'x-webhook-hmac-algorithm': 'sha512' })),
      ).toEqual([]);
      expect(
        service.readHook(report({ 'x-webhook-hmac': signature, 'x-webhook-hmac-algorithm': 'sha1' })),
      ).toBeUndefined();
      expect(service.readHook(report({ 'x-webhook-hmac': signature.replace('2', '3') }))).toBeUndefined();
    });

    test('takes no signature by an empty key', () => {
      const service = definitionAt({ url: server.url }).open({ session: 'default' });
      const body = Buffer.from('{}');
      const signature = createHmac('sha512', '').update(body).digest('hex');
      expect(service.readHook({ url: '', headers: { 'x-webhook-hmac': signature }, body })).toBeUndefined();
    });

    test('is set beside those of others, and the session starts once for it', async () => {
      const { service, session, hmacKey } = await open();
      const theirs = { url: 'https://example.com/theirs', events: ['message'] };
      Object.assign(server.sessions.get(session) ?? {}, { config: { webhooks: [theirs], debug: true } });
      const [before, address] = [server.sessions.get(session)?.starts ?? 0, hookUrl()];
      await service.listen(address);
      await service.listen(address);
      expect(server.sessions.get(session)).toMatchObject({
        starts: before + 1,
        config: { debug: true, webhooks: [theirs, { url: address, hmac: { key: hmacKey } }] },
      });
      const another = hookUrl();
      await service.listen(another);
      expect(server.sessions.get(session)?.config.webhooks?.map(({ url }) => url)).toEqual([
        theirs.url,
        another,
      ]);
    });

    /** What a call with this payload is read as. */
    const told = async (
      event: string,
      payload: object,
    ): Promise<Awaited<ReturnType<ConnectedService['readHook']>>> => {
      const { service, session } = await open();
      const address = hookUrl();
      await service.listen(address);
      await server.tell(session, event, payload);
      const report = listener.reports.findLast(({ url }) => url === address);
      if (report === undefined) throw new Error('No call has come.');
      return service.readHook(report);
    };

    const incoming = (more: object): object => ({
      id: 'false_15550300@c.us_3EB0',
      timestamp: 1_700_000_000,
      from: '15550300@c.us',
      fromMe: false,
      to: '15550999@c.us',
      body: 'Hi',
      hasMedia: false,
      ...more,
    });

    test.each([
      ['WEBJS', { notifyName: 'Ann' }],
      ['NOWEB', { pushName: 'Ann' }],
      ['GOWS', { Info: { PushName: 'Ann' } }],
    ])('tells what was written and by whom (%s)', async (_engine, data) => {
      expect(await told('message', incoming({ _data: data }))).toEqual([
        {
          kind: 'message',
          id: 'false_15550300@c.us_3EB0',
          from: '+15550300',
          name: 'Ann',
          at: new Date(1_700_000_000_000),
          text: 'Hi',
        },
      ]);
    });

    test.each([
      ['our own', { fromMe: true }],
      ['of a group', { from: '1203630@g.us' }],
      ['of a channel', { from: '1203630@newsletter' }],
      ['a story', { from: 'status@broadcast' }],
      ['empty', { body: '' }],
      ['without a time', { timestamp: null }],
      ['without an id', { id: null }],
      ['from nobody', { from: null }],
    ])('tells nothing of a message that is %s', async (_name, more) => {
      expect(await told('message', incoming(more))).toEqual([]);
    });

    test.each([
      ['NOWEB', { key: { remoteJidAlt: '15550301@s.whatsapp.net' } }],
      ['an older NOWEB', { key: { senderPn: '15550301@s.whatsapp.net' } }],
      ['GOWS', { Info: { SenderAlt: '15550301:7@s.whatsapp.net' } }],
    ])('knows a hidden number from what %s adds', async (_engine, data) => {
      const events = await told('message', incoming({ from: '4711@lid', _data: data }));
      expect(events).toMatchObject([{ from: '+15550301', text: 'Hi' }]);
    });

    test('asks the session for a hidden number, and tells nothing when WhatsApp has not told it', async () => {
      server.lids.set('4712@lid', '15550302@c.us');
      expect(await told('message', incoming({ from: '4712@lid' }))).toMatchObject([{ from: '+15550302' }]);
      expect(await told('message', incoming({ from: '4713@lid' }))).toEqual([]);
    });

    test('wants to be called again when the session cannot be asked for a hidden number', async () => {
      const { service, session } = await open();
      const address = hookUrl();
      await service.listen(address);
      await server.tell(session, 'message', incoming({ from: '4714@lid' }));
      const report = listener.reports.findLast(({ url }) => url === address);
      await server.move(session, 'STARTING');
      await expect(service.readHook(report as StatusReport)).rejects.toMatchObject({ kind: 'temporary' });
    });

    test.each([
      [
        'a place',
        { location: { latitude: '1.5', longitude: -2, description: 'Shop' } },
        'Shop\nhttps://www.google.com/maps?q=1.5,-2',
      ],
      [
        'a card',
        {
          vCards: [
            'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jane Doe\r\nTEL;type=CELL;waid=15550303:+1 555-0303\r\nEND:VCARD',
          ],
        },
        'Jane Doe\n+1 555-0303',
      ],
      [
        'a file that was not kept',
        { hasMedia: true, media: { url: null, mimetype: 'image/jpeg' } },
        '[image/jpeg]',
      ],
    ])('puts %s into words', async (_name, more, text) => {
      expect(await told('message', incoming({ body: '', ...more }))).toMatchObject([{ text }]);
    });

    test.each([
      ['image/jpeg', {}, 'picture'],
      ['image/webp', { type: 'sticker' }, 'sticker'],
      ['video/mp4', {}, 'video'],
      ['audio/ogg; codecs=opus', {}, 'voice'],
      ['audio/mpeg', {}, 'audio'],
      ['application/pdf', {}, 'file'],
    ])('passes a file of type %s on', async (mimetype, data, kind) => {
      const media = { url: 'http://localhost:3000/api/files/x/a.bin', mimetype, filename: 'a.bin' };
      expect(await told('message', incoming({ body: '', hasMedia: true, media, _data: data }))).toMatchObject(
        [{ media: { kind, ref: '/api/files/x/a.bin', fileName: 'a.bin' } }],
      );
    });

    test('passes on the address of a file that anybody can fetch, and none that only a neighbour can', async () => {
      const at = (url: string): object => incoming({ hasMedia: true, media: { url, mimetype: 'image/png' } });
      const s3 = 'https://bucket.example.com/a.png?X-Amz-Signature=1';
      expect(await told('message', at(s3))).toMatchObject([{ text: 'Hi', media: { url: s3 } }]);
      const [event] = (await told('message', at('http://169.254.169.254/latest'))) ?? [];
      expect(event).toMatchObject({ text: 'Hi' });
      expect(event).not.toHaveProperty('media');
    });

    test('fetches a file with our key, and says when it is gone', async () => {
      const { service } = await open();
      server.files.set('x/a.jpg', Buffer.from('bytes'));
      const response = await service.fetchMedia?.('/api/files/x/a.jpg');
      expect(await response?.text()).toBe('bytes');
      await expect(service.fetchMedia?.('/api/files/x/b.jpg')).rejects.toMatchObject({ kind: 'permanent' });
      for (const detour of ['/api/files/../sessions', '/api/files/%2e%2e/sessions', '/api/sessions']) {
        await expect(service.fetchMedia?.(detour)).rejects.toMatchObject({ reason: 'internal' });
      }
      expect(server.asked).not.toContain('GET /api/sessions');
    });

    test.each([
      [-1, 'failed'],
      [1, 'sent'],
      [2, 'delivered'],
      [3, 'read'],
      [4, 'read'],
    ] as const)('tells how far a message is (%i)', async (ack, state) => {
      const payload = { id: 'true_4711@lid_3EB0AA', fromMe: true, ack };
      expect(await told('message.ack', payload)).toMatchObject([{ kind: 'status', id: '3EB0AA', state }]);
    });

    test.each([{ ack: 0 }, { ack: 'READ' }, { id: null }, { fromMe: false }])(
      'tells nothing of how far a message is with %j',
      async (more) => {
        const payload = { id: 'true_1@c.us_3EB0AA', fromMe: true, ack: 2, ...more };
        expect(await told('message.ack', payload)).toEqual([]);
      },
    );

    test.each([
      ['FAILED', [{ kind: 'signed_out' }]],
      ['SCAN_QR_CODE', [{ kind: 'signed_out' }]],
      ['STOPPED', []],
      ['STARTING', []],
      ['WORKING', []],
    ])('tells what it means that a session is %s', async (status, events) => {
      expect(await told('session.status', { name: 'x', status })).toEqual(events);
    });

    test('tells nothing of another session that has the same key', async () => {
      const { service, session, hmacKey } = await open();
      const address = hookUrl();
      await service.listen(address);
      await server.tell(session, 'message', incoming({}));
      const report = listener.reports.findLast(({ url }) => url === address) as StatusReport;
      const other = definitionAt({ url: server.url }).open({ session: 'other', hmacKey });
      expect(await service.readHook(report)).toHaveLength(1);
      expect(await other.readHook(report)).toEqual([]);
    });

    test('is gone with the session when the channel is disconnected, which may happen twice', async () => {
      const { service, session } = await open();
      await service.disconnect(hookUrl());
      await service.disconnect(hookUrl());
      expect(server.sessions.has(session)).toBe(false);
    });
  });
});
