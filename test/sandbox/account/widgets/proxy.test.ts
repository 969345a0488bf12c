import { expect, it } from 'vitest';
import { post, startAccount } from '../oauth/support/account.js';
import { startReceiver } from '../oauth/support/receiver.js';

const address = '/private/widget/proxy.php';

it('posts the data to the target as a form and passes its answer on', async () => {
  const account = await startAccount();
  const receiver = await startReceiver((response) =>
    response.writeHead(418, { 'Content-Type': 'application/json' }).end('{"seen":true}'),
  );

  const answer = await post(account, address, {
    target: `${receiver.url}/path?x=1`,
    data: JSON.stringify({ name: 'Ann & Bob', phones: ['+1 555 0100'], nested: { on: true } }),
  });

  expect(answer.status).toBe(418);
  expect(answer.headers.get('content-type')).toBe('application/json');
  expect(await answer.text()).toBe('{"seen":true}');
  expect(receiver.received).toHaveLength(1);
  const [call] = receiver.received;
  expect(call?.method).toBe('POST');
  expect(call?.url.href).toBe('http://receiver/path?x=1');
  expect(call?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(call?.body).toBe('name=Ann+%26+Bob&phones[0]=%2B1+555+0100&nested[on]=1');
  expect(account.context.traffic.entries()).toMatchObject([
    { direction: 'out', kind: 'crm_post', status: 418 },
  ]);
});

it('posts an empty form where there is no data', async () => {
  const account = await startAccount();
  const receiver = await startReceiver();
  expect((await post(account, address, { target: receiver.url })).status).toBe(200);
  expect(receiver.received[0]?.body).toBe('');
});

it('passes an answer on as it is, byte by byte', async () => {
  const account = await startAccount();
  const bytes = Buffer.from([0, 255, 128, 10]);
  const receiver = await startReceiver((response) =>
    response.writeHead(200, { 'Content-Type': 'image/png' }).end(bytes),
  );
  const answer = await post(account, address, { target: receiver.url });
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
});

it('answers 502 when the target is not there', async () => {
  const account = await startAccount();
  const answer = await post(account, address, { target: 'http://127.0.0.1:1/' });
  expect(answer.status).toBe(502);
  expect(await answer.text()).toContain('http://127.0.0.1:1/ gave no answer');
});

it.each([
  ['no target', {}],
  ['a relative target', { target: '/path' }],
  ['a file', { target: 'file:///etc/hosts' }],
  ['broken data', { target: 'http://127.0.0.1:1/', data: '{' }],
  ['data that is no object', { target: 'http://127.0.0.1:1/', data: '5' }],
  ['data without end', { target: 'http://127.0.0.1:1/', data: `${'{"a":'.repeat(99)}1${'}'.repeat(99)}` }],
])('refuses %s', async (_case, fields) => {
  const account = await startAccount();
  expect((await post(account, address, fields as Record<string, string>)).status).toBe(400);
  expect(account.context.traffic.entries()).toEqual([]);
});

it('calls nothing for another site', async () => {
  const account = await startAccount();
  const receiver = await startReceiver();
  const fields = { target: receiver.url };
  expect((await post(account, address, fields, { Origin: 'https://evil.example.com' })).status).toBe(403);
  expect(receiver.received).toEqual([]);
});
