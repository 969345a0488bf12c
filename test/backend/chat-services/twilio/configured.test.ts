import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chatServiceOf } from '../../../../src/backend/chat-services/registry.js';
import type { ChatService } from '../../../../src/backend/chat-services/chat-service.js';
import { startTwilioServer, twilioAccount, type TwilioServer } from '../../../support/twilio-server.js';
import { describeChatService } from '../service/describe-chat-service.js';
import type { Refused } from '../service/under-test.js';

const from = '+15550999';

function adapter({
  url,
  timeout,
  wrongKey,
  sender = { from },
}: {
  url: string;
  timeout?: number;
  wrongKey?: true;
  sender?: { from: string } | { messagingServiceSid: string };
}): ChatService {
  const service = chatServiceOf(
    {
      name: 'twilio',
      accountSid: twilioAccount.sid,
      authToken: wrongKey === true ? 'another-auth-token' : twilioAccount.token,
      sender,
      apiUrl: url,
    },
    timeout === undefined ? {} : { timeout },
  );
  if (service === undefined) throw new Error('Twilio is not in the registry.');
  return service;
}

function refused(status: number, code: number, kind: Refused['kind'], reason: Refused['reason']): Refused {
  const message = `Not "{text}" to {to} from ${from} of ${twilioAccount.sid}`;
  return {
    answer: { status, body: JSON.stringify({ code, message, status }) },
    kind,
    reason,
    code: String(code),
  };
}

describeChatService({
  title: 'Twilio',
  honoursKeys: false,
  secrets: [twilioAccount.sid, twilioAccount.token, from, 'another-auth-token'],
  signatureHeader: 'x-twilio-signature',
  refusals: {
    'wrong access data': refused(401, 20003, 'not_connected', 'not_connected'),
    'an account that it does not have': refused(404, 20404, 'not_connected', 'not_connected'),
    'a sender that is not ours': refused(400, 21659, 'not_connected', 'not_connected'),
    'no number': refused(400, 21211, 'permanent', 'number_refused'),
    'a landline': refused(400, 21614, 'permanent', 'number_refused'),
    'a country that is switched off': refused(400, 21408, 'permanent', 'number_refused'),
    'a recipient who answered STOP': refused(400, 21610, 'permanent', 'recipient_blocked'),
    'a number without WhatsApp': refused(400, 63003, 'permanent', 'not_on_service'),
    'a text that is too long': refused(400, 21617, 'permanent', 'text_refused'),
    'a text outside of the window': refused(400, 63016, 'permanent', 'window_closed'),
    'too many requests': refused(429, 20429, 'temporary', 'service_unavailable'),
    'a full queue': refused(400, 21611, 'temporary', 'service_unavailable'),
    'trouble of its own': refused(500, 20500, 'temporary', 'service_unavailable'),
    'a code that nobody knows': refused(400, 29999, 'permanent', 'service_refused'),
    'a code that nobody knows, with 503': refused(503, 29999, 'temporary', 'service_unavailable'),
    'a code that nobody knows, with 403': refused(403, 29999, 'not_connected', 'not_connected'),
    'no access, in a page': {
      answer: { status: 401, body: '<h1>Who are you?</h1>' },
      kind: 'not_connected',
      reason: 'not_connected',
    },
  },
  async start() {
    const server = await startTwilioServer();
    return {
      url: server.url,
      adapter,
      taken: () => server.messages.map(({ to, body }) => ({ to, text: body })),
      async report(id, status) {
        await server.report(id, status, status === 'failed' ? { ErrorCode: '30008' } : {});
      },
      close: () => server.close(),
    };
  },
});

describe('Twilio', () => {
  let server: TwilioServer;
  let service: ChatService;

  beforeAll(async () => {
    server = await startTwilioServer();
    service = adapter({ url: server.url });
  });

  afterAll(() => server.close());

  beforeEach(() => {
    Object.assign(server, { trial: false, clockAhead: 0, accountStatus: 'active' });
  });

  const message = (to: string, text = 'Hello'): { to: string; text: string; idempotencyKey: string } => ({
    to,
    text,
    idempotencyKey: randomUUID(),
  });

  test('writes from the number of the configuration', async () => {
    const { id } = await service.send(message('+15550201'));
    expect(server.messages.find(({ sid }) => sid === id)).toMatchObject({ from, messagingServiceSid: null });
  });

  test('writes from a messaging service', async () => {
    const sender = { messagingServiceSid: `MG${'1b'.repeat(16)}` };
    const { id } = await adapter({ url: server.url, sender }).send(message('+15550202'));
    expect(server.messages.find(({ sid }) => sid === id)).toMatchObject({ from: null, ...sender });
  });

  test('writes on WhatsApp when the sender is there, and finds it there again', async () => {
    const whatsapp = adapter({ url: server.url, sender: { from: `whatsapp:${from}` } });
    const sent = { ...message('+15550203'), triedSince: new Date() };
    const { id } = await whatsapp.send(sent);
    expect(server.messages.at(-1)).toMatchObject({ from: `whatsapp:${from}`, to: 'whatsapp:+15550203' });
    expect(await whatsapp.send(sent)).toEqual({ id });
  });

  test('finds a message of a trial account again', async () => {
    server.trial = true;
    const sent = { ...message('+15550204'), triedSince: new Date() };
    expect(await service.send(sent)).toEqual(await service.send(sent));
  });

  test.each([-90_000, 90_000])('finds a message again when the clocks are %i ms apart', async (ahead) => {
    server.clockAhead = ahead;
    const sent = { ...message(`+155502050${ahead < 0 ? '1' : '2'}`), triedSince: new Date() };
    expect(await service.send(sent)).toEqual(await service.send(sent));
  });

  test('finds a message again behind many others to the same number', async () => {
    const to = '+15550206';
    const triedSince = new Date();
    const first = await service.send(message(to, 'The first'));
    await Promise.all(Array.from({ length: 120 }, (_, i) => service.send(message(to, `Another, ${i}`))));
    expect(await service.send({ ...message(to, 'The first'), triedSince })).toEqual(first);
  });

  test('sends the same text again that went out before the attempts began', async () => {
    const to = '+15550207';
    const first = await service.send(message(to));
    const later = await service.send({ ...message(to), triedSince: new Date(Date.now() + 60_000) });
    expect(later).not.toEqual(first);
  });

  test('sends nothing while the list cannot be read', async () => {
    const to = '+15550208';
    const stranger = adapter({ url: server.url, wrongKey: true });
    await expect(stranger.send({ ...message(to), triedSince: new Date() })).rejects.toMatchObject({
      kind: 'not_connected',
    });
    expect(server.messages.filter((taken) => taken.to === to)).toEqual([]);
  });

  test('asks for reports that are tried again when we cannot take them', async () => {
    await service.send({ ...message('+15550209'), statusUrl: 'https://app.example.com/status?message=1' });
    expect(server.messages.at(-1)?.statusCallback).toBe(
      'https://app.example.com/status?message=1#rc=5&rp=5xx,ct,rt',
    );
  });

  test.each([
    'http://127.0.0.1:4000/status',
    'http://localhost:4000/status',
    'http://[::1]:4000/status',
    'http://192.168.1.5/status',
    'http://backend/status',
  ])('asks for no report to an address that Twilio cannot reach: %s', async (statusUrl) => {
    let form: string | undefined;
    const fetchForm: typeof fetch = (_url, init) => {
      form = init?.body as string;
      return Promise.resolve(Response.json({ sid: 'SM1' }, { status: 201 }));
    };
    const service = chatServiceOf(
      {
        name: 'twilio',
        accountSid: twilioAccount.sid,
        authToken: twilioAccount.token,
        sender: { from },
        apiUrl: 'https://api.twilio.com',
      },
      { fetch: fetchForm },
    );
    await service?.send({ ...message('+15550210'), statusUrl });
    expect(form).toContain('Body=Hello');
    expect(form).not.toContain('StatusCallback');
  });

  test.each(['suspended', 'closed'] as const)(
    'is not connected with an account that is %s',
    async (status) => {
      server.accountStatus = status;
      await expect(service.check()).rejects.toMatchObject({ kind: 'not_connected' });
    },
  );

  describe('reports', () => {
    const url = 'https://app.example.com/chat-services/twilio/status?message=1';

    const read = (
      fields: Readonly<Record<string, string>>,
      signedUrl = url,
    ): ReturnType<ChatService['readStatus']> => {
      const parameters = { MessageSid: 'SM1', ...fields };
      const signed = Object.entries(parameters)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .reduce((text, [name, value]) => `${text}${name}${value}`, signedUrl);
      const signature = createHmac('sha1', twilioAccount.token).update(signed).digest('base64');
      return service.readStatus({
        url,
        headers: { 'x-twilio-signature': signature },
        body: Buffer.from(new URLSearchParams(parameters).toString()),
      });
    };

    test.each([
      ['accepted', 'sent'],
      ['queued', 'sent'],
      ['sending', 'sent'],
      ['sent', 'sent'],
      ['delivered', 'delivered'],
      ['read', 'read'],
    ])('%s is %s to us', (status, state) => {
      expect(read({ MessageStatus: status, RawDlrDoneDate: '2601311200' })).toEqual([{ id: 'SM1', state }]);
    });

    test.each([
      ['undelivered', '30003', 'failed', 'undelivered'],
      ['undelivered', '30006', 'failed', 'number_refused'],
      ['undelivered', '30007', 'failed', 'text_refused'],
      ['failed', '30004', 'failed', 'recipient_blocked'],
      ['failed', '30001', 'failed', 'undelivered'],
      ['failed', '30002', 'failed', 'not_connected'],
      ['undelivered', '63003', 'skipped', 'not_on_service'],
      ['failed', '12345', 'failed', 'undelivered'],
    ])('%s with code %s is %s to us: %s', (status, code, state, reason) => {
      expect(read({ MessageStatus: status, ErrorCode: code })).toEqual([{ id: 'SM1', state, reason, code }]);
    });

    test('a failure without a code is one that was not delivered', () => {
      expect(read({ MessageStatus: 'failed' })).toEqual([
        { id: 'SM1', state: 'failed', reason: 'undelivered' },
      ]);
    });

    test.each(['received', 'partially_delivered', ''])('"%s" tells nothing new', (status) => {
      expect(read({ MessageStatus: status })).toEqual([]);
    });

    test('are good with the port in the signed address and without it', () => {
      const status = { MessageStatus: 'sent', Körper: 'ä +&=' };
      expect(read(status, url.replace('.com/', '.com:443/'))).toHaveLength(1);
      expect(read(status, url.replace('.com/', '.com:8443/'))).toBeUndefined();
      expect(read(status, url.replace('message=1', 'message=2'))).toBeUndefined();
    });
  });
});
