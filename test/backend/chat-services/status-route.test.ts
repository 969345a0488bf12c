import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { beforeAll, expect, it } from 'vitest';
import { createApp } from '../../../src/backend/app.js';
import { chatServiceOf } from '../../../src/backend/chat-services/registry.js';
import { statusRoutes } from '../../../src/backend/chat-services/status-route.js';
import { statusUrl } from '../../../src/backend/chat-services/status-url.js';
import { messages, type Message } from '../../../src/backend/delivery/tables.js';
import * as schema from '../../../src/backend/store/schema.js';
import type { Store } from '../../../src/backend/store/store.js';
import { addInstallation, addMessage } from '../delivery/support/message-rows.js';
import { testContext, type TestContext } from '../installations/support/connected.js';
import { demoSignature } from '../support/demo-report.js';
import { eachStore } from '../support/stores.js';
import { startTwilioServer, twilioAccount } from '../../support/twilio-server.js';

const apiKey = 'not-a-real-key';
const path = '/chat-services/demo/status';

eachStore((openTestStore) => {
  let store: Store;
  let installationId: string;
  let context: TestContext;
  let app: ReturnType<typeof createApp>;

  const open = (at: Store): void => {
    context = testContext(at);
    app = createApp(context);
    const demo = chatServiceOf({ name: 'demo', url: 'http://127.0.0.1:9', apiKey });
    statusRoutes(app, context, demo === undefined ? [] : [demo]);
  };

  beforeAll(async () => {
    store = await openTestStore();
    ({ id: installationId } = await addInstallation(store.db));
    open(store);
  });

  const post = async (
    report: object | string,
    { url = path, headers = {} }: { url?: string; headers?: Record<string, string> } = {},
  ): Promise<{ status: number; body: unknown }> => {
    const payload = typeof report === 'string' ? report : JSON.stringify(report);
    const signature = demoSignature(payload, apiKey);
    const response = await app.inject({
      method: 'POST',
      url,
      payload,
      headers: { 'content-type': 'application/json', 'x-demo-signature': signature, ...headers },
    });
    return { status: response.statusCode, body: response.json() };
  };

  const sent = async (): Promise<Message & { serviceMessageId: string }> => {
    const serviceMessageId = randomUUID();
    const row = { installationId, state: 'sent', service: 'demo', serviceMessageId } as const;
    return { ...(await addMessage(store.db, row)), serviceMessageId };
  };

  const read = async (id: string): Promise<Message | undefined> =>
    (await store.db.select().from(messages).where(eq(messages.id, id)))[0];

  it('moves the message that a report is about', async () => {
    const { id, serviceMessageId } = await sent();
    expect(await post({ id: serviceMessageId, status: 'delivered' })).toEqual({ status: 200, body: {} });
    expect(await read(id)).toMatchObject({ state: 'delivered' });
  });

  it('keeps why a message has failed, without number and text', async () => {
    const { id, serviceMessageId } = await sent();
    const error = { code: 'recipient_blocked', message: 'Blocked by +1 555 0100.' };
    await post({ id: serviceMessageId, status: 'failed', error });
    expect(await read(id)).toMatchObject({
      state: 'failed',
      reason: 'recipient_blocked',
      serviceCode: 'recipient_blocked',
      serviceDetail: 'Blocked by ….',
    });
    const metrics = await context.metrics.registry.getSingleMetricAsString(
      'pipeline_messenger_messages_total',
    );
    expect(metrics).toContain('{state="failed",reason="recipient_blocked"} 1');
  });

  it('ends right when reports come twice, at once and the last first', async () => {
    const { id, serviceMessageId } = await sent();
    const statuses = ['read', 'delivered', 'read', 'failed', 'delivered'];
    expect((await post({ id: serviceMessageId, status: 'read' })).status).toBe(200);
    const answers = await Promise.all(statuses.map((status) => post({ id: serviceMessageId, status })));
    expect(answers.map(({ status }) => status)).toEqual(statuses.map(() => 200));
    expect(await read(id)).toMatchObject({ state: 'read', reason: null });
  });

  it('knows a message by its address before the answer to its sending has come', async () => {
    const { id } = await addMessage(store.db, { installationId, service: 'demo' });
    const serviceMessageId = randomUUID();
    const url = new URL(statusUrl(context.config, { service: 'demo', messageId: id }));
    expect(url.origin).toBe(context.config.publicUrl);
    const report = { id: serviceMessageId, status: 'delivered' };
    expect((await post(report, { url: `${url.pathname}${url.search}` })).status).toBe(200);
    expect(await read(id)).toMatchObject({ state: 'delivered', serviceMessageId });
  });

  it('asks to come again with a report about a message that it does not know yet', async () => {
    const answer = await post({ id: randomUUID(), status: 'delivered' });
    expect(answer).toMatchObject({ status: 404, body: { code: 'unknown_message' } });
  });

  it.each([randomUUID(), 'x', "1' or 1=1"])(
    'has no use for a report about a message that is gone: %s',
    async (id) => {
      const url = `${path}?message=${encodeURIComponent(id)}`;
      const { status } = await post({ id: randomUUID(), status: 'delivered' }, { url });
      expect(status).toBe(id.length === 36 ? 200 : 404);
    },
  );

  it.each([
    ['a wrong signature', { 'x-demo-signature': `sha256=${'0'.repeat(64)}` }],
    ['no signature', { 'x-demo-signature': '' }],
  ])('refuses a report with %s, and changes nothing', async (_name, headers) => {
    const { id, serviceMessageId } = await sent();
    const answer = await post({ id: serviceMessageId, status: 'failed' }, { headers });
    expect(answer).toMatchObject({ status: 403, body: { code: 'wrong_signature' } });
    expect(await read(id)).toMatchObject({ state: 'sent' });
  });

  it('refuses the reports of a service that is not connected', async () => {
    const answer = await post({ id: '1', status: 'read' }, { url: '/chat-services/twilio/status' });
    expect(answer).toMatchObject({ status: 404, body: { code: 'unknown_service' } });
  });

  it.each([
    '',
    '{"id":"1"',
    '[]',
    'null',
    '\u0000',
    '{"id":{"a":1},"status":"read"}',
    '{"__proto__":{"id":"1"}}',
  ])('has no use for a signed body that is no report: %j', async (body) => {
    expect((await post(body)).status).toBe(200);
  });

  it('refuses a body of a megabyte', async () => {
    expect((await post('x'.repeat(1_000_000))).status).toBe(413);
  });

  it.each(['text/plain', 'application/json; charset=latin1', 'application/x-unheard-of'])(
    'reads the bytes as they are, whatever content type they claim to have: %s',
    async (type) => {
      const { id, serviceMessageId } = await sent();
      await post({ id: serviceMessageId, status: 'read' }, { headers: { 'content-type': type } });
      expect(await read(id)).toMatchObject({ state: 'read' });
    },
  );

  it('asks to come again when the store is down, and logs nothing about the message', async () => {
    const nobody = new pg.Pool({ host: '127.0.0.1', port: 9 });
    open({ ...store, db: drizzle(nobody, { schema }) });
    try {
      const id = randomUUID();
      const answer = await post({ id, status: 'delivered' });
      expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
      expect(context.lines.join('')).toContain('The store did not answer');
      expect(context.lines.join('')).not.toContain(id);
    } finally {
      open(store);
      await nobody.end();
    }
  });

  it('takes the reports of Twilio over HTTP', async () => {
    const server = await startTwilioServer();
    const config = {
      name: 'twilio',
      accountSid: twilioAccount.sid,
      authToken: twilioAccount.token,
      sender: { from: '+15550999' },
      apiUrl: server.url,
    } as const;
    const service = chatServiceOf(config);
    if (service === undefined) throw new Error('Twilio is not in the registry.');
    const listening = createApp(context);
    try {
      // The address is signed, so the configuration has to know it.
      const settings = { ...context.config, publicUrl: '' };
      statusRoutes(listening, { ...context, config: settings }, [service]);
      settings.publicUrl = await listening.listen({ host: '127.0.0.1', port: 0 });
      const { id } = await addMessage(store.db, { installationId, service: 'twilio' });
      const { id: sid } = await service.send({
        to: '+15550100',
        text: 'Hello',
        idempotencyKey: id,
        statusUrl: statusUrl(settings, { service: 'twilio', messageId: id }),
      });
      expect((await server.report(sid, 'queued')).status).toBe(200);
      expect(await read(id)).toMatchObject({ state: 'sent', serviceMessageId: sid });
      const answer = await server.report(sid, 'undelivered', { ErrorCode: '30006' });
      expect(answer.status).toBe(200);
      expect(await read(id)).toMatchObject({
        state: 'failed',
        reason: 'number_refused',
        serviceCode: '30006',
      });
    } finally {
      await listening.close();
      await server.close();
    }
  });
});
