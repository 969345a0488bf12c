import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAccount, users } from './support/open-account.js';
import { rawCall } from './support/raw-call.js';
import type { OpenAccount } from './support/open-account.js';

let account: OpenAccount;
beforeEach(async () => {
  account = await openAccount();
});
afterEach(() => account.close());

const problem = 'application/problem+json; charset=utf-8';

describe('who may call the API', () => {
  test('a call without a token is 401, as problem+json', async () => {
    const response = await fetch(`${account.url}/api/v4/account`);
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toBe(problem);
    expect(await response.json()).toMatchObject({
      title: 'Unauthorized',
      type: 'https://httpstatus.es/401',
      status: 401,
    });
  });

  test('every answer has a request id of its own, refusals too', async () => {
    const ids = await Promise.all(
      ['/api/v4/account', '/api/v4/nowhere', '/api/v4/leads/1'].map(async (path) =>
        (await fetch(`${account.url}${path}`)).headers.get('x-request-id'),
      ),
    );
    expect(new Set(ids.filter((id) => id !== null)).size).toBe(3);
  });

  test('a token that has run out is 401', async () => {
    await account.call('GET', '/api/v4/account');
    account.moveClock(86_401_000);
    const response = await fetch(`${account.url}/api/v4/account`, {
      headers: { authorization: `Bearer 0a1b2c3d-1111-4222-8333-444455556666/${users.admin}` },
    });
    expect(response.status).toBe(401);
  });

  test.each([
    ['lapsed', 402],
    ['blocked', 403],
  ] as const)('an account that is %s answers %i', async (access, status) => {
    account.context.account.access = access;
    const answer = await account.call('GET', '/api/v4/account');
    expect([answer.status, answer.type]).toEqual([status, problem]);
  });

  test('the eighth call within a second is 429, and the next second is free again', async () => {
    await account.close();
    account = await openAccount({ requestsPerSecond: 7 });
    const statuses: number[] = [];
    for (let call = 0; call < 8; call++) {
      statuses.push((await account.call('GET', '/api/v4/account')).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 429]);
    account.moveClock(999);
    expect((await account.call('GET', '/api/v4/account')).status).toBe(429);
    account.moveClock(1);
    expect((await account.call('GET', '/api/v4/account')).status).toBe(200);
  });

  test.each([
    ['GET', '/api/v4/users'],
    ['GET', '/api/v4/webhooks'],
    ['GET', '/api/v4/sources'],
    ['POST', '/api/v4/widgets/any'],
  ])('%s %s is for administrators', async (method, path) => {
    const answer = await account.call(method, path, undefined, { user: users.manager });
    expect(answer.status).toBe(403);
    expect(answer.body['detail']).toContain('administrator');
  });

  test('an administrator can act for another user, who cannot act back', async () => {
    const headers = { 'x-context-user-id': String(users.restricted) };
    const own = await account.call('GET', '/api/v4/account', undefined, { headers });
    expect(own.body['current_user_id']).toBe(users.restricted);
    const back = await account.call('GET', '/api/v4/account', undefined, {
      user: users.restricted,
      headers: { 'x-context-user-id': String(users.admin) },
    });
    expect(back.status).toBe(403);
    const missing = { 'x-context-user-id': '99' };
    expect((await account.call('GET', '/api/v4/account', undefined, { headers: missing })).status).toBe(403);
  });

  test('a restricted user sees and changes only what is the own', async () => {
    const { body } = await account.call('GET', '/api/v4/leads?limit=250', undefined, {
      user: users.restricted,
    });
    const seen = body['_embedded']?.['leads'] ?? [];
    expect(seen.length).toBeGreaterThan(3);
    for (const lead of seen) expect(lead['responsible_user_id']).toBe(users.restricted);
    const foreign = await account.call('GET', '/api/v4/leads/7001', undefined, { user: users.restricted });
    expect([foreign.status, foreign.text]).toEqual([204, '']);
    const change = await account.call(
      'PATCH',
      '/api/v4/leads/7001',
      { price: 1 },
      { user: users.restricted },
    );
    expect(change.status).toBe(403);
    expect(account.context.account.leads.get(7001)?.price).toBe(12400);
  });
});

describe('malformed calls', () => {
  test('a body that is no JSON is 400, as problem+json', async () => {
    const answer = await account.call('POST', '/api/v4/leads', '[{');
    expect([answer.status, answer.type]).toEqual([400, problem]);
  });

  test.each([
    ['an object instead of an array', {}],
    ['an empty array', []],
    ['251 items', Array.from({ length: 251 }, () => ({ name: 'x' }))],
    ['an item that is no object', [1]],
    ['null', 'null'],
  ])('%s is 400', async (_name, body) => {
    expect((await account.call('POST', '/api/v4/leads', body)).status).toBe(400);
  });

  test.each([
    ['bytes that are no UTF-8', Buffer.from('[{"name":"\xff"}]', 'latin1')],
    ['an object nested 5000 deep', Buffer.from(`[${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}]`)],
    ['a cut off body', Buffer.from('[{"name":"Deal"')],
  ])('%s is 400, as problem+json', async (_name, body) => {
    const answer = await rawCall(account, {
      method: 'POST',
      path: '/api/v4/leads',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect([answer.status, answer.type]).toEqual([400, problem]);
  });

  test('a body that says it is larger than a megabyte is 413, as problem+json', async () => {
    const headers = { 'content-type': 'application/json', 'content-length': '2000000' };
    const answer = await rawCall(account, { method: 'POST', path: '/api/v4/leads', headers });
    expect([answer.status, answer.type]).toEqual([413, problem]);
  });

  test('a broken percent code is 400, as problem+json in the API and as a sentence elsewhere', async () => {
    const api = await rawCall(account, { method: 'GET', path: '/api/v4/leads/%ff' });
    expect([api.status, api.type]).toEqual([400, problem]);
    const elsewhere = await rawCall(account, { method: 'GET', path: '/upl/%ff' });
    expect([elsewhere.status, elsewhere.type]).toEqual([400, 'text/plain; charset=utf-8']);
  });

  test('an unknown address outside of the API is 404 with a sentence', async () => {
    const answer = await rawCall(account, { method: 'GET', path: '/nowhere?a=1' });
    expect(answer).toEqual({
      status: 404,
      type: 'text/plain; charset=utf-8',
      text: 'There is nothing at /nowhere.\n',
    });
  });

  test('an unknown address is 404, as problem+json', async () => {
    const answer = await account.call('GET', '/api/v4/salesbot/run');
    expect([answer.status, answer.type]).toEqual([404, problem]);
  });

  test.each([
    '/api/v4/leads?limit=251',
    '/api/v4/leads?limit=x',
    '/api/v4/leads?page=0',
    '/api/v4/events?limit=101',
  ])('%s is 400', async (path) => {
    expect((await account.call('GET', path)).status).toBe(400);
  });

  test('another content type is 415', async () => {
    const answer = await account.call('POST', '/api/v4/leads', '<a/>', {
      headers: { 'content-type': 'text/xml' },
    });
    expect([answer.status, answer.type]).toEqual([415, problem]);
  });
});

test('calls stand in the traffic log with body and answer', async () => {
  await account.call('PATCH', '/api/v4/leads/7001', { price: 5 });
  const [entry] = account.context.traffic.entries();
  expect(entry).toMatchObject({
    direction: 'in',
    kind: 'api',
    method: 'PATCH',
    url: '/api/v4/leads/7001',
    body: '{"price":5}',
    status: 200,
  });
  expect(entry?.answer).toContain('"updated_at":1760000000');
});
