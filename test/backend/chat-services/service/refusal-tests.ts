import { expect, test, vi } from 'vitest';
import { newMessage } from '../definition/messages.js';
import type { Scene } from './describe-chat-service.js';
import type { ServiceUnderTest } from './under-test.js';

/** What is not sent tells why, and whether it may go later. */
export function refusalTests(under: ServiceUnderTest, scene: Scene): void {
  test.each(Object.entries(under.refusals))('tells what a refusal means: %s', async (_name, refused) => {
    const message = newMessage();
    const { status, body, headers } = refused.answer;
    const quoting = body.replaceAll('{to}', message.to).replaceAll('{text}', message.text);
    scene.proxy.meet({
      answer: { status, body: quoting, headers: { 'content-type': 'application/json', ...headers } },
    });
    const { kind, reason, code } = refused;
    await scene.expectFailure(scene.service.send(message), message, { kind, reason, code });
  });

  test.each([
    ['seconds', '7', 7, 7],
    ['a date', new Date(Date.now() + 20_000).toUTCString(), 1, 20],
  ])('says when it wants to be asked again, from a Retry-After of %s', async (_name, value, least, most) => {
    const message = newMessage();
    scene.proxy.meet({ answer: { status: 429, headers: { 'retry-after': value }, body: '' } });
    const error = await scene.expectFailure(scene.service.send(message), message, { kind: 'temporary' });
    expect(error.retryAfter).toBeGreaterThanOrEqual(least);
    expect(error.retryAfter).toBeLessThanOrEqual(most);
  });

  test.each(['', 'soon', '-5'])('does without a Retry-After that tells nothing ("%s")', async (value) => {
    const message = newMessage();
    scene.proxy.meet({ answer: { status: 429, headers: { 'retry-after': value }, body: '{}' } });
    const error = await scene.expectFailure(scene.service.send(message), message, {
      kind: 'temporary',
      reason: 'service_unavailable',
    });
    expect(error.retryAfter).toBeUndefined();
  });

  test.each([
    ['a page of a proxy', 502, '<html><body>Bad gateway</body></html>'],
    ['a page in place of the answer', 200, '<!doctype html><title>Welcome</title>'],
    ['half of an answer', 201, '{"id":"x","sid":"x","to'],
    ['an answer without an id', 201, '{"status":"queued"}'],
    ['an id that is none', 201, '{"id":7,"sid":null}'],
    ['an empty answer', 204, ''],
    ['a list', 201, '[]'],
    ['a redirect', 302, ''],
    ['a missing page', 404, '<h1>Not Found</h1>'],
    ['an error that is none', 500, '{"error":null,"code":"x"}'],
  ])('takes %s for something that may pass', async (_name, status, body) => {
    const message = newMessage();
    scene.proxy.meet({
      answer: { status, body, headers: { 'content-type': 'text/html', location: '/elsewhere' } },
    });
    await scene.expectFailure(scene.service.send(message), message, {
      kind: 'temporary',
      reason: 'service_unavailable',
    });
    expect(scene.proxy.requests).toHaveLength(1);
  });

  test('takes an answer of many megabytes for something that may pass', async () => {
    const message = newMessage();
    scene.proxy.meet({ answer: { status: 201, body: `{"id":"${'x'.repeat(6_000_000)}"}` } });
    await scene.expectFailure(scene.service.send(message), message, { kind: 'temporary' });
  });

  test.each(['hang', 'endless_answer'] as const)(
    'does not wait for longer than it may (%s)',
    async (fault) => {
      const message = newMessage();
      scene.proxy.meet(fault);
      const started = Date.now();
      const impatient = scene.running.adapter({ url: scene.proxy.url, timeout: 200 });
      await scene.expectFailure(impatient.send(message), message, {
        kind: 'temporary',
        reason: 'service_unavailable',
      });
      expect(Date.now() - started).toBeLessThan(5000);
    },
  );

  test('breaks off when it is told to', async () => {
    const message = newMessage();
    const stop = new AbortController();
    scene.proxy.meet('hang');
    const sending = scene.service.send({ ...message, signal: stop.signal });
    await vi.waitFor(() => {
      expect(scene.proxy.requests).toHaveLength(1);
    });
    stop.abort();
    await scene.expectFailure(sending, message, { kind: 'temporary' });
    await scene.expectFailure(scene.service.send({ ...message, signal: stop.signal }), message, {
      kind: 'temporary',
    });
    expect(await scene.takenFor(message)).toEqual([]);
  });

  test('says that it is not connected when its access data is refused', async () => {
    const message = newMessage();
    const stranger = scene.running.adapter({ url: scene.proxy.url, wrongKey: true });
    const expected = { kind: 'not_connected', reason: 'not_connected' } as const;
    await scene.expectFailure(stranger.send(message), message, expected);
    await scene.expectFailure(stranger.check(), message, expected);
    expect(await scene.takenFor(message)).toEqual([]);
  });

  test('may pass when nobody is there', async () => {
    const message = newMessage();
    await scene.proxy.close();
    await scene.expectFailure(scene.service.send(message), message, { kind: 'temporary' });
    await scene.expectFailure(scene.service.check(), message, { kind: 'temporary' });
  });

  test('checks its connection without sending anything', async () => {
    const before = (await scene.running.taken()).length;
    await scene.service.check();
    expect(await scene.running.taken()).toHaveLength(before);
  });
}
