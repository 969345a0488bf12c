import { expect, test } from 'vitest';
import { createKommoApis } from '../../../src/backend/kommo-api/client.js';
import { createHttp } from '../../../src/backend/kommo-api/http.js';
import type { KommoApi } from '../../../src/backend/kommo-api/kommo-api.js';
import { serve, sharedStore, type Handler } from '../installations/support/connected.js';
import { testContext } from '../installations/support/context.js';
import { saveInstallation } from '../../../src/backend/installations/save.js';

const store = sharedStore();

/** The API over a small server in the place of the account. */
async function over(handler: Handler, { totalMs = 20_000 } = {}) {
  const origin = await serve(handler);
  const context = testContext(store());
  const id = await saveInstallation(context, {
    platform: 'kommo',
    clientId: 'client',
    accountId: 1,
    subdomain: 'demo',
    origin,
    apiDomain: undefined,
    accessToken: 'at-7f3c91',
    refreshToken: 'rt-5e2b84',
    expiresAt: new Date(Date.now() + 3600_000),
    country: 'US',
    currency: 'USD',
  });
  const api: KommoApi = createKommoApis(context, { http: createHttp({ totalMs }) }).of(id);
  const counted = async (): Promise<string> =>
    await context.metrics.registry.getSingleMetricAsString('pipeline_messenger_kommo_api_calls_total');
  return { api, context, counted };
}

const answers: [status: number, kind: string][] = [
  [400, 'refused'],
  [402, 'subscription_lapsed'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [422, 'refused'],
  [429, 'temporary'],
  [500, 'temporary'],
  [503, 'temporary'],
  [504, 'temporary'],
];

test.each(answers)('an answer %i is %s', async (status, kind) => {
  const { api } = await over((_request, response) => {
    response.writeHead(status, { 'Content-Type': 'text/html' }).end('<html>no</html>');
  });
  await expect(api.get('/leads/1')).rejects.toMatchObject({ kind, status, mayBeDone: false });
  const mayBeDone = status === 500 || status === 504;
  await expect(api.post('/leads/1/notes', [])).rejects.toMatchObject({ kind, status, mayBeDone });
});

test('an error says method, path, status and the words of the API', async () => {
  const { api } = await over((_request, response) => {
    const errors = [{ code: 'NotSupportedChoice', path: 'params.text', detail: 'This value is blank.' }];
    response.writeHead(400, { 'Content-Type': 'application/problem+json', 'X-Request-Id': 'abc' }).end(
      JSON.stringify({
        title: 'Bad Request',
        status: 400,
        detail: 'Request validation failed',
        'validation-errors': [{ request_id: '0', errors }],
      }),
    );
  });
  await expect(api.post('/leads/notes', [])).rejects.toThrow(
    'POST /leads/notes was answered with 400 Bad Request: Request validation failed [params.text: This value is blank.] (request abc)',
  );
});

test('tells how long to wait, from wherever the answer has it', async () => {
  const heads: Record<string, [Record<string, string>, string]> = {
    '/seconds': [{ 'Retry-After': '7' }, ''],
    '/date': [{ 'Retry-After': new Date(Date.now() + 30_000).toUTCString() }, ''],
    '/past': [{ 'Retry-After': 'Wed, 21 Oct 2015 07:28:00 GMT' }, ''],
    '/body': [{}, '{"retry_after":3}'],
    '/odd': [{ 'Retry-After': 'soon' }, 'Too many'],
  };
  const { api } = await over((request, response) => {
    const [headers, body] = heads[(request.url ?? '').replace('/api/v4', '')] ?? [{}, ''];
    response.writeHead(429, headers).end(body);
  });
  const waits = await Promise.all(
    Object.keys(heads).map((path) =>
      api.get(path).catch((error: unknown) => (error as { retryAfter?: number }).retryAfter),
    ),
  );
  expect(waits[0]).toBe(7);
  expect(waits[1]).toBeGreaterThan(27);
  expect(waits[1]).toBeLessThanOrEqual(31);
  expect(waits.slice(2)).toEqual([0, 3, undefined]);
});

test('a body that is no JSON, or half of one, is temporary, and a call that changes something may be done', async () => {
  const { api } = await over((request, response) => {
    if (request.url === '/api/v4/html')
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>');
    else response.writeHead(200, { Connection: 'close' }).end('{"id":1,"na');
  });
  await expect(api.get('/html')).rejects.toMatchObject({ kind: 'temporary', status: 200, mayBeDone: false });
  await expect(api.get('/half')).rejects.toMatchObject({ kind: 'temporary', mayBeDone: false });
  await expect(api.post('/half', [])).rejects.toMatchObject({ kind: 'temporary', mayBeDone: true });
});

test('an answer that never comes, or stops half way, is given up', async () => {
  const { api, counted } = await over(
    (request, response) => {
      if (request.url === '/api/v4/half')
        response.writeHead(200, { 'Content-Length': '100' }).write('{"id":1');
    },
    { totalMs: 100 },
  );
  await expect(api.get('/never')).rejects.toMatchObject({ kind: 'temporary', mayBeDone: false });
  await expect(api.post('/never', [])).rejects.toMatchObject({ kind: 'temporary', mayBeDone: true });
  await expect(api.get('/half')).rejects.toThrow(/no complete answer within 0.1 s/);
  expect(await counted()).toMatch(/status="none"\} 3/);
});

test('a connection that is reset is tried again by a GET, and by nothing that changes something', async () => {
  const seen: string[] = [];
  const { api } = await over((request, response) => {
    seen.push(request.method ?? '');
    if (seen.length % 2 === 1) request.socket.resetAndDestroy();
    else response.end('{"id":1}');
  });
  expect(await api.get('/leads/1')).toEqual({ id: 1 });
  await expect(api.post('/leads/1/notes', [])).rejects.toMatchObject({ kind: 'temporary', mayBeDone: true });
  expect(seen).toEqual(['GET', 'GET', 'POST']);
});

test('a call that never left is not done', async () => {
  const { api, context } = await over((_request, response) => response.end());
  const closed = await serve(() => undefined);
  const id = await saveInstallation(context, {
    platform: 'kommo',
    clientId: 'client',
    accountId: 2,
    subdomain: 'gone',
    origin: closed.replace(/:\d+$/, ':1'),
    apiDomain: undefined,
    accessToken: 'at-7f3c91',
    refreshToken: 'rt-5e2b84',
    expiresAt: undefined,
    country: null,
    currency: null,
  });
  await expect(createKommoApis(context).of(id).post('/leads', [])).rejects.toMatchObject({
    kind: 'temporary',
    mayBeDone: false,
  });
  expect(await api.get('/empty')).toBeUndefined();
});

test('neither an error nor the log names a token', async () => {
  const { api, context } = await over((_request, response) => response.writeHead(401).end());
  const error: unknown = await api.get('/account').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'KommoApiError' });
  expect(`${String(error)}${context.lines.join('')}`).not.toMatch(/7f3c91|5e2b84|Bearer/);
});
