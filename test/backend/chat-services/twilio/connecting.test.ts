import { beforeEach, describe, expect, test } from 'vitest';
import type {
  ChatServiceDefinition,
  ConnectedService,
} from '../../../../src/backend/chat-services/definition.js';
import { definitionsOf } from '../../../../src/backend/chat-services/definitions.js';
import { startTwilioServer, twilioAccount, type TwilioServer } from '../../../support/twilio-server.js';
import { credentials, definitionAt, kindsOfSenders, number, service, values } from './support.js';

describe('Twilio as a service to connect', () => {
  let server: TwilioServer;
  let twilio: ChatServiceDefinition;

  beforeEach(async () => {
    server = await startTwilioServer();
    twilio = definitionAt(server);
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
    ['12345', `${twilioAccount.sid}:12345`, '12345', undefined],
    ['70 700', `${twilioAccount.sid}:70700`, '70700', undefined],
    ['My Shop', `${twilioAccount.sid}:My Shop`, 'My Shop', undefined],
    ['ACME 24', `${twilioAccount.sid}:ACME 24`, 'ACME 24', undefined],
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
});
