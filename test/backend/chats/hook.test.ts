import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { reactAsManager, typeAsManager } from '../../../src/sandbox/account/chats/manager.js';
import { hookSignature } from '../../../src/sandbox/account/chats/signature.js';
import { sharedStore } from '../installations/support/connected.js';
import { phone } from './support/chat-account.js';
import { hookBody, openTalking, outgoing } from './support/talking.js';

vi.setConfig({ testTimeout: 120_000 });

const store = sharedStore();

describe('a chats hook', () => {
  it('about somebody who types or reacts is taken and does nothing', async () => {
    const { opened, chat, by } = await openTalking(store());
    expect(await typeAsManager(opened.sandbox, { chat, by })).toMatchObject({ status: 200 });
    const [message] = opened.sandbox.account.messages.values();
    if (message === undefined) throw new Error('There is no message.');
    expect(await reactAsManager(opened.sandbox, { message, by, emoji: '👍' })).toMatchObject({ status: 200 });
    expect(await outgoing(opened)).toEqual([]);
    expect(await opened.counted('hooks', { kind: 'chats', result: 'ignored' })).toBe(2);
  });

  it('that is none, or not for now, is refused and does nothing', async () => {
    const { opened, channel } = await openTalking(store());
    const client = `${channel.id}:${phone}`;
    const now = Math.floor(Date.now() / 1000);
    const good = hookBody(opened, client);
    const signed = JSON.stringify(good);
    const signature = hookSignature(signed, opened.registered.secret);
    const scopeOf = (id: string) => `${id}_${opened.sandbox.account.amojo_id}`;

    const answers = {
      'wrong signature': await opened.hook(good, { signature: 'f'.repeat(40) }),
      'no signature': await opened.hook(good, { signature: '' }),
      'changed body': await opened.hook(signed.replace('An answer', 'Another'), { signature }),
      'old date': await opened.hook(hookBody(opened, client, { time: now - 16 * 60 })),
      'date ahead': await opened.hook(hookBody(opened, client, { time: now + 16 * 60 })),
      'no date': await opened.hook(hookBody(opened, client, { time: 'now' })),
      'another account': await opened.hook(hookBody(opened, client, { account_id: randomUUID() })),
      'unknown channel': await opened.hook(good, { scope: scopeOf(randomUUID()) }),
      'unknown scope': await opened.hook(good, { scope: `${opened.registered.id}_${randomUUID()}` }),
      'no JSON': await opened.hook('{"account_id":'),
      'no message': await opened.hook(hookBody(opened, client, { message: { message: { id: 'x' } } })),
      'a list': await opened.hook([good]),
      nothing: await opened.hook(''),
      'too long': await opened.hook(hookBody(opened, client, { rest: 'x'.repeat(1024 * 1024) })),
    };
    expect(answers).toEqual({
      'wrong signature': 403,
      'no signature': 403,
      'changed body': 403,
      'old date': 400,
      'date ahead': 400,
      'no date': 400,
      'another account': 400,
      'unknown channel': 404,
      'unknown scope': 404,
      'no JSON': 400,
      'no message': 400,
      'a list': 400,
      nothing: 400,
      'too long': 413,
    });
    expect(await outgoing(opened)).toEqual([]);
    const counted = (result: string) => opened.counted('hooks', { kind: 'chats', result });
    expect(await counted('wrong_signature')).toBe(3);
    expect(await counted('stale')).toBe(2);
    expect(await counted('unknown_scope')).toBe(2);
    expect(await counted('unreadable')).toBe(7);
    expect(await opened.hook(good)).toBe(200);
    expect(opened.context.lines.join('')).not.toContain('An answer');
  });

  it('is answered with 503 while the store does not take it in time', async () => {
    const { opened, channel } = await openTalking(store(), { options: { patience: 300 } });
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    // PGlite does one thing at a time.
    const busy = store().db.transaction(() => held);
    expect(await opened.hook(hookBody(opened, `${channel.id}:${phone}`))).toBe(503);
    release();
    await busy;
    expect(await opened.counted('hooks', { kind: 'chats', result: 'unavailable' })).toBe(1);
    expect(await opened.hook(hookBody(opened, `${channel.id}:${phone}`))).toBe(200);
    // What was refused is not sent after all.
    expect(await outgoing(opened)).toHaveLength(1);
  });
});
