import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startFaultyProxy } from '../../../support/faulty-proxy.js';
import { startWahaServer, type WahaServer } from '../../../support/waha-server.js';
import { connect, definitionAt, open as openAt } from './support.js';

describe('Sending through WAHA', () => {
  let server: WahaServer;

  beforeAll(async () => {
    server = await startWahaServer();
  });

  afterAll(() => server.close());

  beforeEach(() => {
    Object.assign(server, { engine: 'GOWS', noFiles: false, clockAhead: 0 });
  });

  let numbers = 0;

  const message = (text = 'Hello'): { to: string; text: string; idempotencyKey: string } => {
    numbers += 1;
    return { to: `+1555020${1000 + numbers}`, text, idempotencyKey: randomUUID() };
  };

  const open = (): ReturnType<typeof openAt> => openAt(server);

  test.each(['WEBJS', 'NOWEB', 'GOWS'] as const)('knows a message again that %s has sent', async (engine) => {
    server.engine = engine;
    const { service } = await open();
    const sent = { ...message(), triedSince: new Date() };
    const { id } = await service.send(sent);
    expect(server.messages.at(-1)?.id).toBe(id);
    expect(await service.send(sent)).toEqual({ id });
    expect(server.messages.filter(({ chatId }) => chatId.startsWith(sent.to.slice(1)))).toHaveLength(1);
  });

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
