import { createHash, createHmac } from 'node:crypto';
import type { SandboxOptions } from '../../../../src/sandbox/index.js';
import { openSandbox, type Json, type TestSandbox } from './sandbox.js';
import { startReceiver, type Receiver } from './receiver.js';

export interface TestChats extends TestSandbox {
  readonly receiver: Receiver;
  readonly channel: { readonly id: string; readonly secret: string };
  /** A signed call of the chats API, as an integration makes it. */
  readonly amojo: (method: string, path: string, body: object) => Promise<Json>;
  /** Connects the account; gives the scope's id. */
  readonly connect: () => Promise<string>;
  /** A client writes; what is not given fits. */
  readonly receive: (scope: string, payload?: object) => Promise<Json>;
}

/** The demo account with a chats channel whose hooks come to a receiver. */
export async function openChats(options: Partial<SandboxOptions> = {}): Promise<TestChats> {
  const receiver = await startReceiver();
  const opened = await openSandbox(options);
  const { sandbox, page } = opened;
  const { body: channel } = await page('POST', '/sandbox/chats/channels', {
    name: 'Pipeline Messenger',
    webhook_url: `${receiver.url}/hooks/:scope_id`,
  });
  const secret = String(channel['secret']);
  const amojo: TestChats['amojo'] = async (method, path, given) => {
    const body = JSON.stringify(given);
    const date = new Date().toUTCString();
    const md5 = createHash('md5').update(body).digest('hex');
    const signed = [method, md5, 'application/json', date, path].join('\n');
    const response = await fetch(`${sandbox.url}${path}`, {
      method,
      headers: {
        Date: date,
        'Content-Type': 'application/json',
        'Content-MD5': md5,
        'X-Signature': createHmac('sha1', secret).update(signed).digest('hex'),
      },
      body,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Json;
  };
  let messages = 0;
  return {
    ...opened,
    receiver,
    channel: { id: String(channel['id']), secret },
    amojo,
    async connect() {
      const answer = await amojo('POST', `/v2/origin/custom/${String(channel['id'])}/connect`, {
        account_id: sandbox.server.context.account.amojo_id,
        title: 'Demo chat',
        hook_api_version: 'v2',
      });
      return String(answer['scope_id']);
    },
    receive: (scope, payload = {}) =>
      amojo('POST', `/v2/origin/custom/${scope}`, {
        event_type: 'new_message',
        payload: {
          timestamp: Math.floor(Date.now() / 1000),
          msec_timestamp: Date.now(),
          msgid: `message-${++messages}`,
          conversation_id: 'conversation-1',
          silent: false,
          sender: { id: 'client-1', name: 'Ada Park', profile: { phone: '+12025550177' } },
          message: { type: 'text', text: 'Is it <b>ready</b>?' },
          ...payload,
        },
      }),
  };
}
