import fastify from 'fastify';
import { onTestFinished } from 'vitest';

import { api } from '../../../../src/sandbox/account/api/index.js';
import { parseQuery } from '../../../../src/sandbox/account/api/query.js';
import { chatLinks } from '../../../../src/sandbox/account/chats/crm-routes.js';
import { createBus } from '../../../../src/sandbox/account/bus.js';
import type { AccountContext } from '../../../../src/sandbox/account/context.js';
import { createIds } from '../../../../src/sandbox/account/ids.js';
import { salesbotApi } from '../../../../src/sandbox/account/salesbot/routes.js';
import { addBot } from '../../../../src/sandbox/account/salesbot/run.js';
import { seedAccount, seedIds } from '../../../../src/sandbox/account/seed.js';
import type { BotHandler, Salesbot } from '../../../../src/sandbox/account/state.js';
import { createTraffic } from '../../../../src/sandbox/account/traffic.js';
import { startReceiver } from '../hooks/receiver.js';
import type { Receiver } from '../hooks/receiver.js';

/** Unix seconds at which every test begins. */
export const startSeconds = 1_760_000_000;

export const clientUuid = '0a1b2c3d-1111-4222-8333-444455556666';
export const secret = 'test-secret-not-real';
export const widgetCode = 'acme_bot';

/** What an access token of the tests is: the token's text by who bears it. */
export const tokens = { admin: 'admin-token', manager: 'manager-token' } as const;

export interface BotAccount {
  readonly context: AccountContext;
  readonly receiver: Receiver;
  readonly call: (method: string, path: string, body?: unknown, token?: string) => Promise<BotAnswer>;
  /** A bot whose first step is the widget's. */
  widgetBot(...handlers: readonly BotHandler[]): Salesbot;
}

export interface BotAnswer {
  readonly status: number;
  readonly text: string;
  readonly json: () => Readonly<Record<string, unknown>>;
}

/** The demo account with an installed widget, whose integration is a receiving server. It ends with the test. */
export async function botAccount(): Promise<BotAccount> {
  const receiver = await startReceiver();
  const account = seedAccount({ now: startSeconds * 1000 });
  const [admin, manager] = [...account.users.values()];
  const bearers = new Map<string, number>([
    [tokens.admin, admin?.id ?? 0],
    [tokens.manager, manager?.id ?? 0],
  ]);
  const context: AccountContext = {
    account,
    clock: { now: () => startSeconds * 1000 },
    bus: createBus(),
    traffic: createTraffic(),
    ids: createIds(),
    switches: { outside: true, tokenCache: false },
    url: '',
    apiDomain: '',
    verifyAccessToken: (token) => {
      const userId = bearers.get(token);
      return userId === undefined ? undefined : { user_id: userId, client_uuid: clientUuid, scopes: ['crm'] };
    },
    currentUserId: () => seedIds.user,
  };
  install(context);
  const app = fastify({ routerOptions: { querystringParser: parseQuery } });
  api(app, context, { requestsPerSecond: Infinity, parts: [salesbotApi, chatLinks] });
  context.url = await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    await app.close();
    await receiver.close();
  });
  return {
    context,
    receiver,
    call: async (method, path, body, token = tokens.admin) => {
      const response = await fetch(new URL(path, context.url), {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        text,
        json: () => JSON.parse(text) as Readonly<Record<string, unknown>>,
      };
    },
    widgetBot: (...handlers) =>
      addBot(context, {
        name: 'Example bot',
        steps: { '0': { widget_code: widgetCode, question: handlers } },
      }),
  };
}

function install({ account }: AccountContext): void {
  account.integrations.set(clientUuid, {
    client_uuid: clientUuid,
    client_secret: secret,
    previous_secret: null,
    name: 'Example integration',
    redirect_uri: 'https://app.example.com/oauth',
    access_disabled_uri: null,
    scopes: ['crm'],
    is_installed: true,
    widget_code: widgetCode,
  });
  account.widgets.set(widgetCode, {
    id: 1,
    code: widgetCode,
    version: '1.0.0',
    manifest: {},
    files: new Map(),
    client_uuid: clientUuid,
    status: 'installed',
    is_active: true,
    settings: {},
  });
}
