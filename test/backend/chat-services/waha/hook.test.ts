import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StatusReport } from '../../../../src/backend/chat-services/chat-service.js';
import type { ConnectedService } from '../../../../src/backend/chat-services/definition.js';
import { startWahaServer, type WahaServer } from '../../../support/waha-server.js';
import { listen, type Listener } from '../listener.js';
import { definitionAt, open as openAt } from './support.js';

describe('The webhook of WAHA', () => {
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

  const open = (): ReturnType<typeof openAt> => openAt(server);

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
    expect(await told('message', incoming({ body: '', hasMedia: true, media, _data: data }))).toMatchObject([
      { media: { kind, ref: '/api/files/x/a.bin', fileName: 'a.bin' } },
    ]);
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
