import { randomUUID } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import type {
  ConnectedAccount,
  Memory,
  QrCode,
  QrMethod,
} from '../../../../src/backend/chat-services/definition.js';
import type { Scene } from './describe-definition.js';
import { brokenAnswers, expectConnectFailure } from './failures.js';
import type { DefinitionUnderTest, QrUnderTest } from './under-test.js';

const patience = { timeout: 20_000, interval: 20 };

/** A code that a phone scans, for services that have it. */
export function qrTests({ secrets }: DefinitionUnderTest, scene: Scene): void {
  describe('connecting by QR code', () => {
    const method = (definition = scene.definition): QrMethod => {
      if (definition.qr === undefined) throw new Error('The definition has no QR code.');
      return definition.qr;
    };
    const phone = (): QrUnderTest => {
      if (scene.running.qr === undefined) throw new Error('The service has no QR code.');
      return scene.running.qr;
    };
    const begin = (): Promise<Memory> => method().begin({ id: randomUUID() });
    const codeOf = (memory: Memory): Promise<QrCode> =>
      vi.waitFor(async () => {
        const answer = await method().poll(memory);
        if (answer.state !== 'waiting' || answer.code === undefined) throw new Error('There is no code.');
        return answer.code;
      }, patience);
    const connected = (memory: Memory): Promise<ConnectedAccount> =>
      vi.waitFor(async () => {
        const answer = await method().poll(memory);
        if (answer.state !== 'connected') throw new Error('Nobody is connected.');
        return answer.account;
      }, patience);

    test('shows a code, as a picture or as a text to draw', async () => {
      const memory = await begin();
      expect(JSON.parse(JSON.stringify(memory))).toEqual(memory);
      const code = await codeOf(memory);
      if ('png' in code) expect(code.png.subarray(1, 4).toString()).toBe('PNG');
      else expect(code.text.trim()).not.toBe('');
      if (code.expiresAt !== undefined) expect(code.expiresAt.getTime()).toBeGreaterThan(Date.now() - 5000);
      await method().cancel(memory);
    });

    test('ends with an account that works once it was scanned', async () => {
      const memory = await begin();
      await phone().scan(await codeOf(memory));
      const { name, phone: number, credentials, key } = await connected(memory);
      expect(key).not.toBe('');
      expect(await scene.definition.open(credentials).describe()).toEqual({ name, phone: number });
    });

    test('shows another code when the time of one is over', async () => {
      const memory = await begin();
      const first = await codeOf(memory);
      await phone().expire(first);
      await vi.waitFor(async () => {
        const second = await codeOf(memory);
        expect({ ...second, expiresAt: undefined }).not.toEqual({ ...first, expiresAt: undefined });
      }, patience);
      await method().cancel(memory);
    });

    test('keeps attempts apart', async () => {
      const [one, other] = [await begin(), await begin()];
      await phone().scan(await codeOf(one));
      await connected(one);
      expect(await method().poll(other)).toMatchObject({ state: 'waiting' });
      await method().cancel(other);
    });

    test('ends when it is given up, which may happen twice', async () => {
      const memory = await begin();
      await codeOf(memory);
      await method().cancel(memory);
      await method().cancel(memory);
      await expectConnectFailure(method().poll(memory), 'expired', secrets);
    });

    test('takes memory that it did not make for an attempt that is over', async () => {
      await expectConnectFailure(method().poll({}), 'expired', secrets);
      await method().cancel({});
    });

    test.each(Object.entries(brokenAnswers))('may work later when there is %s', async (_name, fault) => {
      scene.proxy.meet(fault);
      await expectConnectFailure(begin(), 'service_unavailable', secrets);
      const memory = await begin();
      scene.proxy.meet(fault);
      await expectConnectFailure(method().poll(memory), 'service_unavailable', secrets);
      await codeOf(memory);
      scene.proxy.meet(fault);
      await expectConnectFailure(method().cancel(memory), 'service_unavailable', secrets);
      await method().cancel(memory);
    });

    test('does not wait for longer than it may', async () => {
      const memory = await begin();
      const impatient = method(scene.running.definition({ url: scene.proxy.url, timeout: 200 }));
      scene.proxy.meet('hang', 'hang');
      await expectConnectFailure(impatient.poll(memory), 'service_unavailable', secrets);
      await expectConnectFailure(impatient.begin({ id: randomUUID() }), 'service_unavailable', secrets);
      await method().cancel(memory);
    });
  });
}
