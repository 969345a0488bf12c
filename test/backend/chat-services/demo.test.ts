import { describe, expect, test } from 'vitest';
import { chatServiceOf } from '../../../src/backend/chat-services/registry.js';
import type { ChatService } from '../../../src/backend/chat-services/chat-service.js';
import { demoSignature } from '../support/demo-report.js';
import { describeChatService } from './service/describe-chat-service.js';
import type { Refused } from './service/under-test.js';
import { startDemoSandbox } from './demo-sandbox.js';

const apiKey = 'not-a-real-key-of-the-demo';

function adapter({
  url,
  timeout,
  wrongKey,
}: {
  url: string;
  timeout?: number;
  wrongKey?: true;
}): ChatService {
  const service = chatServiceOf(
    { name: 'demo', url: `${url}/demo-chat`, apiKey: wrongKey === true ? 'another-key' : apiKey },
    timeout === undefined ? {} : { timeout },
  );
  if (service === undefined) throw new Error('The demo service is not in the registry.');
  return service;
}

function refused(status: number, code: string, kind: Refused['kind'], reason: Refused['reason']): Refused {
  const message = `Not "{text}" to {to} with ${apiKey}`;
  return { answer: { status, body: JSON.stringify({ error: { code, message } }) }, kind, reason, code };
}

describeChatService({
  title: 'The demo service',
  honoursKeys: true,
  secrets: [apiKey, 'another-key'],
  signatureHeader: 'x-demo-signature',
  refusals: {
    'a request that it cannot read': refused(400, 'invalid_request', 'permanent', 'service_refused'),
    'a key that it does not know': refused(401, 'invalid_key', 'not_connected', 'not_connected'),
    'a message with the key of another': refused(409, 'idempotency_conflict', 'permanent', 'service_refused'),
    'no number': refused(422, 'invalid_number', 'permanent', 'number_refused'),
    'a number without a phone': refused(422, 'not_on_service', 'permanent', 'not_on_service'),
    'a recipient who has blocked us': refused(422, 'recipient_blocked', 'permanent', 'recipient_blocked'),
    'a text that it does not like': refused(422, 'text_refused', 'permanent', 'text_refused'),
    'too many requests': refused(429, 'rate_limited', 'temporary', 'service_unavailable'),
    'trouble of its own': refused(503, 'unavailable', 'temporary', 'service_unavailable'),
    'a code that nobody knows': refused(422, 'new_one', 'permanent', 'service_refused'),
    'a code that nobody knows, with 500': refused(500, 'new_one', 'temporary', 'service_unavailable'),
    'a code that nobody knows, with 403': refused(403, 'new_one', 'not_connected', 'not_connected'),
    'no access, in a page': {
      answer: { status: 401, body: '<h1>Who are you?</h1>' },
      kind: 'not_connected',
      reason: 'not_connected',
    },
  },
  async start() {
    const sandbox = await startDemoSandbox({ apiKey });
    return {
      url: sandbox.url,
      adapter,
      taken: async () =>
        (await sandbox.call('GET', '/demo-chat/messages?limit=1000')) as { to: string; text: string }[],
      become: (status) => sandbox.become(status),
      report: () => Promise.resolve(),
      close: () => sandbox.close(),
    };
  },
});

describe('The demo service', () => {
  const read = (report: unknown): ReturnType<ChatService['readStatus']> => {
    const body = Buffer.from(typeof report === 'string' ? report : JSON.stringify(report));
    const signature = demoSignature(body, apiKey);
    return adapter({ url: 'http://127.0.0.1:9' }).readStatus({
      url: 'http://127.0.0.1:9/status',
      headers: { 'x-demo-signature': signature },
      body,
    });
  };

  test.each([
    ['undeliverable', 'failed', 'undelivered'],
    ['unavailable', 'failed', 'undelivered'],
    ['recipient_blocked', 'failed', 'recipient_blocked'],
    ['not_on_service', 'skipped', 'not_on_service'],
  ])('reports a failure with the code %s as %s: %s', (code, state, reason) => {
    expect(read({ id: '1', status: 'failed', error: { code, message: 'Not +15550100.' } })).toEqual([
      { id: '1', state, reason, code, detail: 'Not ….' },
    ]);
  });

  test.each([
    '',
    'null',
    '[]',
    '{"id":"1","sta',
    '{"status":"read"}',
    '{"id":1,"status":"read"}',
    '{"id":"1","status":"sent"}',
    '{"id":"1","status":["read"]}',
  ])('tells nothing new by a signed %s', (report) => {
    expect(read(report)).toEqual([]);
  });

  test('asks for no report to an address that is not on this machine', async () => {
    const bodies: unknown[] = [];
    const service = chatServiceOf(
      { name: 'demo', url: 'http://127.0.0.1:9/demo-chat/', apiKey },
      {
        fetch: (url, init) => {
          bodies.push([url, JSON.parse(init?.body as string)]);
          return Promise.resolve(Response.json({ id: '1' }, { status: 201 }));
        },
      },
    );
    const message = { to: '+15550100', text: 'Hello', idempotencyKey: '1' };
    await service?.send({ ...message, statusUrl: 'https://app.example.com/status' });
    await service?.send({ ...message, statusUrl: 'http://localhost:5000/status' });
    const url = 'http://127.0.0.1:9/demo-chat/messages';
    expect(bodies).toEqual([
      [url, { to: '+15550100', text: 'Hello' }],
      [url, { to: '+15550100', text: 'Hello', status_url: 'http://localhost:5000/status' }],
    ]);
  });
});
