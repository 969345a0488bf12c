import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type {
  ChatServiceDefinition,
  ConnectedAccount,
  ConnectedService,
  Credentials,
} from '../../../src/backend/chat-services/definition.js';
import { definitionsOf } from '../../../src/backend/chat-services/definitions.js';
import {
  startTwilioServer,
  twilioAccount,
  twilioSigned,
  type TwilioServer,
} from '../../support/twilio-server.js';
import { describeDefinition } from './definition/describe-definition.js';
import { listen, type Listener } from './listener.js';

const number = '+15550999';
const service = `MG${'1b'.repeat(16)}`;
const anotherToken = 'another-auth-token';

function definition({ url, timeout }: { url: string; timeout?: number }): ChatServiceDefinition {
  const options = timeout === undefined ? {} : { timeout };
  const its = definitionsOf([{ name: 'twilio', apiUrl: url }], options).get('twilio');
  if (its === undefined) throw new Error('Twilio is not in the registry.');
  return its;
}

const values = (sender: string): Record<string, string> => ({
  account_id: twilioAccount.sid,
  secret: twilioAccount.token,
  sender,
});

const credentials = (sender: string): Credentials => ({
  account_sid: twilioAccount.sid,
  auth_token: twilioAccount.token,
  sender,
});

const kindsOfSenders = [
  ['a number', number],
  ['a messaging service', service],
  ['a number at WhatsApp', 'whatsapp:+15550772'],
] as const;

describe.each(kindsOfSenders)('With %s', (title, sender) => {
  describeDefinition({
    title: `Twilio with ${title}`,
    secrets: [twilioAccount.sid, twilioAccount.token, anotherToken, sender],
    signatureHeader: 'x-twilio-signature',
    has: { oauth: false, qr: false, apiKey: true, media: 'ref', signOut: false, appHook: false },
    async start() {
      const server = await startTwilioServer();
      const connect = async (): Promise<ConnectedAccount> => {
        const account = await definition(server).apiKey?.complete(values(sender));
        if (account === undefined) throw new Error('Twilio has no API key.');
        return account;
      };
      return {
        url: server.url,
        definition,
        connect,
        wrongCredentials: { ...credentials(sender), auth_token: anotherToken },
        taken: () =>
          server.messages.map(({ to, body, mediaUrl }) => ({
            to: to.replace('whatsapp:', ''),
            text: body,
            media: mediaUrl ?? undefined,
          })),
        async write({ from, name, text, media }) {
          await server.write(sender, { from, name, text, files: media ? [media] : [] });
        },
        report: (id, status) => server.report(id, status, status === 'failed' ? { ErrorCode: '30008' } : {}),
        sign: ({ url, body }) => ({
          'x-twilio-signature': twilioSigned(url, Object.fromEntries(new URLSearchParams(body.toString()))),
        }),
        nonsense: [
          'Body=Hello',
          'Body=Hello&From=%2B15550100',
          'MessageSid=SM1&Body=Hello&From=SHOP',
          'MessageSid=SM1&MessageStatus=new',
          'MessageStatus=delivered',
          'MessageSid=SM1&Body=&From=12345&NumMedia=lots',
        ],
        apiKey: {
          values: values(sender),
          wrong: {
            'a wrong token': {
              values: { ...values(sender), secret: anotherToken },
              problem: 'wrong_credentials',
            },
            'an account that is not there': {
              values: { ...values(sender), account_id: `AC${'2c'.repeat(16)}` },
              problem: 'wrong_credentials',
            },
            'an API key in place of the account': {
              values: { ...values(sender), account_id: `SK${'2c'.repeat(16)}` },
              problem: 'wrong_credentials',
            },
            'a number of somebody else': { values: values('+15550555'), problem: 'no_sender' },
            'a part of a number': { values: values('+1555099'), problem: 'no_sender' },
            'a service of somebody else': { values: values(`MG${'3d'.repeat(16)}`), problem: 'no_sender' },
            'a number that is not at WhatsApp': {
              values: values(`whatsapp:${number}`),
              problem: 'no_sender',
            },
            'no sender at all': { values: values('!?'), problem: 'no_sender' },
          },
        },
        close: () => server.close(),
      };
    },
  });
});

describe('Twilio as a service to connect', () => {
  let server: TwilioServer;
  let twilio: ChatServiceDefinition;
  let listener: Listener;

  beforeAll(async () => {
    listener = await listen();
  });
  afterAll(() => listener.close());

  beforeEach(async () => {
    server = await startTwilioServer();
    twilio = definition(server);
    return () => server.close();
  });

  const open = (sender: string): ConnectedService => twilio.open(credentials(sender));

  test.each([
    [number, `${twilioAccount.sid}:${number}`, 'Our company', number],
    ['+1 (555) 09-99', `${twilioAccount.sid}:${number}`, 'Our company', number],
    ['whatsapp:+15550772', `${twilioAccount.sid}:whatsapp:+15550772`, 'Shop 2', '+15550772'],
    ['WhatsApp: +1 555 0772', `${twilioAccount.sid}:whatsapp:+15550772`, 'Shop 2', '+15550772'],
    [service, `${twilioAccount.sid}:${service}`, 'Reminders', undefined],
    [service.toLowerCase(), `${twilioAccount.sid}:${service}`, 'Reminders', undefined],
    ['12345', `${twilioAccount.sid}:12345`, 'Our company', undefined],
    ['My Shop', `${twilioAccount.sid}:My Shop`, 'Our company', undefined],
  ])('reads the sender %s', async (typed, key, name, phone) => {
    const account = await twilio.apiKey?.complete(values(typed));
    expect(account).toMatchObject({ key, name, phone });
    expect(await twilio.open(account?.credentials ?? {}).describe()).toEqual({ name, phone });
  });

  test('has one key for an account, however its SID is typed', async () => {
    const typed = { ...values(number), account_id: twilioAccount.sid.toLowerCase() };
    const account = await twilio.apiKey?.complete(typed);
    expect(account).toMatchObject({ key: `${twilioAccount.sid}:${number}` });
  });

  test('connects no account that is suspended', async () => {
    server.accountStatus = 'suspended';
    await expect(twilio.apiKey?.complete(values(number))).rejects.toMatchObject({
      problem: 'wrong_credentials',
    });
  });

  test('is not connected any more when the account has given the number back', async () => {
    server.senders.numbers.splice(0);
    await expect(open(number).describe()).rejects.toMatchObject({ kind: 'not_connected' });
    await expect(open(number).listen('http://127.0.0.1:9/hook')).rejects.toMatchObject({
      kind: 'not_connected',
    });
    await open(number).disconnect('http://127.0.0.1:9/hook');
  });

  test('has messages come to our address before anything else takes them, and calls made again', async () => {
    const [ours] = server.senders.numbers;
    if (ours) Object.assign(ours, { smsMethod: 'GET', smsApplicationSid: 'AP1' });
    await open(number).listen('http://127.0.0.1:9/hook');
    expect(ours).toMatchObject({
      smsUrl: 'http://127.0.0.1:9/hook#rc=5&rp=5xx,ct,rt',
      smsMethod: 'POST',
      smsApplicationSid: '',
    });
    await open(service).listen('http://127.0.0.1:9/hook');
    expect(server.senders.services[0]).toMatchObject({ useInboundWebhookOnNumber: false });
  });

  test('leaves the rest of a WhatsApp sender as it was', async () => {
    const sender = open('whatsapp:+15550772');
    await sender.listen('http://127.0.0.1:9/hook');
    await sender.disconnect('http://127.0.0.1:9/hook');
    expect(server.senders.whatsApp[2]?.webhook).toMatchObject({
      callback_url: '',
      status_callback_url: 'https://theirs.example.com/status',
    });
  });

  test.each(kindsOfSenders)('leaves an address that somebody else gave %s since', async (_kind, sender) => {
    await open(sender).listen('http://127.0.0.1:9/hook');
    await open(sender).listen('http://127.0.0.1:9/theirs');
    await open(sender).disconnect('http://127.0.0.1:9/hook');
    expect(JSON.stringify(server.senders)).toContain('http://127.0.0.1:9/theirs');
  });

  test('has nothing come in for a name or a short code', async () => {
    const before = JSON.stringify(server.senders);
    for (const sender of ['My Shop', '12345']) {
      await open(sender).listen('http://127.0.0.1:9/hook');
      await open(sender).disconnect('http://127.0.0.1:9/hook');
    }
    expect(JSON.stringify(server.senders)).toBe(before);
  });

  test('gives Twilio no address that it cannot reach', async () => {
    const calls: string[] = [];
    const away = definitionsOf([{ name: 'twilio', apiUrl: 'https://api.twilio.com' }], {
      fetch: (url, init) => {
        calls.push(`${init?.method ?? ''} ${url as string}`);
        return Promise.resolve(Response.json({ sid: service, friendly_name: 'Reminders' }));
      },
    }).get('twilio');
    await away?.open(credentials(service)).listen('http://localhost:3000/hook');
    expect(calls).toEqual([`GET https://messaging.twilio.com/v1/Services/${service}`]);
    await away?.open(credentials(service)).listen('https://app.example.com/hook');
    expect(calls.slice(1)).toEqual([
      `GET https://messaging.twilio.com/v1/Services/${service}`,
      `POST https://messaging.twilio.com/v1/Services/${service}`,
    ]);
  });

  describe('an incoming message', () => {
    const events = async (
      sender: string,
      message: Parameters<TwilioServer['write']>[1],
    ): Promise<unknown> => {
      const hook = `${listener.origin}/hook/${message.from.slice(1)}`;
      await open(sender).listen(hook);
      await server.write(sender, message);
      return listener.find((report) => (report.url === hook ? open(sender).readHook(report) : undefined));
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

  test.each([
    `/2010-04-01/Accounts/${twilioAccount.sid}/Messages.json`,
    `/2010-04-01/Accounts/${twilioAccount.sid}/Messages/MM1/Media/ME1/../../../../Keys`,
    `/2010-04-01/Accounts/AC${'2c'.repeat(16)}/Messages/MM1/Media/ME1`,
    `/2010-04-01/Accounts/${twilioAccount.sid}2/Messages/MM1/Media/ME1`,
  ])('asks for no file that is none of the account: %s', async (ref) => {
    const asked: unknown[] = [];
    const its = definitionsOf([{ name: 'twilio', apiUrl: server.url }], {
      fetch: (url) => {
        asked.push(url);
        return Promise.resolve(new Response('bytes'));
      },
    }).get('twilio');
    await expect(its?.open(credentials(number)).fetchMedia?.(ref)).rejects.toMatchObject({
      kind: 'permanent',
    });
    expect(asked).toEqual([]);
  });

  test('tells a file that was taken from a text that was', async () => {
    const media = { kind: 'picture', url: 'https://files.example.com/p.png' } as const;
    const message = { to: '+15550350', text: 'Look', idempotencyKey: '1', triedSince: new Date() };
    const text = await open(number).send(message);
    const picture = await open(number).send({ ...message, media });
    expect(picture).not.toEqual(text);
    expect(await open(number).send(message)).toEqual(text);
    expect(await open(number).send({ ...message, media })).toEqual(picture);
  });
});
