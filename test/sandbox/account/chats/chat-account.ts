import { createHash, createHmac } from 'node:crypto';

import fastify from 'fastify';
import { onTestFinished } from 'vitest';

import { createBus } from '../../../../src/sandbox/account/bus.js';
import type { AnyAccountEvent } from '../../../../src/sandbox/account/bus.js';
import { registerChannel } from '../../../../src/sandbox/account/chats/channel.js';
import { chatsApi } from '../../../../src/sandbox/account/chats/routes.js';
import type { AccountContext } from '../../../../src/sandbox/account/context.js';
import { createIds } from '../../../../src/sandbox/account/ids.js';
import { seedAccount } from '../../../../src/sandbox/account/seed.js';
import type { ChatChannel } from '../../../../src/sandbox/account/state.js';
import { createTraffic } from '../../../../src/sandbox/account/traffic.js';
import { startReceiver } from '../hooks/receiver.js';
import type { Receiver } from '../hooks/receiver.js';

/** Unix seconds at which every test begins. */
export const startSeconds = 1_760_000_000;

export interface ChatAnswer {
  readonly status: number;
  readonly text: string;
  readonly json: () => Readonly<Record<string, unknown>>;
}

/** What a request is sent with instead of the right thing. */
export interface Forged {
  readonly headers?: Readonly<Record<string, string>>;
  readonly secret?: string;
  readonly date?: string;
  /** Signed instead of the path that is called. */
  readonly signedPath?: string;
  /** Sent instead of the body that is signed. */
  readonly sent?: string;
}

export interface ChatAccount {
  readonly context: AccountContext;
  readonly time: { now: number };
  readonly channel: ChatChannel;
  readonly receiver: Receiver;
  readonly events: AnyAccountEvent[];
  /** Calls the chats API as an integration does; objects are sent as JSON. */
  call(method: string, path: string, body?: unknown, forged?: Forged): Promise<ChatAnswer>;
  /** Connects the account and answers with the address of the scope. */
  connect(): Promise<string>;
}

/** The demo account with one channel, whose hooks go to a receiving server. Everything ends with the test. */
export async function chatAccount(): Promise<ChatAccount> {
  const receiver = await startReceiver();
  const time = { now: startSeconds * 1000 };
  const account = seedAccount({ now: time.now });
  const context: AccountContext = {
    account,
    clock: { now: () => time.now },
    bus: createBus(),
    traffic: createTraffic(),
    ids: createIds(),
    switches: { outside: true, tokenCache: false },
    url: '',
    apiDomain: '',
    verifyAccessToken: () => undefined,
    currentUserId: () => account.current_user_id,
  };
  const app = fastify();
  chatsApi(app, context);
  context.url = await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    await app.close();
    await receiver.close();
  });
  const channel = registerChannel(context, {
    name: 'Example chat',
    webhook_url: `${receiver.url}/:scope_id`,
    client_uuid: '0a1b2c3d-1111-4222-8333-444455556666',
    can_write_first: true,
    subscriptions: { typing: true, reactions: true },
  });
  const events: AnyAccountEvent[] = [];
  context.bus.onAny((event) => events.push(event));

  const call: ChatAccount['call'] = async (method, path, body, forged = {}) => {
    const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
    const date = forged.date ?? new Date(time.now).toUTCString();
    const md5 = createHash('md5').update(text).digest('hex');
    const signed = [method, md5, 'application/json', date, forged.signedPath ?? path.split('?')[0]].join(
      '\n',
    );
    const response = await fetch(`${context.url}${path}`, {
      method,
      headers: {
        Date: date,
        'Content-Type': 'application/json',
        'Content-MD5': md5,
        'X-Signature': createHmac('sha1', forged.secret ?? channel.secret)
          .update(signed)
          .digest('hex'),
        ...forged.headers,
      },
      ...(method !== 'GET' && { body: forged.sent ?? text }),
    });
    const answer = await response.text();
    return {
      status: response.status,
      text: answer,
      json: () => JSON.parse(answer) as Readonly<Record<string, unknown>>,
    };
  };
  return {
    context,
    time,
    channel,
    receiver,
    events,
    call,
    connect: async () => {
      const answer = await call('POST', `/v2/origin/custom/${channel.id}/connect`, {
        account_id: account.amojo_id,
        title: 'Example chat',
        hook_api_version: 'v2',
      });
      return `/v2/origin/custom/${String(answer.json().scope_id)}`;
    },
  };
}

/** What an integration sends when a client has written. */
export function clientMessage(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    event_type: 'new_message',
    payload: {
      timestamp: startSeconds,
      msec_timestamp: startSeconds * 1000 + 123,
      msgid: 'our-message-1',
      conversation_id: 'our-conversation-1',
      silent: false,
      sender: {
        id: 'our-client-1',
        name: 'Example client',
        profile: { phone: '+15550100', email: 'client@example.com' },
      },
      message: { type: 'text', text: 'Good day' },
      ...changes,
    },
  };
}
