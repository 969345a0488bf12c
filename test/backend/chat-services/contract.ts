import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  ChatServiceError,
  type ChatService,
  type ChatServiceErrorKind,
  type OutgoingMessage,
  type StatusReport,
  type StatusUpdate,
} from '../../../src/backend/chat-services/chat-service.js';
import { startFaultyProxy, type FaultyProxy } from '../../support/faulty-proxy.js';
import { listen, type Listener } from './listener.js';

/** A refusal as the service words it, and what it must become. */
export interface Refused {
  readonly answer: { status: number; body: string; headers?: Record<string, string> };
  readonly kind: ChatServiceErrorKind;
  readonly reason: ChatServiceError['reason'];
  readonly code?: string;
}

export interface Running {
  readonly url: string;
  /** An adapter for the service at this address. */
  adapter(at: { url: string; timeout?: number; wrongKey?: true }): ChatService;
  /** What the service has taken, the oldest first. */
  taken(): readonly { to: string; text: string }[] | Promise<readonly { to: string; text: string }[]>;
  /** What becomes of messages from now on, where the service has to know it before. */
  become?(status: 'delivered' | 'read' | 'failed'): Promise<void>;
  /**
   * Has the service report to the address that came with the message; to `hookUrl` where it has one address for all.
   */
  report(id: string, status: 'delivered' | 'read' | 'failed', hookUrl: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface ServiceUnderTest {
  readonly title: string;
  start(): Promise<Running>;
  /** Whether the same key is the same message; else it is looked for by `triedSince`. */
  readonly honoursKeys: boolean;
  /** Whether its reports alone tell of a message whose answer was lost: it is not sent again for a while. */
  readonly tellsInReports?: true;
  /** Things that must never stand in an error. */
  readonly secrets: readonly string[];
  readonly signatureHeader: string;
  /** How its reports say each status, where they have another word for it. */
  readonly words?: Readonly<Record<'delivered' | 'read' | 'failed', string>>;
  /** An answer to a sending, of what the service has taken. */
  readonly refusals: Readonly<Record<string, Refused>>;
}

/** What every chat service must do, whatever is behind it. */
export function describeChatService(under: ServiceUnderTest): void {
  describe(`${under.title} as a chat service`, () => {
    let running: Running;
    let proxy: FaultyProxy;
    let service: ChatService;
    let listener: Listener;

    beforeAll(async () => {
      running = await under.start();
      listener = await listen();
    });

    afterAll(async () => {
      await running.close();
      await listener.close();
    });

    beforeEach(async () => {
      proxy = await startFaultyProxy(running.url);
      service = running.adapter({ url: proxy.url });
    });

    afterEach(() => proxy.close());

    test('sends a text as it was written, with line breaks, emoji and foreign letters', async () => {
      const message = newMessage({ text: 'Hola José!\n¿Qué tal? 👩‍👩‍👧 & “100%” + ñ=ß\r\n\tПривет' });
      const { id } = await service.send(message);
      expect(id).not.toBe('');
      expect(await takenFor(message)).toEqual([message.text]);
    });

    test('gives every message an id of its own', async () => {
      const first = await service.send(newMessage());
      const second = await service.send(newMessage());
      expect(first.id).not.toBe(second.id);
    });

    if (under.tellsInReports !== true) {
      test('delivers once and gives the same id when it is asked twice for the same message', async () => {
        const message = { ...newMessage(), triedSince: new Date() };
        const first = await service.send(message);
        expect(await service.send(message)).toEqual(first);
        expect(await takenFor(message)).toHaveLength(1);
      });

      test.each(['lose_answer', 'half_answer'] as const)(
        'delivers once when its answer does not come through (%s)',
        async (fault) => {
          const message = newMessage();
          const triedSince = new Date();
          proxy.meet(fault);
          await expectFailure(service.send(message), message, { kind: 'temporary' });
          const { id } = await service.send({ ...message, triedSince });
          expect(id).not.toBe('');
          expect(await takenFor(message)).toHaveLength(1);
        },
      );

      test('sends again what did not reach the service', async () => {
        const message = newMessage();
        const triedSince = new Date();
        proxy.meet('drop');
        await expectFailure(service.send(message), message, { kind: 'temporary' });
        await service.send({ ...message, triedSince });
        expect(await takenFor(message)).toHaveLength(1);
      });
    }

    if (under.honoursKeys) {
      test('delivers once when it is asked by several at once', async () => {
        const message = newMessage();
        const sent = await Promise.all(Array.from({ length: 8 }, () => service.send(message)));
        expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
        expect(await takenFor(message)).toHaveLength(1);
      });
    }

    test.each(Object.entries(under.refusals))('tells what a refusal means: %s', async (_name, refused) => {
      const message = newMessage();
      const { status, body, headers } = refused.answer;
      const quoting = body.replaceAll('{to}', message.to).replaceAll('{text}', message.text);
      proxy.meet({
        answer: { status, body: quoting, headers: { 'content-type': 'application/json', ...headers } },
      });
      const { kind, reason, code } = refused;
      await expectFailure(service.send(message), message, { kind, reason, code });
    });

    test.each([
      ['seconds', '7', 7, 7],
      ['a date', new Date(Date.now() + 20_000).toUTCString(), 1, 20],
    ])(
      'says when it wants to be asked again, from a Retry-After of %s',
      async (_name, value, least, most) => {
        const message = newMessage();
        proxy.meet({ answer: { status: 429, headers: { 'retry-after': value }, body: '' } });
        const error = await expectFailure(service.send(message), message, { kind: 'temporary' });
        expect(error.retryAfter).toBeGreaterThanOrEqual(least);
        expect(error.retryAfter).toBeLessThanOrEqual(most);
      },
    );

    test.each(['', 'soon', '-5'])('does without a Retry-After that tells nothing ("%s")', async (value) => {
      const message = newMessage();
      proxy.meet({ answer: { status: 429, headers: { 'retry-after': value }, body: '{}' } });
      const error = await expectFailure(service.send(message), message, {
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
      proxy.meet({
        answer: { status, body, headers: { 'content-type': 'text/html', location: '/elsewhere' } },
      });
      await expectFailure(service.send(message), message, {
        kind: 'temporary',
        reason: 'service_unavailable',
      });
      expect(proxy.requests).toHaveLength(1);
    });

    test('takes an answer of many megabytes for something that may pass', async () => {
      const message = newMessage();
      proxy.meet({ answer: { status: 201, body: `{"id":"${'x'.repeat(6_000_000)}"}` } });
      await expectFailure(service.send(message), message, { kind: 'temporary' });
    });

    test.each(['hang', 'endless_answer'] as const)(
      'does not wait for longer than it may (%s)',
      async (fault) => {
        const message = newMessage();
        proxy.meet(fault);
        const started = Date.now();
        const impatient = running.adapter({ url: proxy.url, timeout: 200 });
        await expectFailure(impatient.send(message), message, {
          kind: 'temporary',
          reason: 'service_unavailable',
        });
        expect(Date.now() - started).toBeLessThan(5000);
      },
    );

    test('breaks off when it is told to', async () => {
      const message = newMessage();
      const stop = new AbortController();
      proxy.meet('hang');
      const sending = service.send({ ...message, signal: stop.signal });
      await vi.waitFor(() => {
        expect(proxy.requests).toHaveLength(1);
      });
      stop.abort();
      await expectFailure(sending, message, { kind: 'temporary' });
      await expectFailure(service.send({ ...message, signal: stop.signal }), message, { kind: 'temporary' });
      expect(await takenFor(message)).toEqual([]);
    });

    test('says that it is not connected when its access data is refused', async () => {
      const message = newMessage();
      const stranger = running.adapter({ url: proxy.url, wrongKey: true });
      const expected = { kind: 'not_connected', reason: 'not_connected' } as const;
      await expectFailure(stranger.send(message), message, expected);
      await expectFailure(stranger.check(), message, expected);
      expect(await takenFor(message)).toEqual([]);
    });

    test('may pass when nobody is there', async () => {
      const message = newMessage();
      await proxy.close();
      await expectFailure(service.send(message), message, { kind: 'temporary' });
      await expectFailure(service.check(), message, { kind: 'temporary' });
    });

    test('checks its connection without sending anything', async () => {
      const before = (await running.taken()).length;
      await service.check();
      expect(await running.taken()).toHaveLength(before);
    });

    test.each([
      ['delivered', { state: 'delivered' }],
      ['read', { state: 'read' }],
      ['failed', { state: 'failed', reason: 'undelivered' }],
    ] as const)('reads its own report that a message is %s', async (status, expected) => {
      const { id, report } = await reportOf(status);
      expect(service.readStatus(report)).toEqual([
        expect.objectContaining({ id, ...expected }) as unknown as StatusUpdate,
      ]);
    });

    test('believes no report whose signature is missing, changed, of another key or of another body', async () => {
      const { report } = await reportOf('delivered');
      const signature = String(report.headers[under.signatureHeader]);
      const withSignature = (value: string | string[] | undefined): StatusReport => ({
        ...report,
        headers: { ...report.headers, [under.signatureHeader]: value },
      });
      const stranger = running.adapter({ url: proxy.url, wrongKey: true });
      const changed = Buffer.from(report.body.toString().replace(wordFor('delivered'), wordFor('failed')));
      expect(changed.equals(report.body)).toBe(false);
      expect(stranger.readStatus(report)).toBeUndefined();
      expect(service.readStatus({ ...report, body: changed })).toBeUndefined();
      expect(service.readStatus({ ...report, body: Buffer.alloc(0) })).toBeUndefined();
      for (const value of [undefined, '', 'sha256=', signature.slice(0, -1), `${signature}0`, [signature]]) {
        expect(service.readStatus(withSignature(value))).toBeUndefined();
      }
      expect(service.readStatus(report)).toHaveLength(1);
    });

    const wordFor = (status: 'delivered' | 'read' | 'failed'): string => under.words?.[status] ?? status;

    const reportOf = async (
      status: 'delivered' | 'read' | 'failed',
    ): Promise<{ id: string; report: StatusReport }> => {
      await running.become?.(status);
      const { id } = await service.send({
        ...newMessage(),
        statusUrl: `${listener.url}?message=${randomUUID()}`,
      });
      await running.report(id, status, listener.url);
      return {
        id,
        report: await listener.next((body) => body.includes(wordFor(status)) && body.includes(id)),
      };
    };

    const takenFor = async ({ to }: OutgoingMessage): Promise<string[]> =>
      (await running.taken()).filter((taken) => taken.to === to).map(({ text }) => text);

    const expectFailure = async (
      call: Promise<unknown>,
      message: OutgoingMessage,
      expected: { kind: ChatServiceErrorKind; reason?: string; code?: string | undefined },
    ): Promise<ChatServiceError> => {
      const error = await call.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (!(error instanceof ChatServiceError))
        throw new Error(`Expected a ChatServiceError, got ${String(error)}`);
      expect(error).toMatchObject(Object.fromEntries(Object.entries(expected).filter(([, value]) => value)));
      expect(error.message).not.toBe('');
      for (let at: unknown = error; at instanceof Error; at = at.cause) {
        for (const secret of [message.to, message.to.slice(1), message.text, ...under.secrets]) {
          expect(`${at.message} ${at.stack ?? ''}`).not.toContain(secret);
        }
      }
      return error;
    };
  });
}

let numbers = 0;

/** To a number that no other test writes to. */
function newMessage({ text = `Your order is ready, ${randomUUID()}` } = {}): OutgoingMessage {
  numbers += 1;
  return { to: `+1555010${String(1000 + numbers)}`, text, idempotencyKey: randomUUID() };
}
