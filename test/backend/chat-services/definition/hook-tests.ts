import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ChatServiceError, type StatusReport } from '../../../../src/backend/chat-services/chat-service.js';
import type {
  ConnectedAccount,
  ConnectedService,
  IncomingMessage,
  ServiceEvent,
} from '../../../../src/backend/chat-services/definition.js';
import type { Scene } from './describe-definition.js';
import { expectServiceFailure } from './failures.js';
import { newClientMessage, newMessage } from './messages.js';
import type { DefinitionUnderTest } from './under-test.js';

const picture = {
  kind: 'picture',
  type: 'image/png',
  fileName: 'shelf.png',
  bytes: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
} as const;

/** What a service tells us by itself. */
export function hookTests({ secrets, signatureHeader, has }: DefinitionUnderTest, scene: Scene): void {
  describe('what a service tells', () => {
    let account: ConnectedAccount;
    let service: ConnectedService;
    let hookUrl: string;

    beforeEach(async () => {
      account = await scene.running.connect();
      service = scene.definition.open(account.credentials);
      hookUrl = `${scene.listener.origin}/channels/${randomUUID()}/hook`;
      await service.listen(hookUrl);
    });

    afterEach(() => service.disconnect(hookUrl));

    /** As the routes do it: of the app's address what is for this account. */
    const read = (report: StatusReport): readonly ServiceEvent[] | undefined => {
      const { pathname } = new URL(report.url);
      if (pathname === new URL(hookUrl).pathname) {
        const events = service.readHook(report);
        if (events instanceof Promise) throw new Error('Who wrote should be in the call.');
        return events;
      }
      if (pathname !== '/app-hook') return undefined;
      return scene.definition.appHook
        ?.read(report)
        ?.filter(({ key }) => key === account.key)
        .map(({ event }) => event);
    };

    const messagesFrom = (report: StatusReport, from: string): IncomingMessage[] =>
      (read(report) ?? []).filter(
        (event): event is IncomingMessage => event.kind === 'message' && event.from === from,
      );

    const messageFrom = (from: string): Promise<{ report: StatusReport; message: IncomingMessage }> =>
      scene.listener.find((report) => {
        const [message] = messagesFrom(report, from);
        return message && { report, message };
      });

    /** A real call of the service, and who wrote. */
    const written = async (): Promise<{ report: StatusReport; from: string }> => {
      const client = newClientMessage();
      await scene.running.write(client);
      return { report: (await messageFrom(client.from)).report, from: client.from };
    };

    test('is what a client wrote, as it was written', async () => {
      const text = 'Hola!\n<b onclick="x()">¿Qué?</b> 👩‍👩‍👧 & “100%” + ñ=ß Привет';
      const client = newClientMessage({ text });
      await scene.running.write(client);
      const { message } = await messageFrom(client.from);
      expect(message).toMatchObject({ kind: 'message', from: client.from, text });
      expect(message.id).not.toBe('');
      expect(Math.abs(message.at.getTime() - Date.now())).toBeLessThan(10 * 60_000);
      expect([undefined, client.name]).toContain(message.name);
      expect(message.media).toBeUndefined();
    });

    if (!has.appHook) {
      test('is told at the newest of our addresses alone', async () => {
        const before = new URL(hookUrl).pathname;
        hookUrl = `${scene.listener.origin}/moved/channels/${randomUUID()}/hook`;
        await service.listen(hookUrl);
        const client = newClientMessage();
        await scene.running.write(client);
        await messageFrom(client.from);
        const paths = scene.listener.reports.map(({ url }) => new URL(url).pathname);
        expect(paths).not.toContain(before);
      });
    }

    test('is told once, however often it was asked to', async () => {
      await service.listen(hookUrl);
      await service.listen(hookUrl);
      const client = newClientMessage();
      await scene.running.write(client);
      await messageFrom(client.from);
      const told = scene.listener.reports.filter((report) => messagesFrom(report, client.from).length > 0);
      expect(told).toHaveLength(1);
    });

    test('has an id for each message, and the same for the same', async () => {
      const first = await written();
      const second = await written();
      const idOf = ({ report, from }: typeof first): string | undefined => messagesFrom(report, from)[0]?.id;
      expect(idOf(first)).toBe(idOf(first));
      expect(idOf(first)).not.toBe(idOf(second));
    });

    if (has.media !== 'none') {
      test('is a picture as well, whose bytes can be fetched', async () => {
        const client = newClientMessage({ media: picture });
        await scene.running.write(client);
        const { message } = await messageFrom(client.from);
        expect(message.text).toBe(client.text);
        expect(message.media).toMatchObject({ kind: 'picture' });
        const { url = '', ref = '' } = message.media ?? {};
        const response = await (has.media === 'url' ? fetch(url) : service.fetchMedia?.(ref));
        expect(response?.status).toBe(200);
        expect(Buffer.from((await response?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(picture.bytes);
      });
    }

    if (has.media === 'ref') {
      test('gives its access data to nobody else for a picture', async () => {
        const elsewhere = `${scene.listener.origin}/elsewhere`;
        for (const ref of [elsewhere, `//${new URL(elsewhere).host}/elsewhere`, '../../elsewhere', '', '%']) {
          await expect(service.fetchMedia?.(ref)).rejects.toBeInstanceOf(ChatServiceError);
        }
        expect(scene.listener.reports.filter(({ url }) => url.includes('elsewhere'))).toEqual([]);
      });

      test('does not wait for a picture for longer than it may', async () => {
        const client = newClientMessage({ media: picture });
        await scene.running.write(client);
        const { ref = '' } = (await messageFrom(client.from)).message.media ?? {};
        const impatient = scene.running.definition({ url: scene.proxy.url, timeout: 200 });
        const fetched = impatient.open(account.credentials).fetchMedia?.(ref);
        scene.proxy.meet('hang');
        await expectServiceFailure(fetched ?? Promise.resolve(), 'temporary', secrets);
      });
    }

    test.each([
      ['delivered', { state: 'delivered' }],
      ['read', { state: 'read' }],
      ['failed', { state: 'failed' }],
    ] as const)('is that a message is %s', async (status, expected) => {
      await scene.running.become?.(status);
      const { id } = await service.send({ ...newMessage(), statusUrl: `${hookUrl}?message=${randomUUID()}` });
      await scene.running.report(id, status);
      const update = await scene.listener.find((report) =>
        read(report)?.find((event) => event.kind === 'status' && event.id === id && event.state === status),
      );
      expect(update).toMatchObject({ kind: 'status', id, ...expected });
    });

    test('is not believed when its signature is missing, changed or of another body', async () => {
      const { report } = await written();
      const signature = String(report.headers[signatureHeader]);
      expect(signature).not.toBe('undefined');
      const withSignature = (value: string | string[] | undefined): StatusReport => ({
        ...report,
        headers: { ...report.headers, [signatureHeader]: value },
      });
      const changed = Buffer.from(report.body.toString().replace(/1555/, '1556'));
      expect(changed.equals(report.body)).toBe(false);
      expect(read({ ...report, body: changed })).toBeUndefined();
      expect(read({ ...report, body: Buffer.alloc(0) })).toBeUndefined();
      for (const value of [undefined, '', 'sha256=', signature.slice(0, -1), `${signature}0`, [signature]]) {
        expect(read(withSignature(value))).toBeUndefined();
      }
      expect(read(report)).toHaveLength(1);
    });

    if (!has.appHook) {
      test('is not believed of another account', async () => {
        const { report } = await written();
        const stranger = scene.definition.open(scene.running.wrongCredentials);
        expect(stranger.readHook(report)).toBeUndefined();
      });
    }

    test('may be nonsense, which tells nothing and breaks nothing', async () => {
      const { report } = await written();
      const common = [
        '',
        'null',
        '[]',
        '{',
        '"x"',
        '7',
        '{}',
        '{"type":"new"}',
        'a=1&b',
        '\0',
        '{"message":null}',
      ];
      for (const text of [...common, ...scene.running.nonsense]) {
        const body = Buffer.from(text);
        const headers = scene.running.sign({ account, url: report.url, body });
        expect([text, read({ url: report.url, headers, body })]).toEqual([text, []]);
      }
    });

    test('ends when the account is disconnected, which may happen twice', async () => {
      const { from } = await written();
      const before = scene.listener.reports.filter((report) => messagesFrom(report, from).length > 0);
      expect(before).toHaveLength(1);
      await service.disconnect(hookUrl);
      await service.disconnect(hookUrl);
      const client = newClientMessage();
      await scene.running.write(client);
      // Somebody who listens after that hears of what comes then, and of nothing before.
      account = await scene.running.connect();
      service = scene.definition.open(account.credentials);
      await service.listen(hookUrl);
      await written();
      const told = scene.listener.reports.filter((report) => report.body.includes(client.from.slice(1)));
      expect(told).toEqual([]);
    });

    if (has.signOut) {
      test('is that the account does not let us in any more', async () => {
        await scene.running.signOut?.(account);
        const event = await scene.listener.find((report) =>
          read(report)?.find(({ kind }) => kind === 'signed_out'),
        );
        expect(event).toEqual({ kind: 'signed_out' });
      });
    }
  });
}
