import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { accounts, openApp } from './support/app.js';
import { patient, to } from './support/service.js';
import { startReceiver } from './support/webhook.js';

const client = '+12025550177';
const [first, second] = accounts;

describe('the secret of an account', () => {
  it('opens the account', async () => {
    const { call } = await openApp();
    const { status, body } = await call('POST', '/tokens', { account_id: second.id, secret: second.secret });
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String) as string,
      account: { id: 'second', name: 'Second', phone: '+12025550141' },
    });
  });

  it.each([
    ['another secret', { account_id: 'second', secret: 'wrong' }, 401, 'invalid_key'],
    ['the secret of another account', { account_id: 'second', secret: first.secret }, 401, 'invalid_key'],
    ['no account', { account_id: 'third', secret: second.secret }, 401, 'invalid_key'],
    ['no secret', { account_id: 'second' }, 400, 'invalid_request'],
    ['a number in its place', { account_id: 'second', secret: 7 }, 400, 'invalid_request'],
  ])('is refused with %s', async (_what, body, status, code) => {
    const { call } = await openApp();
    const answer = await call('POST', '/tokens', body);
    expect(answer.status).toBe(status);
    expect(answer.body['error']).toMatchObject({ code });
  });
});

describe('a key that was given to an app', () => {
  it('sends in the name of its account, and sees no messages of others', async () => {
    const { connect, as, page, send, call } = await openApp();
    const token = await connect(second);
    await send({ text: 'Of the first' });
    const sent = await call(
      'POST',
      '/messages',
      { to, text: 'Of the second' },
      {
        Authorization: `Bearer ${token}`,
        'Idempotency-Key': 'key-1',
      },
    );
    // The same key was the first account's: it is another one's here.
    expect(sent.status).toBe(201);
    const { body } = await as(token, 'GET', '/messages');
    expect(body.map((one) => one['text'])).toEqual(['Of the second']);
    expect((await call('GET', `/messages/${String(sent.body['id'])}`)).status).toBe(404);
    const shown = (await page('GET', '/sandbox/phone/messages')).body;
    expect(shown.map((one) => [one['account']?.['id'], one['from']])).toEqual([
      ['second', second.phone],
      ['first', first.phone],
    ]);
  });

  it('is over once it was signed out by the app', async () => {
    const { connect, as, page } = await openApp();
    const token = await connect(second);
    expect((await as(token, 'DELETE', '/token')).status).toBe(204);
    expect((await as(token, 'GET', '/account')).status).toBe(401);
    expect((await page('GET', '/sandbox/phone/service')).body['connections']).toEqual([]);
  });

  it('cannot be that of the sandbox itself', async () => {
    const { call } = await openApp();
    expect((await call('DELETE', '/token')).status).toBe(400);
    expect((await call('GET', '/account')).status).toBe(200);
  });

  it('outlives a reset of the account', async () => {
    const { connect, as, page } = await openApp();
    const token = await connect(second);
    await page('POST', '/sandbox/reset');
    expect((await as(token, 'GET', '/account')).status).toBe(200);
  });

  it.each([
    ['https://example.com/hook'],
    ['http://example.com/hook'],
    ['ftp://127.0.0.1/hook'],
    ['nowhere'],
    [undefined],
  ])('has nothing told at %s', async (url) => {
    const { connect, as } = await openApp();
    const answer = await as(await connect(second), 'PUT', '/webhook', { url });
    expect(answer.status).toBe(400);
    expect(answer.body['error']?.['message']).toMatch(/^url: an http address on this machine was expected/);
  });
});

describe('what a client writes', () => {
  it('is told to everybody who listens for the account, signed with the key of each', async () => {
    const [one, other, foreign] = [await startReceiver(), await startReceiver(), await startReceiver()];
    const { connect, page } = await openApp({ clock: { now: () => 1_772_355_600_900 } });
    const tokens = [await connect(second, one.url), await connect(second, other.url)];
    await connect(first, foreign.url);
    const text = '<script>alert(1)</script> 🙂';
    const written = await page('POST', '/sandbox/phone/write', {
      from: '+1 (202) 555-0177',
      name: 'Ada',
      account: 'second',
      text,
    });
    expect(written.status).toBe(201);
    const { id } = written.body;
    for (const [place, { bodies, reports }] of [one, other].entries()) {
      await expect
        .poll(bodies, patient)
        .toEqual([{ type: 'message', message: { id, from: client, name: 'Ada', at: 1_772_355_600, text } }]);
      const hex = createHmac('sha256', tokens[place] ?? '')
        .update(reports[0]?.body ?? '')
        .digest('hex');
      expect(reports[0]?.signature).toBe(`sha256=${hex}`);
    }
    const status = async () => (await page('GET', '/sandbox/phone/messages')).body[0]?.['status'];
    await expect.poll(status, patient).toBe('delivered');
    expect(foreign.reports).toEqual([]);
  });

  it('comes with a picture that anybody can fetch', async () => {
    const receiver = await startReceiver();
    const { connect, page } = await openApp();
    await connect(first, receiver.url);
    await page('POST', '/sandbox/phone/write', { from: client, media: 'picture' });
    await expect.poll(() => receiver.reports.length, patient).toBe(1);
    const { message } = receiver.bodies()[0] as { message: { text: string; media: Record<string, unknown> } };
    expect(message.text).toBe('');
    expect(message.media).toMatchObject({ kind: 'picture', file_name: 'holiday.png' });
    const picture = await fetch(String(message.media['url']));
    expect(picture.headers.get('content-type')).toBe('image/png');
    const bytes = new Uint8Array(await picture.arrayBuffer());
    expect(bytes.length).toBe(message.media['size']);
    expect(Buffer.from(bytes.slice(1, 4)).toString()).toBe('PNG');
  });

  it('goes to the account that wrote last, and has the name of the contact', async () => {
    const receiver = await startReceiver();
    const { connect, page, call } = await openApp();
    const token = await connect(second, receiver.url);
    await call(
      'POST',
      '/messages',
      { to, text: 'Hello' },
      {
        Authorization: `Bearer ${token}`,
        'Idempotency-Key': 'one',
      },
    );
    const { body } = await page('POST', '/sandbox/phone/write', { from: to, text: 'Hi' });
    expect(body).toMatchObject({ by: 'client', account: { id: 'second' }, client: to, to: second.phone });
    const messages = () => receiver.bodies().filter(({ type }) => type === 'message');
    await expect.poll(messages, patient).toMatchObject([{ message: { name: 'Olivia Bennett' } }]);
  });

  it('is repeated until it is taken, in its order', async () => {
    const receiver = await startReceiver([500, 302, 404]);
    const { connect, page } = await openApp();
    await connect(first, receiver.url);
    for (const text of ['One', 'Two']) await page('POST', '/sandbox/phone/write', { from: client, text });
    const texts = () => receiver.bodies().map(({ message }) => (message as { text: string }).text);
    await expect.poll(texts, patient).toEqual(['One', 'One', 'One', 'One', 'Two']);
  });

  it('says that nobody took it, or nobody listens', async () => {
    const receiver = await startReceiver([500, 500, 500, 500]);
    const { connect, page, as } = await openApp();
    const token = await connect(first, receiver.url);
    await page('POST', '/sandbox/phone/write', { from: client, text: 'One' });
    const newest = async () => (await page('GET', '/sandbox/phone/messages')).body[0];
    await expect
      .poll(newest, patient)
      .toMatchObject({ status: 'failed', reason: 'The app of this business did not take the message.' });
    await as(token, 'DELETE', '/webhook');
    await page('POST', '/sandbox/phone/write', { from: client, text: 'Two' });
    expect(await newest()).toMatchObject({
      status: 'failed',
      reason: 'No app of First & Co listens for messages.',
    });
  });

  it.each([
    [{ text: 'Hi' }, /^from: a text/],
    [{ from: '12', text: 'Hi' }, /^from: a number such as/],
    [{ from: client }, /^text: a text/],
    [{ from: client, text: ' ' }, /^text: a text/],
    [{ from: client, text: 'x'.repeat(4097) }, /^text: at most 4096 characters/],
    [{ from: client, text: 'Hi', account: 'third' }, /^account: one of first, second/],
    [{ from: client, media: 'film' }, /^media: one of picture, file/],
    [{ from: client, media: { kind: 'picture', url: 'file:///etc/passwd' } }, /^media.url: an http/],
    [{ from: client, media: { kind: 'film', url: 'http://127.0.0.1/' } }, /^media.kind: one of/],
  ])('is refused when it is %j', async (body, error) => {
    const { page } = await openApp();
    const answer = await page('POST', '/sandbox/phone/write', body);
    expect(answer.status).toBe(400);
    expect(answer.body['error']).toMatch(error);
  });
});

describe('whoever listens for an account', () => {
  it('hears of the status of what was sent with the same key, unless the message names an address', async () => {
    const [webhook, own] = [await startReceiver(), await startReceiver()];
    const { connect, call } = await openApp();
    const token = await connect(second, webhook.url);
    const send = (key: string, more: object = {}) =>
      call(
        'POST',
        '/messages',
        { to, text: 'Hello', ...more },
        {
          Authorization: `Bearer ${token}`,
          'Idempotency-Key': key,
        },
      );
    const { id } = (await send('one')).body;
    await expect.poll(webhook.bodies, patient).toEqual([{ type: 'status', id, status: 'delivered' }]);
    const other = (await send('two', { status_url: own.url })).body['id'];
    await expect.poll(own.bodies, patient).toEqual([{ type: 'status', id: other, status: 'delivered' }]);
    const hex = createHmac('sha256', token)
      .update(own.reports[0]?.body ?? '')
      .digest('hex');
    expect(own.reports[0]?.signature).toBe(`sha256=${hex}`);
    expect(webhook.reports).toHaveLength(1);
  });

  it('hears that the business has signed it out', async () => {
    const receiver = await startReceiver();
    const { connect, page, as } = await openApp();
    const token = await connect(second, receiver.url);
    const [connection] = (await page('GET', '/sandbox/phone/service')).body['connections'] ?? [];
    const path = `/sandbox/phone/connections/${String(connection?.['id'])}`;
    expect((await page('DELETE', path)).status).toBe(204);
    await expect.poll(receiver.bodies, patient).toEqual([{ type: 'signed_out' }]);
    expect((await as(token, 'GET', '/account')).status).toBe(401);
    expect((await page('DELETE', path)).status).toBe(404);
  });
});

it('shows a picture that a business sends, and refuses media without a link', async () => {
  const { send, page } = await openApp();
  const media = { kind: 'picture', url: 'http://127.0.0.1:9/p.png', file_name: 'p.png' };
  expect((await send({ text: undefined, media })).body).toMatchObject({ text: '', media });
  expect((await page('GET', '/sandbox/phone/messages')).body[0]).toMatchObject({ media });
  const refused = await send({ media: { kind: 'picture' } });
  expect(refused.status).toBe(400);
  expect(refused.body['error']?.['message']).toBe('media.url: an http or https address was expected.');
});
