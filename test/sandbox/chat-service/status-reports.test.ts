import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { apiKey, openService, to, patient } from './support/service.js';
import { startReceiver } from './support/webhook.js';

describe('reports of the demo chat service', () => {
  it('tell that a message is delivered, and read once it is in view, signed with the key', async () => {
    const receiver = await startReceiver();
    const { send, page } = await openService();
    const { body } = await send({ status_url: receiver.url });
    await expect.poll(receiver.statuses, patient).toEqual(['delivered']);
    await page('POST', '/sandbox/phone/seen', { to });
    await expect.poll(receiver.statuses, patient).toEqual(['delivered', 'read']);
    expect(receiver.reports.map((one) => JSON.parse(one.body) as unknown)).toEqual([
      { type: 'status', id: body['id'], status: 'delivered' },
      { type: 'status', id: body['id'], status: 'read' },
    ]);
    for (const one of receiver.reports) {
      const hex = createHmac('sha256', apiKey).update(one.body).digest('hex');
      expect(one.signature).toBe(`sha256=${hex}`);
    }
  });

  it('tell of a failure with its reason', async () => {
    const receiver = await startReceiver();
    const { send, fail } = await openService();
    await fail({ mode: 'fails_later' });
    const { body } = await send({ status_url: receiver.url });
    await expect.poll(receiver.statuses, patient).toEqual(['failed']);
    expect(JSON.parse(receiver.reports[0]?.body ?? '')).toEqual({
      type: 'status',
      id: body['id'],
      status: 'failed',
      error: { code: 'undeliverable', message: 'The phone could not be reached.' },
    });
  });

  it('are repeated until the answer is 2xx, in the order of what happened', async () => {
    const receiver = await startReceiver([500, 302, 404]);
    const { send, page } = await openService();
    await page('PATCH', '/sandbox/phone/settings', { reading: 'always' });
    await send({ status_url: receiver.url });
    await expect
      .poll(receiver.statuses, patient)
      .toEqual(['delivered', 'delivered', 'delivered', 'delivered', 'read']);
  });

  it('are given up after the last attempt, and the next one is made all the same', async () => {
    const receiver = await startReceiver([500, 500, 500, 500]);
    const { send, page } = await openService();
    await page('PATCH', '/sandbox/phone/settings', { reading: 'always' });
    await send({ status_url: receiver.url });
    await expect
      .poll(receiver.statuses, patient)
      .toEqual(['delivered', 'delivered', 'delivered', 'delivered', 'read']);
  });

  it('to nobody keep nothing from being delivered', async () => {
    const { send, call } = await openService();
    const { body } = await send({ status_url: 'http://127.0.0.1:9/' });
    const status = async () => (await call('GET', `/messages/${String(body['id'])}`)).body['status'];
    await expect.poll(status, patient).toBe('delivered');
  });
});

describe('a message is read', () => {
  const statusOf = async ({ call }: Awaited<ReturnType<typeof openService>>) =>
    (await call('GET', '/messages')).body[0]?.['status'];

  it('when it is delivered to a phone that is in view already', async () => {
    const service = await openService({ deliveredAfterMs: 1_000 });
    await service.send();
    await service.page('POST', '/sandbox/phone/seen', { to });
    expect(await statusOf(service)).toBe('sent');
    await expect.poll(() => statusOf(service), patient).toBe('read');
  });

  it('never, when phones do not tell', async () => {
    const service = await openService();
    await service.page('PATCH', '/sandbox/phone/settings', { reading: 'never' });
    await service.send();
    await expect.poll(() => statusOf(service), patient).toBe('delivered');
    await service.page('POST', '/sandbox/phone/seen', { to });
    const [shown] = (await service.page('GET', '/sandbox/phone/messages')).body;
    expect(shown).toMatchObject({ status: 'delivered', seen: true });
  });
});
