import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ConnectedService } from '../../../../src/backend/chat-services/definition.js';
import type { Scene } from './describe-definition.js';
import { brokenAnswers, expectServiceFailure } from './failures.js';
import { newMessage } from './messages.js';
import type { DefinitionUnderTest } from './under-test.js';

/** What a connected account does, but for what the service tells by itself. */
export function accountTests({ secrets }: DefinitionUnderTest, scene: Scene): void {
  const open = async (): Promise<ConnectedService> => {
    const { credentials } = await scene.running.connect();
    return scene.definition.open(credentials);
  };
  const stranger = (): ConnectedService => scene.definition.open(scene.running.wrongCredentials);
  const hookUrl = (): string => `${scene.listener.origin}/channels/${randomUUID()}/hook`;

  describe('a connected account', () => {
    test('tells its name and phone, as it did when it was connected', async () => {
      const { name, phone, credentials, key } = await scene.running.connect();
      expect(name.trim()).not.toBe('');
      expect(key).not.toBe('');
      if (phone !== undefined) expect(phone).toMatch(/^\+[1-9]\d{6,14}$/);
      expect(await scene.definition.open(credentials).describe()).toEqual({ name, phone });
    });

    test('has the same key whenever it is connected', async () => {
      const first = await scene.running.connect();
      const second = await scene.running.connect();
      expect(second.key).toBe(first.key);
    });

    test('keeps access data that fits into the store', async () => {
      const { credentials } = await scene.running.connect();
      expect(JSON.parse(JSON.stringify(credentials))).toEqual(credentials);
      expect(Object.values(credentials).every((value) => typeof value === 'string')).toBe(true);
    });

    test('is called as its service is', async () => {
      const service = await open();
      const { name, title } = scene.definition;
      expect(service).toMatchObject({ name, title });
    });

    test('sends a text, and a picture by its link', async () => {
      const service = await open();
      const text = newMessage();
      const picture = {
        ...newMessage(),
        media: { kind: 'picture', url: 'https://files.example.com/p.png' },
      } as const;
      await service.send(text);
      const { id } = await service.send(picture);
      expect(id).not.toBe('');
      const taken = await scene.running.taken();
      expect(taken.filter(({ to }) => to === text.to)).toEqual([
        expect.objectContaining({ to: text.to, text: text.text }),
      ]);
      const sent = taken.filter(({ to }) => to === picture.to);
      expect(sent.map(({ text: its }) => its).join('\n')).toContain(picture.text);
      expect(JSON.stringify(sent)).toContain(picture.media.url);
    });

    test('sends a file without a text', async () => {
      const service = await open();
      const media = {
        kind: 'file',
        url: 'https://files.example.com/offer.pdf',
        fileName: 'Offer.pdf',
      } as const;
      const file = { ...newMessage(), text: '', media };
      await service.send(file);
      const sent = (await scene.running.taken()).filter(({ to }) => to === file.to);
      expect(sent).toHaveLength(1);
      expect(JSON.stringify(sent)).toContain(media.url);
    });

    test('can be checked without sending anything', async () => {
      const before = (await scene.running.taken()).length;
      await (await open()).check();
      expect(await scene.running.taken()).toHaveLength(before);
    });

    test('is not connected any more when its access data is refused', async () => {
      const fails = (call: Promise<unknown>): Promise<unknown> =>
        expectServiceFailure(call, 'not_connected', secrets);
      await fails(stranger().describe());
      await fails(stranger().check());
      await fails(stranger().listen(hookUrl()));
      await fails(stranger().send(newMessage()));
    });

    test('is disconnected without a complaint when its access data is refused already', async () => {
      await stranger().disconnect(hookUrl());
    });

    const calls: Readonly<Record<string, (service: ConnectedService) => Promise<unknown>>> = {
      'asked who it is': (service) => service.describe(),
      'asked to listen': (service) => service.listen(hookUrl()),
      disconnected: (service) => service.disconnect(hookUrl()),
    };

    describe.each(Object.entries(calls))('that is %s', (_name, call) => {
      test.each(Object.entries(brokenAnswers))('may be so later when there is %s', async (_fault, fault) => {
        const service = await open();
        scene.proxy.meet(fault);
        await expectServiceFailure(call(service), 'temporary', secrets);
      });

      test('does not wait for longer than it may', async () => {
        const { credentials } = await scene.running.connect();
        const impatient = scene.running.definition({ url: scene.proxy.url, timeout: 200 });
        scene.proxy.meet('hang');
        const started = Date.now();
        await expectServiceFailure(call(impatient.open(credentials)), 'temporary', secrets);
        expect(Date.now() - started).toBeLessThan(5000);
      });
    });

    test('breaks off a question when it is told to', async () => {
      const service = await open();
      await expectServiceFailure(service.describe(AbortSignal.abort()), 'temporary', secrets);
    });
  });
}
