import { expect, test } from 'vitest';
import { newMessage } from '../definition/messages.js';
import type { Scene } from './describe-chat-service.js';
import type { ServiceUnderTest } from './under-test.js';

/** What is sent arrives as it was written, once. */
export function sendingTests(under: ServiceUnderTest, scene: Scene): void {
  test('sends a text as it was written, with line breaks, emoji and foreign letters', async () => {
    const message = newMessage({ text: 'Hola José!\n¿Qué tal? 👩‍👩‍👧 & “100%” + ñ=ß\r\n\tПривет' });
    const { id } = await scene.service.send(message);
    expect(id).not.toBe('');
    expect(await scene.takenFor(message)).toEqual([message.text]);
  });

  test('gives every message an id of its own', async () => {
    const first = await scene.service.send(newMessage());
    const second = await scene.service.send(newMessage());
    expect(first.id).not.toBe(second.id);
  });

  if (under.tellsInReports !== true) {
    test('delivers once and gives the same id when it is asked twice for the same message', async () => {
      const message = { ...newMessage(), triedSince: new Date() };
      const first = await scene.service.send(message);
      expect(await scene.service.send(message)).toEqual(first);
      expect(await scene.takenFor(message)).toHaveLength(1);
    });

    test.each(['lose_answer', 'half_answer'] as const)(
      'delivers once when its answer does not come through (%s)',
      async (fault) => {
        const message = newMessage();
        const triedSince = new Date();
        scene.proxy.meet(fault);
        await scene.expectFailure(scene.service.send(message), message, { kind: 'temporary' });
        const { id } = await scene.service.send({ ...message, triedSince });
        expect(id).not.toBe('');
        expect(await scene.takenFor(message)).toHaveLength(1);
      },
    );

    test('sends again what did not reach the service', async () => {
      const message = newMessage();
      const triedSince = new Date();
      scene.proxy.meet('drop');
      await scene.expectFailure(scene.service.send(message), message, { kind: 'temporary' });
      await scene.service.send({ ...message, triedSince });
      expect(await scene.takenFor(message)).toHaveLength(1);
    });
  }

  if (under.honoursKeys) {
    test('delivers once when it is asked by several at once', async () => {
      const message = newMessage();
      const sent = await Promise.all(Array.from({ length: 8 }, () => scene.service.send(message)));
      expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
      expect(await scene.takenFor(message)).toHaveLength(1);
    });
  }
}
