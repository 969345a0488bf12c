import { describe, expect, test } from 'vitest';
import type {
  ChatServiceDefinition,
  ConnectedAccount,
  ServiceEvent,
} from '../../../src/backend/chat-services/definition.js';
import { definitionsOf } from '../../../src/backend/chat-services/definitions.js';
import { demoSignature } from '../support/demo-report.js';
import { describeDefinition } from './definition/describe-definition.js';
import { redirectUri } from './definition/oauth-tests.js';
import { startDemoSandbox, startFileServer } from './demo-sandbox.js';

const app = { clientId: 'not-a-real-app', clientSecret: 'not-a-real-secret-of-it' };
const anotherToken = 'another-token';

function definition({ url, timeout }: { url: string; timeout?: number }): ChatServiceDefinition {
  const its = definitionsOf(
    [{ name: 'demo', url: `${url}/demo-chat`, ...app }],
    timeout === undefined ? {} : { timeout },
  ).get('demo');
  if (its === undefined) throw new Error('The demo service is not in the registry.');
  return its;
}

describeDefinition({
  title: 'The demo service',
  secrets: [app.clientSecret, anotherToken],
  signatureHeader: 'x-demo-signature',
  has: {
    oauth: true,
    verifier: true,
    qr: true,
    apiKey: true,
    media: 'url',
    signOut: true,
    appHook: false,
  },
  async start() {
    const files = await startFileServer();
    const sandbox = await startDemoSandbox({
      apps: [{ ...app, name: 'Our app', redirectUris: [redirectUri] }],
    });
    const [ours] = sandbox.demoChat.accounts;
    if (ours === undefined) throw new Error('The sandbox has no account.');
    const values = { account_id: ours.id, secret: ours.secret };
    const connect = async (): Promise<ConnectedAccount> => {
      const account = await definition(sandbox).apiKey?.complete(values);
      if (account === undefined) throw new Error('The demo service has no API key.');
      return account;
    };
    return {
      url: sandbox.url,
      definition,
      connect,
      wrongCredentials: { account: ours.id, token: anotherToken },
      async taken() {
        const sent = await sandbox.call('GET', '/demo-chat/messages?limit=1000');
        return (sent as { to: string; text: string; media?: { url: string } | null }[]).map(
          ({ to, text, media }) => ({ to, text, media: media?.url }),
        );
      },
      async write({ from, name, text, media }) {
        await sandbox.call('POST', '/sandbox/phone/write', {
          from,
          name,
          text,
          account: ours.id,
          ...(media && {
            media: {
              kind: media.kind,
              url: files.add(media),
              file_name: media.fileName,
              size: media.bytes.length,
            },
          }),
        });
      },
      become: (status) => sandbox.become(status),
      // It reports by itself.
      report: () => undefined,
      sign: ({ account, body }) => ({
        'x-demo-signature': demoSignature(body, account.credentials['token'] ?? ''),
      }),
      nonsense: [
        '{"type":"message","message":{}}',
        '{"type":"message","message":{"id":"1","from":"Ana","at":1}}',
        '{"type":"message","message":{"id":1,"from":"+15550100","at":1}}',
        '{"type":"message","message":{"id":"1","from":"+15550100","at":"now"}}',
        '{"type":"status"}',
        '{"type":"status","id":"1","status":"new"}',
      ],
      async signOut() {
        const { connections } = (await sandbox.call('GET', '/sandbox/phone/service')) as {
          connections: { id: string; listens: boolean }[];
        };
        for (const { id } of connections.filter(({ listens }) => listens)) {
          await sandbox.call('DELETE', `/sandbox/phone/connections/${id}`);
        }
      },
      oauth: {
        async agree(consentUrl) {
          const { origin, pathname, searchParams } = new URL(consentUrl);
          const form = new URLSearchParams(searchParams);
          form.set('decision', 'allow');
          form.set('account', ours.id);
          const response = await fetch(`${origin}${pathname}`, {
            method: 'POST',
            body: form,
            redirect: 'manual',
          });
          return new URL(response.headers.get('location') ?? '').searchParams;
        },
      },
      qr: {
        async scan(code) {
          const text = 'text' in code ? code.text : '';
          await sandbox.call('POST', '/sandbox/phone/scan', { code: text, account: ours.id });
        },
        expire() {
          sandbox.pass(20_000);
          return Promise.resolve();
        },
      },
      apiKey: {
        values,
        wrong: {
          'a wrong secret': { values: { ...values, secret: 'wrong' }, problem: 'wrong_credentials' },
          'an account that is not there': {
            values: { ...values, account_id: 'nobody' },
            problem: 'wrong_credentials',
          },
        },
      },
      async close() {
        await sandbox.close();
        await files.close();
      },
    };
  },
});

describe('The demo service as a service to connect', () => {
  test('is not there for the person when it does not know our app', async () => {
    const sandbox = await startDemoSandbox({ apps: [] });
    const demo = definition(sandbox);
    await expect(demo.qr?.begin({ id: '1' })).rejects.toMatchObject({ problem: 'service_unavailable' });
    const query = new URLSearchParams({ code: '1' });
    await expect(
      demo.oauth?.complete({ code: '1', codeVerifier: 'v', redirectUri, query }),
    ).rejects.toMatchObject({ problem: 'service_unavailable' });
    await sandbox.close();
  });

  test('asks for another code when nobody has scanned one in time', async () => {
    const sandbox = await startDemoSandbox({ apps: [{ ...app, name: 'Our app', redirectUris: [] }] });
    const { qr } = definition(sandbox);
    const memory = (await qr?.begin({ id: '1' })) ?? {};
    sandbox.pass(200_000);
    await expect(qr?.poll(memory)).rejects.toMatchObject({ problem: 'expired' });
    await sandbox.close();
  });

  const read = (call: object): readonly ServiceEvent[] | undefined => {
    const body = Buffer.from(JSON.stringify(call));
    const service = definition({ url: 'http://127.0.0.1:9' }).open({ token: 'token' });
    const events = service.readHook({
      url: 'http://127.0.0.1:9/hook',
      headers: { 'x-demo-signature': demoSignature(body, 'token') },
      body,
    });
    if (events instanceof Promise) throw new Error('Everything should be in the call.');
    return events;
  };
  const message = { id: '1', from: '+15550100', at: 1_700_000_000 };
  const told = { kind: 'message', id: '1', from: '+15550100', at: new Date(1_700_000_000_000) };

  test.each([
    [
      { ...message, name: ' Ana ', text: 'Hi' },
      { ...told, name: 'Ana', text: 'Hi' },
    ],
    [{ ...message, name: '', text: '' }, told],
    [
      { ...message, media: { kind: 'voice', url: 'https://x.example.com/1', file_name: null, size: 7 } },
      { ...told, media: { kind: 'voice', url: 'https://x.example.com/1', size: 7 } },
    ],
    [
      { ...message, media: { kind: 'hologram', url: 'https://x.example.com/1', file_name: 'x' } },
      { ...told, media: { kind: 'file', url: 'https://x.example.com/1', fileName: 'x' } },
    ],
    [{ ...message, media: { kind: 'picture', url: 'javascript:alert(1)' } }, told],
  ])('reads an incoming message: %j', (sent, event) => {
    expect(read({ type: 'message', message: sent })).toEqual([event]);
  });

  test('reads a failure like one that came with a message', () => {
    const failure = {
      id: '1',
      status: 'failed',
      error: { code: 'recipient_blocked', message: 'Not +15550100.' },
    };
    const status = {
      kind: 'status',
      id: '1',
      state: 'failed',
      reason: 'recipient_blocked',
      code: 'recipient_blocked',
      detail: 'Not ….',
    };
    expect(read({ type: 'status', ...failure })).toEqual([status]);
    expect(read(failure)).toEqual([status]);
  });
});
