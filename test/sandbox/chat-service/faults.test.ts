import { describe, expect, it } from 'vitest';
import { openService, to, patient } from './support/service.js';

const other = '+12125550103';

describe('the demo chat service, told to fail,', () => {
  it.each([
    ['unavailable', 503, 'unavailable'],
    ['rate_limited', 429, 'rate_limited'],
    ['invalid_number', 422, 'invalid_number'],
    ['not_on_service', 422, 'not_on_service'],
    ['recipient_blocked', 422, 'recipient_blocked'],
    ['invalid_key', 401, 'invalid_key'],
  ] as const)(
    'answers with %s to everybody or to one number, and works again',
    async (mode, status, code) => {
      const { send, fail, texts } = await openService();
      await fail({ mode });
      const refused = await send();
      expect(refused.status).toBe(status);
      expect(refused.body['error']).toMatchObject({ code });

      await fail({ to, mode });
      expect((await send()).status).toBe(status);
      expect((await send({ to: other, text: 'To another' })).status).toBe(201);
      await fail();
      expect((await send({ text: 'At last' })).status).toBe(201);
      expect(await texts()).toEqual(['At last', 'To another']);
    },
  );

  it.each([
    ['unavailable', 503],
    ['rate_limited', 429],
    ['invalid_key', 401],
    ['not_on_service', 200],
  ] as const)('with %s, answers %i for the account', async (mode, status) => {
    const { call, fail } = await openService();
    await fail({ mode });
    expect((await call('GET', '/account')).status).toBe(status);
    await fail({ to, mode });
    expect((await call('GET', '/account')).status).toBe(200);
  });

  it('says when a limited caller may ask again', async () => {
    const { send, fail } = await openService();
    await fail({ mode: 'rate_limited' });
    expect((await send()).headers.get('retry-after')).toBe('2');
    await fail({ mode: 'rate_limited', seconds: 30 });
    expect((await send()).headers.get('retry-after')).toBe('30');
  });

  it('does for a number what is set for it, not what is set for everybody', async () => {
    const { send, fail } = await openService();
    await fail({ mode: 'unavailable' }, { to, mode: 'not_on_service' });
    expect((await send()).status).toBe(422);
    expect((await send({ to: other })).status).toBe(503);
  });

  it('answers with a page for people in place of JSON, and takes no message', async () => {
    const { program, send, fail, texts, sandbox } = await openService();
    await fail({ mode: 'html' });
    const { url, apiKey } = sandbox.demoChat;
    for (const [method, address] of [
      ['POST', '/messages'],
      ['GET', '/account'],
    ] as const) {
      const answer = await fetch(`${url}${address}`, {
        method,
        headers: {
          Authorization: `Bearer ${apiKey}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': 'one',
        },
        ...(method === 'POST' && { body: JSON.stringify({ to, text: 'Hello' }) }),
      });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(await answer.text()).toContain('We are back soon');
    }
    expect((await program('GET', '/sandbox/phone/messages')).body).toEqual([]);
    await fail();
    await send();
    expect(await texts()).toEqual(['Hello']);
  });

  it('is slow', async () => {
    const { send, fail } = await openService();
    await fail({ mode: 'slow', seconds: 1 });
    const began = performance.now();
    expect((await send()).status).toBe(201);
    expect(performance.now() - began).toBeGreaterThanOrEqual(990);
  });

  it('loses its answer after the message was taken, and answers who asks again with the same key', async () => {
    const { send, fail, texts } = await openService();
    await fail({ mode: 'answer_lost' });
    const key = { 'Idempotency-Key': 'same' };
    await expect(send({}, key)).rejects.toThrow();
    expect((await send({}, key)).status).toBe(200);
    expect(await texts()).toEqual(['Hello']);
  });

  it('takes a message that fails later, and goes on answering its key', async () => {
    const { send, fail, call } = await openService();
    await fail({ mode: 'fails_later' });
    const key = { 'Idempotency-Key': 'same' };
    const { status, body } = await send({}, key);
    expect(status).toBe(201);
    const read = async () => (await call('GET', `/messages/${String(body['id'])}`)).body;
    await expect.poll(async () => (await read())['status'], patient).toBe('failed');
    const error = { code: 'undeliverable', message: 'The phone could not be reached.' };
    expect(await read()).toMatchObject({ error });
    await fail({ mode: 'not_on_service' });
    expect((await send({}, key)).body).toMatchObject({ status: 'failed', error });
  });

  it.each([
    [{ faults: 'all' }, 'faults: a list of at most 1000 was expected, not "all".'],
    [{ faults: [7] }, 'faults: objects was expected, not 7.'],
    [{ faults: [{ to: '12', mode: 'slow' }] }, /^to: a number such as \+15550100/],
    [{ faults: [{ mode: 'lazy' }] }, /^mode: one of unavailable, /],
    [
      { faults: [{ mode: 'slow', seconds: 121 }] },
      'seconds: a whole number from 1 to 120 was expected, not 121.',
    ],
    [{ faults: [{ mode: 'slow' }, { mode: 'unavailable' }] }, /^faults: one fault for a number/],
    [{ reading: 'soon' }, 'reading: one of opened, always, never was expected, not "soon".'],
    [{ mode: 'slow' }, 'mode: reading or faults was expected, not "mode".'],
  ])('refuses %j and changes nothing', async (wrong, error) => {
    const { page } = await openService();
    const answer = await page('PATCH', '/sandbox/phone/settings', wrong);
    expect(answer.status).toBe(400);
    expect(answer.body['error']).toMatch(error);
    expect((await page('GET', '/sandbox/phone/settings')).body).toEqual({ reading: 'opened', faults: [] });
  });

  it('takes no settings from pages of other sites', async () => {
    const { program } = await openService();
    const headers = { Origin: 'https://evil.example' };
    const faults = [{ mode: 'unavailable' }];
    expect((await program('PATCH', '/sandbox/phone/settings', { faults }, headers)).status).toBe(403);
    expect((await program('GET', '/sandbox/phone/access', undefined, headers)).status).toBe(403);
  });
});
