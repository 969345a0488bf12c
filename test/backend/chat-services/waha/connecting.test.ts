import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ConnectError } from '../../../../src/backend/chat-services/definition.js';
import { startFaultyProxy } from '../../../support/faulty-proxy.js';
import { png as picture } from '../../../../scripts/validate/examples/pictures.js';
import { startWahaServer, type WahaServer } from '../../../support/waha-server.js';
import { connect, definitionAt } from './support.js';

const png = (): Buffer => picture({ width: 8, height: 8 });

describe('Connecting a phone through WAHA', () => {
  let server: WahaServer;

  beforeAll(async () => {
    server = await startWahaServer();
  });

  afterAll(() => server.close());

  beforeEach(() => {
    server.onlyDefault = false;
    server.codeInstead = undefined;
  });

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
