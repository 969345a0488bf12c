import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { definitionsOf } from '../../../src/backend/chat-services/definitions.js';
import type { OutgoingMessage } from '../../../src/backend/chat-services/chat-service.js';
import type {
  AppHook,
  ChatServiceDefinition,
  ConnectedAccount,
  ConnectedService,
  OAuthMethod,
} from '../../../src/backend/chat-services/definition.js';
import { startFaultyProxy } from '../../support/faulty-proxy.js';
import { graphApp, hubSigned, startGraphServer, type GraphServer } from '../../support/graph-server.js';

const redirectUri = 'http://127.0.0.1:9/chat-services/whatsapp-cloud/callback';

type Definition = ChatServiceDefinition & { readonly oauth: OAuthMethod; readonly appHook: AppHook };

function definitionAt(
  url: string,
  { now, ...app }: Partial<typeof graphApp> & { now?: () => Date } = {},
): Definition {
  const config = { ...graphApp, ...app, graphUrl: url, dialogUrl: url, name: 'whatsapp-cloud' } as const;
  const definition = definitionsOf([config], now ? { now } : {}).get('whatsapp-cloud');
  const { oauth, appHook } = definition ?? {};
  if (definition === undefined || oauth === undefined || appHook === undefined) {
    throw new Error('WhatsApp is not in the registry.');
  }
  return { ...definition, oauth, appHook };
}

describe('WhatsApp Business', () => {
  let server: GraphServer;
  let accounts = 0;

  beforeAll(async () => {
    server = await startGraphServer();
  });

  afterAll(() => server.close());

  beforeEach(() => {
    server.sharing = [];
    server.fileUrl = undefined;
    server.appHookUrl = undefined;
  });

  /** Id of an account that has no numbers yet. */
  const newAccount = (): string => {
    accounts += 1;
    return String(102_290_000_000_000 + accounts);
  };

  const agree = async (definition = definitionAt(server.url)): Promise<URLSearchParams> => {
    const address = definition.oauth.consentUrl({ state: 'state', codeChallenge: 'c', redirectUri });
    const answer = await fetch(address, { redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? '').searchParams;
  };

  const connect = async (
    definition = definitionAt(server.url),
    { address = redirectUri } = {},
  ): Promise<ConnectedAccount> => {
    const query = await agree();
    const code = query.get('code') ?? '';
    return definition.oauth.complete({ code, codeVerifier: 'v', redirectUri: address, query });
  };

  const open = async (): Promise<{
    service: ConnectedService;
    account: ConnectedAccount;
    wabaId: string;
  }> => {
    const wabaId = newAccount();
    server.add(wabaId);
    server.sharing = [wabaId];
    const account = await connect();
    return { service: definitionAt(server.url).open(account.credentials), account, wabaId };
  };

  const message = (more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
    to: '+15550100',
    text: 'Hello',
    idempotencyKey: randomUUID(),
    ...more,
  });

  describe('connecting', () => {
    test('asks for a code with the configuration of the app, and without PKCE', () => {
      const { oauth } = definitionAt('https://www.facebook.com/');
      const url = new URL(oauth.consentUrl({ state: 'abc', codeChallenge: 'challenge', redirectUri }));
      expect(`${url.origin}${url.pathname}`).toBe('https://www.facebook.com/v25.0/dialog/oauth');
      expect(Object.fromEntries(url.searchParams)).toEqual({
        client_id: graphApp.appId,
        redirect_uri: redirectUri,
        state: 'abc',
        config_id: graphApp.configId,
        response_type: 'code',
        override_default_response_type: 'true',
        extras: '{"version":"v4","setup":{}}',
      });
    });

    test('takes the number of the account that was shared', async () => {
      const wabaId = newAccount();
      const number = server.add(wabaId, { shown: '+1 (555) 010-0777', verifiedName: 'Ann’s shop' });
      server.sharing = [wabaId];
      const account = await connect();
      expect(account).toMatchObject({
        key: number.id,
        name: 'Ann’s shop',
        phone: '+15550100777',
        credentials: { phoneNumberId: number.id, wabaId },
      });
      expect(account.credentials).not.toHaveProperty('pin');
      expect(number.pin).toBeUndefined();
      expect(server.subscribed.has(wabaId)).toBe(false);
    });

    test('takes the first account that has a number, and a number that sends before one that does not', async () => {
      const [empty, full] = [newAccount(), newAccount()];
      const idle = server.add(full, { platform: 'NOT_APPLICABLE' });
      const ready = server.add(full, { shown: '+1 555-0778' });
      server.sharing = [empty, full];
      expect(await connect()).toMatchObject({ key: ready.id });
      expect(idle.pin).toBeUndefined();
    });

    test('has a verified number registered when none sends yet, and keeps its PIN', async () => {
      const wabaId = newAccount();
      server.add(wabaId, { platform: 'NOT_APPLICABLE', verification: 'NOT_VERIFIED' });
      const number = server.add(wabaId, { platform: 'NOT_APPLICABLE' });
      server.sharing = [wabaId];
      const { key, credentials } = await connect();
      expect(key).toBe(number.id);
      expect(credentials['pin']).toMatch(/^\d{6}$/);
      expect(number).toMatchObject({ platform: 'CLOUD_API', pin: credentials['pin'] });
    });

    test('tells Meta’s words when the number has another PIN, and not the one we tried', async () => {
      const wabaId = newAccount();
      server.add(wabaId, { platform: 'NOT_APPLICABLE', pin: 'another' });
      server.sharing = [wabaId];
      const failure = expect(connect()).rejects;
      await failure.toMatchObject({
        problem: 'no_sender',
        message: expect.stringMatching(/^PIN … is wrong$/) as string,
      });
    });

    test.each([
      ['no account was shared', []],
      ['the account has no number', ['empty']],
      ['its number is not verified', ['unverified']],
    ])('has nothing to send from when %s', async (_name, shared) => {
      const wabaId = newAccount();
      if (shared[0] === 'unverified') {
        server.add(wabaId, { platform: 'NOT_APPLICABLE', verification: 'NOT_VERIFIED' });
      }
      server.sharing = shared.length === 0 ? [] : [wabaId];
      await expect(connect()).rejects.toMatchObject({ problem: 'no_sender' });
    });

    test('takes no code that was made for another address', async () => {
      await expect(connect(definitionAt(server.url), { address: `${redirectUri}/x` })).rejects.toMatchObject({
        problem: 'expired',
      });
    });

    test.each([
      ['secret', { appSecret: '2c'.repeat(16) }],
      ['id', { appId: '111111111' as typeof graphApp.appId }],
    ])('cannot be helped by the person when the %s of our app is wrong', async (_name, app) => {
      await expect(connect(definitionAt(server.url, app))).rejects.toMatchObject({
        problem: 'service_unavailable',
      });
    });

    test.each(['debug_token', 'phone_numbers'])('may work later when %s is not answered', async (path) => {
      const wabaId = newAccount();
      server.add(wabaId);
      server.sharing = [wabaId];
      const proxy = await startFaultyProxy(server.url);
      const others = '{"data":{"is_valid":true,"app_id":"1","granular_scopes":[]}}';
      for (const body of ['<html></html>', '{"data":7}', '{"data":[{}]}', others]) {
        proxy.clear();
        proxy.meetAt({ method: 'GET', path: new RegExp(path) }, { answer: { status: 200, body } });
        await expect(connect(definitionAt(proxy.url))).rejects.toMatchObject({
          problem: 'service_unavailable',
        });
      }
      await proxy.close();
    });
  });

  describe('sending', () => {
    test('says for whom it is and what it is of ours', async () => {
      const { service, account } = await open();
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
      const { service } = await open();
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
      const { service } = await open();
      await service.send(message({ text, media: { kind, url: link, fileName: 'a.bin' } }));
      expect(server.messages.at(-1)).toMatchObject({ type, content });
      expect(server.messages.at(-1)?.content).toEqual(content);
    });

    test('waits for Meta’s report before it sends a message again of which nobody saw the end', async () => {
      const { account } = await open();
      const triedSince = new Date('2026-01-01T12:00:00Z');
      const sent = message({ triedSince });
      const at = (seconds: number): ConnectedService =>
        definitionAt(server.url, { now: () => new Date(triedSince.getTime() + seconds * 1000) }).open(
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
      const { account, service } = await open();
      const proxy = await startFaultyProxy(server.url);
      proxy.meet('lose_answer');
      const sent = message();
      const lost = definitionAt(proxy.url).open(account.credentials).send(sent);
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
      const { account } = await open();
      const service = definitionAt(server.url).open({ ...account.credentials, phoneNumberId: '1999' });
      await expect(service.send(message())).rejects.toMatchObject({ kind: 'not_connected', code: '100' });
      await expect(service.describe()).rejects.toMatchObject({ kind: 'not_connected' });
    });

    test('shows Meta that the token is with us', async () => {
      const { account } = await open();
      const other = { appSecret: '2c'.repeat(16) };
      const service = definitionAt(server.url, other).open(account.credentials);
      await expect(service.describe()).rejects.toThrow(/appsecret_proof/);
    });
  });

  describe('the webhook of the app', () => {
    const { appHook } = definitionAt('https://graph.facebook.com');
    const asked = (more: Record<string, string>): URLSearchParams =>
      new URLSearchParams({
        'hub.mode': 'subscribe',
        'hub.verify_token': graphApp.verifyToken,
        'hub.challenge': '1158201444',
        ...more,
      });

    test('answers Meta’s question with what it asks to hear, and nobody else', () => {
      expect(appHook.verify(asked({}))).toBe('1158201444');
      expect(appHook.verify(asked({ 'hub.mode': 'unsubscribe' }))).toBeUndefined();
      expect(appHook.verify(asked({ 'hub.verify_token': 'not-a-real-verify-tokem' }))).toBeUndefined();
      expect(appHook.verify(asked({ 'hub.verify_token': '' }))).toBeUndefined();
      expect(appHook.verify(new URLSearchParams())).toBeUndefined();
    });

    test('is signed with the secret of the app, over the body as it came', () => {
      // openssl dgst -sha256 -hmac 0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a
      const digest = '07f5c5f97cc3c3b0357281b1ba6672bccfd8110129c1799e5e4d0307a8d203ce';
      const body = Buffer.from('{"object":"whatsapp_business_account","entry":[]}');
      const read = (signature: string, bytes = body): unknown =>
        appHook.read({ url: '', headers: { 'x-hub-signature-256': signature }, body: bytes });
      expect(read(`sha256=${digest}`)).toEqual([]);
      expect(read(digest)).toBeUndefined();
      expect(read(`sha1=${digest}`)).toBeUndefined();
      expect(read(`sha256=${digest}`, Buffer.concat([body, Buffer.from(' ')]))).toBeUndefined();
      const sha1 = createHmac('sha1', graphApp.appSecret).update(body).digest('hex');
      expect(appHook.read({ url: '', headers: { 'x-hub-signature': `sha1=${sha1}` }, body })).toBeUndefined();
    });

    const read = (...values: readonly object[]): ReturnType<AppHook['read']> => {
      const changes = values.map((value) => ({ field: 'messages', value }));
      const body = Buffer.from(JSON.stringify({ entry: [{ id: '1', changes }] }));
      return appHook.read({ url: '', headers: hubSigned(body), body });
    };

    const incoming = (more: object, value: object = {}): object => ({
      metadata: { phone_number_id: '106540352242922' },
      contacts: [{ profile: { name: 'Ann' }, wa_id: '15550300' }],
      messages: [{ from: '15550300', id: 'wamid.1', timestamp: '1700000000', ...more }],
      ...value,
    });

    /** The one event of a message. */
    const told = (more: object): unknown => read(incoming(more))?.map(({ event }) => event);

    test('tells whom a message is for, who wrote it and what', () => {
      expect(read(incoming({ type: 'text', text: { body: 'Hi <b>' } }))).toEqual([
        {
          key: '106540352242922',
          event: {
            kind: 'message',
            id: 'wamid.1',
            from: '+15550300',
            name: 'Ann',
            at: new Date(1_700_000_000_000),
            text: 'Hi <b>',
          },
        },
      ]);
    });

    test('tells of several accounts in one call', () => {
      const text = { type: 'text', text: { body: 'Hi' } };
      const keys = read(incoming(text), incoming(text, { metadata: { phone_number_id: '2' } }))?.map(
        ({ key }) => key,
      );
      expect(keys).toEqual(['106540352242922', '2']);
    });

    test.each([
      ['image', { id: '7', caption: 'Words' }, { kind: 'picture', ref: '7' }, 'Words'],
      ['video', { id: '7' }, { kind: 'video', ref: '7' }, undefined],
      ['audio', { id: '7' }, { kind: 'audio', ref: '7' }, undefined],
      ['audio', { id: '7', voice: true }, { kind: 'voice', ref: '7' }, undefined],
      ['sticker', { id: '7', animated: false }, { kind: 'sticker', ref: '7' }, undefined],
      ['document', { id: '7', filename: 'a.pdf' }, { kind: 'file', ref: '7', fileName: 'a.pdf' }, undefined],
    ])('passes on what came as %s (%j)', (type, content, media, text) => {
      expect(told({ type, [type]: content })).toEqual([expect.objectContaining({ media })]);
      expect((told({ type, [type]: content }) as { text?: string }[])[0]?.text).toBe(text);
    });

    test.each([
      ['a button of a template', { type: 'button', button: { text: 'Stop', payload: 'x' } }, 'Stop'],
      ['a button', { type: 'interactive', interactive: { button_reply: { id: '1', title: 'Yes' } } }, 'Yes'],
      ['a choice', { type: 'interactive', interactive: { list_reply: { id: '1', title: 'Blue' } } }, 'Blue'],
      ['a form', { type: 'interactive', interactive: { nfm_reply: { body: 'Sent' } } }, 'Sent'],
      [
        'a place',
        { type: 'location', location: { latitude: 1.5, longitude: -2, name: 'Shop', address: 'Main St' } },
        'Shop\nMain St\nhttps://www.google.com/maps?q=1.5,-2',
      ],
      [
        'contacts',
        {
          type: 'contacts',
          contacts: [
            { name: { formatted_name: 'Jane' }, phones: [{ phone: '+1 555-0301' }, {}] },
            { name: { formatted_name: 'Bob' } },
          ],
        },
        'Jane\n+1 555-0301\n\nBob',
      ],
    ])('puts %s into words', (_name, content, text) => {
      expect(told(content)).toEqual([expect.objectContaining({ text })]);
    });

    test.each([
      ['a reaction', { type: 'reaction', reaction: { emoji: '👍' } }],
      ['what Meta does not support', { type: 'unsupported', errors: [{ code: 131051 }] }],
      ['a message of the system', { type: 'system', system: { body: 'changed their number' } }],
      ['a message of a group', { type: 'text', text: { body: 'Hi' }, group_id: 'g' }],
      [
        'somebody without a number',
        { type: 'text', text: { body: 'Hi' }, from: undefined, from_user_id: 'US.1' },
      ],
      ['a picture without an id', { type: 'image', image: {} }],
      ['a place that is none', { type: 'location', location: { latitude: 'x' } }],
      ['an empty text', { type: 'text', text: { body: ' ' } }],
    ])('tells nothing of %s', (_name, content) => {
      expect(told(content)).toEqual([]);
    });

    test.each([
      [{ status: 'sent' }, { state: 'sent' }],
      [
        { status: 'delivered', biz_opaque_callback_data: 'k' },
        { state: 'delivered', key: 'k' },
      ],
      [{ status: 'read' }, { state: 'read' }],
      [{ status: 'played' }, { state: 'read' }],
      [{ status: 'failed' }, { state: 'failed', reason: 'undelivered' }],
      [
        { status: 'failed', errors: [{ code: 131026, title: 'Message undeliverable' }] },
        { state: 'skipped', reason: 'not_on_service', code: '131026', detail: 'Message undeliverable' },
      ],
      [
        {
          status: 'failed',
          errors: [{ code: 131047, title: 'x', error_data: { details: 'More than 24 hours for 15550300' } }],
        },
        { state: 'failed', reason: 'text_refused', code: '131047', detail: 'More than 24 hours for …' },
      ],
      [
        { status: 'failed', errors: [{ code: 131048, title: 'Spam rate limit hit' }] },
        { state: 'failed', reason: 'undelivered', code: '131048' },
      ],
    ])('tells how far a message is (%j)', (status, update) => {
      const statuses = [{ id: 'wamid.2', recipient_id: '15550300', timestamp: '1', ...status }];
      const value = { metadata: { phone_number_id: '1' }, statuses };
      expect(read(value)).toMatchObject([{ key: '1', event: { kind: 'status', id: 'wamid.2', ...update } }]);
    });

    test('tells nothing of a status that it does not know', () => {
      const value = { metadata: { phone_number_id: '1' }, statuses: [{ id: 'x', status: 'deleted' }] };
      expect(read(value)).toEqual([]);
    });
  });

  test('is heard of as long as another number of the account is connected', async () => {
    const { service, wabaId, account } = await open();
    await service.listen('https://example.com/hook');
    const other = server.add(wabaId);
    await service.disconnect('https://example.com/hook');
    expect(server.subscribed.has(wabaId)).toBe(true);
    server.numbers.splice(server.numbers.indexOf(other), 1);
    await definitionAt(server.url).open(account.credentials).disconnect('https://example.com/hook');
    expect(server.subscribed.has(wabaId)).toBe(false);
  });

  test('fetches a file with the token, and says when it is gone', async () => {
    const { service } = await open();
    const id = server.keep(Buffer.from('bytes'), 'image/jpeg');
    expect(await (await service.fetchMedia?.(id))?.text()).toBe('bytes');
    await expect(service.fetchMedia?.('123')).rejects.toMatchObject({ kind: 'permanent' });
  });

  test.each(['ftp://files.example.com/x', 'data:text/plain,x', 'none'])(
    'does not go with the token to %s',
    async (address) => {
      const { service } = await open();
      server.fileUrl = address;
      const id = server.keep(Buffer.from('bytes'), 'image/jpeg');
      await expect(service.fetchMedia?.(id)).rejects.toMatchObject({ kind: 'temporary' });
    },
  );
});
