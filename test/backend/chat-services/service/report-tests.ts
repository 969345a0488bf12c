import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { StatusReport, StatusUpdate } from '../../../../src/backend/chat-services/chat-service.js';
import { newMessage } from '../definition/messages.js';
import type { Scene } from './describe-chat-service.js';
import type { ServiceUnderTest } from './under-test.js';

/** Reports are read, when the service has signed them. */
export function reportTests(under: ServiceUnderTest, scene: Scene): void {
  test.each([
    ['delivered', { state: 'delivered' }],
    ['read', { state: 'read' }],
    ['failed', { state: 'failed', reason: 'undelivered' }],
  ] as const)('reads its own report that a message is %s', async (status, expected) => {
    const { id, report } = await reportOf(status);
    expect(scene.service.readStatus(report)).toEqual([
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
    const stranger = scene.running.adapter({ url: scene.proxy.url, wrongKey: true });
    const changed = Buffer.from(report.body.toString().replace(wordFor('delivered'), wordFor('failed')));
    expect(changed.equals(report.body)).toBe(false);
    expect(stranger.readStatus(report)).toBeUndefined();
    expect(scene.service.readStatus({ ...report, body: changed })).toBeUndefined();
    expect(scene.service.readStatus({ ...report, body: Buffer.alloc(0) })).toBeUndefined();
    for (const value of [undefined, '', 'sha256=', signature.slice(0, -1), `${signature}0`, [signature]]) {
      expect(scene.service.readStatus(withSignature(value))).toBeUndefined();
    }
    expect(scene.service.readStatus(report)).toHaveLength(1);
  });

  const wordFor = (status: 'delivered' | 'read' | 'failed'): string => under.words?.[status] ?? status;

  const reportOf = async (
    status: 'delivered' | 'read' | 'failed',
  ): Promise<{ id: string; report: StatusReport }> => {
    await scene.running.become?.(status);
    const { id } = await scene.service.send({
      ...newMessage(),
      statusUrl: `${scene.listener.url}?message=${randomUUID()}`,
    });
    await scene.running.report(id, status, scene.listener.url);
    return {
      id,
      report: await scene.listener.next((body) => body.includes(wordFor(status)) && body.includes(id)),
    };
  };
}
