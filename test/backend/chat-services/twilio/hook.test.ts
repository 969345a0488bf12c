import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTwilioServer, type TwilioServer } from '../../../support/twilio-server.js';
import { listen, type Listener } from '../listener.js';
import { credentials, definitionAt, number } from './support.js';

describe('Twilio as a service to connect', () => {
  let server: TwilioServer;
  let listener: Listener;

  beforeAll(async () => {
    listener = await listen();
  });
  afterAll(() => listener.close());

  beforeEach(async () => {
    server = await startTwilioServer();
    return () => server.close();
  });

  describe('an incoming message', () => {
    const events = async (
      sender: string,
      message: Parameters<TwilioServer['write']>[1],
    ): Promise<unknown> => {
      const hook = `${listener.origin}/hook/${message.from.slice(1)}`;
      const connected = definitionAt(server).open(credentials(sender));
      await connected.listen(hook);
      await server.write(sender, message);
      return listener.find((report) => (report.url === hook ? connected.readHook(report) : undefined));
    };
    const bytes = Buffer.from('bytes');

    test('of several files is a message for each, the first with the text', async () => {
      const files = ['image/jpeg', 'video/mp4', 'audio/mpeg', 'application/pdf'].map((type) => ({
        type,
        bytes,
      }));
      const told = await events(number, { from: '+15550301', text: 'Look', files });
      const kinds = ['picture', 'video', 'audio', 'file'].map(
        (kind) => expect.objectContaining({ media: expect.objectContaining({ kind }) as unknown }) as unknown,
      );
      expect(told).toEqual(kinds);
      const [first, ...others] = told as { id: string; text?: string }[];
      expect(first?.text).toBe('Look');
      expect(others.every(({ text }) => text === undefined)).toBe(true);
      expect(new Set((told as { id: string }[]).map(({ id }) => id)).size).toBe(4);
    });

    test.each([
      ['image/webp', 'sticker'],
      ['audio/ogg', 'voice'],
      ['text/vcard', 'file'],
    ])('on WhatsApp with %s is a %s', async (type, kind) => {
      const from = `+155503${String(kind.length)}${String(type.length)}`;
      const told = await events('whatsapp:+15550772', {
        from,
        name: 'Ana',
        text: '',
        files: [{ type, bytes }],
      });
      expect(told).toEqual([
        expect.objectContaining({ from, name: 'Ana', media: expect.objectContaining({ kind }) as unknown }),
      ]);
    });

    test('that is a place tells where', async () => {
      const more = { Latitude: '41.38', Longitude: '2.17', Label: 'Shop', Address: 'Main Street 1' };
      const told = await events('whatsapp:+15550772', { from: '+15550340', text: '', more });
      expect(told).toEqual([expect.objectContaining({ text: 'Shop\nMain Street 1\n41.38, 2.17' })]);
    });
  });
});
