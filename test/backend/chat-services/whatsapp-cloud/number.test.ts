import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OutgoingMessage } from '../../../../src/backend/chat-services/chat-service.js';
import type { ConnectedService } from '../../../../src/backend/chat-services/definition.js';
import { startFaultyProxy } from '../../../support/faulty-proxy.js';
import { hubSigned, startGraphServer, type GraphServer } from '../../../support/graph-server.js';
import { definitionAt, open } from './support.js';

describe('A number of WhatsApp Business', () => {
  let server: GraphServer;

  beforeAll(async () => {
    server = await startGraphServer();
  });

  afterAll(() => server.close());

  beforeEach(() => {
    server.fileUrl = undefined;
  });

  const message = (more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
    to: '+15550100',
    text: 'Hello',
    idempotencyKey: randomUUID(),
    ...more,
  });

  test('says for whom it is and what it is of ours', async () => {
    const { service, account } = await open(server);
    const sent = message();
    const { id } = await service.send(sent);
    expect(server.messages.at(-1)).toEqual({
      id,
      from: account.key,
      to: '15550100',
      type: 'text',
      content: { body: 'Hello' },
      callbackData: sent.idempotencyKey,
    });
  });

  test('sends a template with what its placeholders stand for', async () => {
    const { service } = await open(server);
    const template = { name: 'order_ready', language: 'pt_BR', parameters: ['Ann', '№ 7'] };
    await service.send(message({ template }));
    expect(server.messages.at(-1)).toMatchObject({
      type: 'template',
      content: {
        name: 'order_ready',
        language: { code: 'pt_BR' },
        components: [
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'Ann' },
              { type: 'text', text: '№ 7' },
            ],
          },
        ],
      },
    });
    await service.send(message({ template: { name: 'hello_world', language: 'en_US', parameters: [] } }));
    expect(server.messages.at(-1)?.content).toEqual({ name: 'hello_world', language: { code: 'en_US' } });
  });

  const link = 'https://files.example.com/a.bin';
  test.each([
    ['picture', 'Words', 'image', { link, caption: 'Words' }],
    ['picture', '', 'image', { link }],
    ['video', 'Words', 'video', { link, caption: 'Words' }],
    ['file', 'Words', 'document', { link, caption: 'Words', filename: 'a.bin' }],
    ['audio', '', 'audio', { link }],
    ['voice', '', 'audio', { link }],
    ['sticker', '', 'sticker', { link }],
    ['voice', 'Words', 'text', { body: `Words\n${link}` }],
    ['sticker', 'Words', 'text', { body: `Words\n${link}` }],
  ] as const)('sends a %s with the words "%s" as %s', async (kind, text, type, content) => {
    const { service } = await open(server);
    await service.send(message({ text, media: { kind, url: link, fileName: 'a.bin' } }));
    expect(server.messages.at(-1)).toMatchObject({ type, content });
    expect(server.messages.at(-1)?.content).toEqual(content);
  });

  test('waits for Meta’s report before it sends a message again of which nobody saw the end', async () => {
    const { account } = await open(server);
    const triedSince = new Date('2026-01-01T12:00:00Z');
    const sent = message({ triedSince });
    const at = (seconds: number): ConnectedService =>
      definitionAt({ url: server.url, now: () => new Date(triedSince.getTime() + seconds * 1000) }).open(
        account.credentials,
      );
    const before = server.messages.length;
    await expect(at(0.5).send(sent)).rejects.toMatchObject({ kind: 'temporary', retryAfter: 60 });
    await expect(at(45).send(sent)).rejects.toMatchObject({ kind: 'temporary', retryAfter: 15 });
    expect(server.messages).toHaveLength(before);
    const { id } = await at(60).send(sent);
    expect(server.messages.slice(before)).toMatchObject([{ id, callbackData: sent.idempotencyKey }]);
  });

  test('is told in a report what was taken when its answer was lost', async () => {
    const { account, service } = await open(server);
    const proxy = await startFaultyProxy(server.url);
    proxy.meet('lose_answer');
    const sent = message();
    const lost = definitionAt(proxy).open(account.credentials).send(sent);
    await expect(lost).rejects.toMatchObject({ kind: 'temporary' });
    const taken = server.messages.at(-1);
    const body = Buffer.from(
      JSON.stringify({
        entry: [
          {
            changes: [
              {
                field: 'messages',
                value: {
                  metadata: { phone_number_id: account.key },
                  statuses: [
                    { id: taken?.id, status: 'sent', biz_opaque_callback_data: taken?.callbackData },
                  ],
                },
              },
            ],
          },
        ],
      }),
    );
    expect(service.readHook({ url: '', headers: hubSigned(body), body })).toEqual([
      { kind: 'status', id: taken?.id, key: sent.idempotencyKey, state: 'sent' },
    ]);
    await proxy.close();
  });

  test('is not connected when its number is not ours any more', async () => {
    const { account } = await open(server);
    const service = definitionAt(server).open({ ...account.credentials, phoneNumberId: '1999' });
    await expect(service.send(message())).rejects.toMatchObject({ kind: 'not_connected', code: '100' });
    await expect(service.describe()).rejects.toMatchObject({ kind: 'not_connected' });
  });

  test('shows Meta that the token is with us', async () => {
    const { account } = await open(server);
    const other = { appSecret: '2c'.repeat(16) };
    const service = definitionAt({ url: server.url, ...other }).open(account.credentials);
    await expect(service.describe()).rejects.toThrow(/appsecret_proof/);
  });

  test('is heard of as long as another number of the account is connected', async () => {
    const { service, wabaId, account } = await open(server);
    await service.listen('https://example.com/hook');
    const other = server.add(wabaId);
    await service.disconnect('https://example.com/hook');
    expect(server.subscribed.has(wabaId)).toBe(true);
    server.numbers.splice(server.numbers.indexOf(other), 1);
    await definitionAt(server).open(account.credentials).disconnect('https://example.com/hook');
    expect(server.subscribed.has(wabaId)).toBe(false);
  });

  test('fetches a file with the token, and says when it is gone', async () => {
    const { service } = await open(server);
    const id = server.keep(Buffer.from('bytes'), 'image/jpeg');
    expect(await (await service.fetchMedia?.(id))?.text()).toBe('bytes');
    await expect(service.fetchMedia?.('123')).rejects.toMatchObject({ kind: 'permanent' });
  });

  test.each(['ftp://files.example.com/x', 'data:text/plain,x', 'none'])(
    'does not go with the token to %s',
    async (address) => {
      const { service } = await open(server);
      server.fileUrl = address;
      const id = server.keep(Buffer.from('bytes'), 'image/jpeg');
      await expect(service.fetchMedia?.(id)).rejects.toMatchObject({ kind: 'temporary' });
    },
  );
});
