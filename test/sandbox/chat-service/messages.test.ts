import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../../src/sandbox/index.js';
import { openService, to, patient } from './support/service.js';

const sameKey = { 'Idempotency-Key': 'same' };

describe('a message to the demo chat service', () => {
  it('is taken, and is read back by its id and in the list', async () => {
    const { send, call } = await openService({ deliveredAfterMs: 60_000 });
    const first = await send({ text: 'First' });
    expect(first.status).toBe(201);
    expect(Object.keys(first.body)).toEqual(['id', 'to', 'text', 'status', 'created_at']);
    expect(first.body).toMatchObject({ to, text: 'First', status: 'sent' });
    expect(Math.abs(Date.parse(String(first.body['created_at'])) - Date.now())).toBeLessThan(60_000);

    const second = await send({ to: '+12125550103', text: 'Second' });
    expect((await call('GET', '/messages')).body).toEqual([second.body, first.body]);
    expect((await call('GET', `/messages?to=${encodeURIComponent(to)}`)).body).toEqual([first.body]);
    expect((await call('GET', `/messages?to=${to}`)).body).toEqual([first.body]);
    expect((await call('GET', '/messages?limit=1')).body).toEqual([second.body]);
    expect((await call('GET', `/messages/${String(first.body['id'])}`)).body).toEqual(first.body);
  });

  it('is delivered shortly after', async () => {
    const { send, call } = await openService();
    const { body } = await send();
    await expect
      .poll(async () => (await call('GET', `/messages/${String(body['id'])}`)).body['status'], patient)
      .toBe('delivered');
  });

  it('is delivered once when it is sent again with its key, and when both come at once', async () => {
    const { send, texts } = await openService();
    const both = await Promise.all([send({}, sameKey), send({}, sameKey)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 201]);
    const again = await send({}, sameKey);
    expect(again.status).toBe(200);
    expect(new Set([...both, again].map(({ body }) => body['id'])).size).toBe(1);
    expect(await texts()).toEqual(['Hello']);
  });

  it.each([{ text: 'Something else' }, { to: '+12125550103' }])(
    'is refused when its key is that of another one: %j',
    async (other) => {
      const { send, texts } = await openService();
      await send({}, sameKey);
      const { status, body } = await send(other, sameKey);
      expect(status).toBe(409);
      expect(body['error']).toMatchObject({ code: 'idempotency_conflict' });
      expect(await texts()).toEqual(['Hello']);
    },
  );

  it('is known by its key for longer than it is kept, and keys are forgotten in the end', async () => {
    const { send, call, texts } = await openService({ kept: { messages: 2, keys: 4 } });
    const first = await send({ text: 'Text 0' }, { 'Idempotency-Key': 'k0' });
    for (const number of [1, 2, 3]) {
      await send({ text: `Text ${number}` }, { 'Idempotency-Key': `k${number}` });
    }
    expect(await texts()).toEqual(['Text 3', 'Text 2']);
    const id = String(first.body['id']);
    expect((await call('GET', `/messages/${id}`)).status).toBe(404);
    const again = await send({ text: 'Text 0' }, { 'Idempotency-Key': 'k0' });
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ id, text: 'Text 0', created_at: first.body['created_at'] });
    expect((await send({ text: 'Other' }, { 'Idempotency-Key': 'k0' })).status).toBe(409);

    await send({ text: 'Text 4' }, { 'Idempotency-Key': 'k4' });
    expect((await send({ text: 'Text 0' }, { 'Idempotency-Key': 'k0' })).status).toBe(201);
  });

  it.each<[string, unknown, Record<string, string>, number, string]>([
    ['without a key', {}, { 'Idempotency-Key': '' }, 400, 'invalid_request'],
    ['with a key of 256 characters', {}, { 'Idempotency-Key': 'k'.repeat(256) }, 400, 'invalid_request'],
    ['without a number', { to: undefined }, {}, 400, 'invalid_request'],
    ['with a list of numbers', { to: [to] }, {}, 400, 'invalid_request'],
    ['without a text', { text: undefined }, {}, 400, 'invalid_request'],
    ['with a text of spaces', { text: ' \n' }, {}, 400, 'invalid_request'],
    ['to a national number', { to: '2025550101' }, {}, 422, 'invalid_number'],
    ['to a number that is too long', { to: `+${'1'.repeat(16)}` }, {}, 422, 'invalid_number'],
    ['of 1,601 characters', { text: 'x'.repeat(1601) }, {}, 422, 'text_refused'],
    ['of 1,601 emoji', { text: '😀'.repeat(1601) }, {}, 422, 'text_refused'],
    ['with reports to another machine', { status_url: 'http://example.com/' }, {}, 400, 'invalid_request'],
    ['with reports to a file', { status_url: 'file:///etc/passwd' }, {}, 400, 'invalid_request'],
    ['with reports to nowhere', { status_url: 7 }, {}, 400, 'invalid_request'],
    ['with another key', {}, { Authorization: 'Bearer other' }, 401, 'invalid_key'],
    ['with a key in another scheme', {}, { Authorization: 'Basic other' }, 401, 'invalid_key'],
  ])('is refused %s', async (_what, message, headers, status, code) => {
    const { send, texts } = await openService();
    const answer = await send(message as Record<string, unknown>, headers);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ error: { code, message: expect.stringMatching(/\.$/) as string } });
    expect(await texts()).toEqual([]);
  });

  it.each<[string, string, Record<string, string>]>([
    ['is cut off', '{"to": "+120', {}],
    ['is a list', '[]', {}],
    ['is no text but null', 'null', {}],
    ['is nested 10,000 deep', '['.repeat(10_000) + ']'.repeat(10_000), {}],
    ['has 10 MB', JSON.stringify({ to, text: 'x'.repeat(10_000_000) }), {}],
    ['is said to be XML', '<a/>', { 'Content-Type': 'application/xml' }],
    ['has its fields in a prototype', '{"__proto__": {"to": "+12025550101", "text": "Hello"}}', {}],
  ])('is refused when its body %s', async (_what, body, headers) => {
    const { call, texts } = await openService();
    const answer = await call('POST', '/messages', body, { 'Idempotency-Key': 'k', ...headers });
    expect(answer.status).toBe(400);
    expect(answer.body['error']).toMatchObject({ code: 'invalid_request' });
    expect(await texts()).toEqual([]);
  });

  it('may have 1,600 emoji', async () => {
    const { send } = await openService();
    expect((await send({ text: '😀'.repeat(1600) })).status).toBe(201);
  });
});

describe('the demo chat service', () => {
  it('tells the name of the account, and a wrong key', async () => {
    const { call } = await openService();
    expect(await call('GET', '/account')).toMatchObject({
      status: 200,
      body: { id: 'brightside', name: 'Brightside Studio', phone: '+12025550140' },
    });
    const { status, body } = await call('GET', '/account', undefined, { Authorization: '' });
    expect(status).toBe(401);
    expect(body['error']).toMatchObject({ code: 'invalid_key' });
  });

  it.each(['/messages?limit=0', '/messages?limit=many', '/messages?limit=10001', '/messages?to=1&to[]=2'])(
    'refuses %s',
    async (address) => {
      const { call } = await openService();
      const { status, body } = await call('GET', address);
      expect(status).toBe(400);
      expect(body['error']).toMatchObject({ code: 'invalid_request' });
    },
  );

  it('answers in its own form where nothing is', async () => {
    const { call } = await openService();
    for (const [method, address] of [
      ['GET', '/messages/none'],
      ['GET', '/nothing'],
      ['DELETE', '/messages'],
    ] as const) {
      const { status, body } = await call(method, address);
      expect(status).toBe(404);
      expect(body['error']).toMatchObject({ code: 'not_found' });
    }
  });

  it('makes a key of its own at every start, and tells pages how to reach it', async () => {
    const options = { widgets: [], hostFiles: Promise.resolve({ script: '', styles: '', phone: '' }) };
    const [one, other] = await Promise.all([startSandbox(options), startSandbox(options)]);
    try {
      expect(one.demoChat.apiKey).toMatch(/^demo_[\w-]{32}$/);
      expect(one.demoChat.apiKey).not.toBe(other.demoChat.apiKey);
      expect(one.demoChat.url).toBe(`${one.url}/demo-chat`);
      const access = await fetch(`${one.url}/sandbox/phone/access`);
      expect(await access.json()).toEqual({
        url: one.demoChat.url,
        api_key: one.demoChat.apiKey,
        accounts: one.demoChat.accounts,
        apps: [
          {
            client_id: 'demo-app',
            client_secret: expect.any(String) as string,
            name: 'Demo app',
            redirect_uris: [],
          },
        ],
      });
      expect(one.demoChat.accounts[0]?.secret).not.toBe(other.demoChat.accounts[0]?.secret);
    } finally {
      await Promise.all([one.close(), other.close()]);
    }
  });

  it('forgets messages, keys and faults with a reset of the account', async () => {
    const { send, page, texts, fail } = await openService({ deliveredAfterMs: 50 });
    await send({}, sameKey);
    await fail({ mode: 'unavailable' });
    await page('PATCH', '/sandbox/phone/settings', { reading: 'never' });
    await page('POST', '/sandbox/reset');
    expect(await texts()).toEqual([]);
    expect((await page('GET', '/sandbox/phone/settings')).body).toEqual({ reading: 'never', faults: [] });
    expect((await send({}, sameKey)).status).toBe(201);
    expect(await texts()).toEqual(['Hello']);
  });
});
