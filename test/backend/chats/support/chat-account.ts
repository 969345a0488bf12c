import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { onTestFinished, vi } from 'vitest';
import { anyFreePort } from '../../../../scripts/sandbox/free-port.js';
import { createApp } from '../../../../src/backend/app.js';
import type { IncomingMessage } from '../../../../src/backend/chat-services/definition.js';
import { type Chats, type ChatsOptions, startChats } from '../../../../src/backend/chats/index.js';
import { type ChatMessage, chatConnections, chatMessages } from '../../../../src/backend/chats/tables.js';
import type { Config } from '../../../../src/backend/config.js';
import { type Channel, channels } from '../../../../src/backend/connections/tables.js';
import { createKommoApis } from '../../../../src/backend/kommo-api/client.js';
import { createHttp, type HttpAnswer, type HttpCall } from '../../../../src/backend/kommo-api/http.js';
import type { Store } from '../../../../src/backend/store/store.js';
import { registerChannel } from '../../../../src/sandbox/account/chats/channel.js';
import { hookSignature } from '../../../../src/sandbox/account/chats/signature.js';
import type { AccountContext } from '../../../../src/sandbox/account/context.js';
import type { Chat, ChatChannel } from '../../../../src/sandbox/account/state.js';
import {
  clientId,
  install,
  openAccount,
  type TestAccount,
  testContext,
  type TestContext,
} from '../../installations/support/connected.js';
import { type SmallService, startSmallService } from './small-service.js';

const patience = { timeout: 60_000, interval: 20 };

/** Of the range for fiction. */
export const phone = '+12015550123';

export interface ChatAccount {
  readonly account: TestAccount;
  readonly sandbox: AccountContext;
  readonly context: TestContext;
  readonly installationId: string;
  /** Our channel at the account's chats API. */
  readonly registered: ChatChannel;
  readonly service: SmallService;
  readonly chats: Chats;
  readonly url: string;
  /** What was asked of the chats API. */
  readonly calls: HttpCall[];
  /** Answers the calls of the chats API in its place while it gives anything. */
  meet: (call: HttpCall) => Promise<HttpAnswer> | undefined;
  /** A channel of the chat service; saved unless told otherwise. */
  addChannel(values?: Partial<typeof channels.$inferInsert>): Promise<Channel>;
  /** One that is used: its account is connected and knows its source. */
  useChannel(values?: Partial<typeof channels.$inferInsert>): Promise<Channel>;
  changeChannel(id: string, values: Partial<typeof channels.$inferInsert>): Promise<void>;
  /** What a client writes. */
  write(channel: Channel, message?: Partial<IncomingMessage>): ReturnType<Chats['onIncoming']>;
  readonly rows: () => Promise<ChatMessage[]>;
  /** A second process on the same store. */
  startAnother(options?: Partial<ChatsOptions>): Promise<Chats>;
  /** Sends a chats hook; signed unless told otherwise. */
  hook(body: unknown, options?: { scope?: string; signature?: string }): Promise<number>;
  /** The only chat in the account. */
  chat(): Chat | undefined;
  counted(metric: 'hooks' | 'chatMessages' | 'chatsConnections', labels: object): Promise<number>;
}

export interface ChatAccountOptions {
  readonly config?: Partial<Config>;
  readonly options?: Partial<ChatsOptions>;
}

/** An account in the sandbox with our integration, our chats channel, and a backend's chats on 127.0.0.1. */
export async function openChatAccount(
  store: Store,
  { config = {}, options = {} }: ChatAccountOptions = {},
): Promise<ChatAccount> {
  const port = await anyFreePort();
  const url = `http://127.0.0.1:${port}`;
  const account = await openAccount({ redirectUri: `${url}/oauth/callback` });
  const sandbox = account.context;
  const registered = registerChannel(sandbox, {
    name: 'Messenger',
    webhook_url: `${url}/hooks/chats/:scope_id`,
    client_uuid: clientId,
    can_write_first: true,
    subscriptions: { typing: true, reactions: true },
  });
  sandbox.account.widgets.set('messenger', {
    id: 1,
    code: 'messenger',
    version: '1.0.0',
    manifest: { locations: ['lead_sources'] },
    files: new Map(),
    client_uuid: clientId,
    status: 'installed',
    is_active: true,
    settings: {},
  });
  const context = testContext(store, {
    publicUrl: url,
    port,
    localAccounts: [account.sandbox.url],
    chatsChannels: [{ platform: 'kommo', id: registered.id, secret: registered.secret }],
    ...config,
  });
  const installationId = await install(context, account);
  // The installation is that of the test before in the same store.
  await store.db.delete(channels).where(eq(channels.installationId, installationId));
  await store.db.delete(chatConnections).where(eq(chatConnections.installationId, installationId));

  const service = await startSmallService();
  const http = createHttp();
  const calls: HttpCall[] = [];
  const made: Pick<ChatAccount, 'meet'> = { meet: () => undefined };
  const start = (more: Partial<ChatsOptions> = {}): Promise<Chats> =>
    startChats(context, {
      apis: createKommoApis(context),
      openChannel: () => Promise.resolve(service.connected),
      http: (call) => {
        calls.push(call);
        return made.meet(call) ?? http(call);
      },
      interval: 20,
      retrySeconds: 0.1,
      // On a busy machine the store takes its time, which is no test's business but that of patience.
      patience: 30_000,
      ...options,
      ...more,
    });
  const chats = await start();
  const app = createApp(context);
  chats.routes(app);
  await app.listen({ host: '127.0.0.1', port });
  onTestFinished(async () => {
    await app.close();
    await chats.stop();
  });

  let number = 0;
  const addChannel: ChatAccount['addChannel'] = async (values = {}) => {
    const [row] = await store.db
      .insert(channels)
      .values({
        installationId,
        service: 'demo',
        method: 'api_key',
        accountKey: `key ${++number}`,
        name: `Shop ${number}`,
        state: 'connected',
        savedAt: new Date(),
        ...values,
      })
      .returning();
    if (row === undefined) throw new Error('No channel was added.');
    return row;
  };
  return Object.assign(made, {
    account,
    sandbox,
    context,
    installationId,
    registered,
    service,
    chats,
    url,
    calls,
    addChannel,
    async useChannel(values = {}) {
      const [pipeline] = sandbox.account.pipelines.values();
      const channel = await addChannel({ pipelineId: pipeline?.id ?? null, ...values });
      await chats.onSaved(installationId);
      // The first one of a store waits for its queues as well.
      await vi.waitUntil(async () => {
        const [row] = await store.db.select().from(channels).where(eq(channels.id, channel.id));
        const isConnected = (await store.db.$count(chatConnections)) > 0;
        return isConnected && row?.sourceId !== null;
      }, patience);
      return channel;
    },
    async changeChannel(id, values) {
      await store.db.update(channels).set(values).where(eq(channels.id, id));
    },
    write: ({ id }, message = {}) =>
      chats.onIncoming(
        { id },
        { kind: 'message', id: randomUUID(), from: phone, at: new Date(), text: 'Hello', ...message },
      ),
    rows: () => store.db.select().from(chatMessages).orderBy(chatMessages.createdAt),
    async startAnother(more) {
      const another = await start(more);
      onTestFinished(() => another.stop());
      return another;
    },
    async hook(body, { scope = `${registered.id}_${sandbox.account.amojo_id}`, signature } = {}) {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const response = await fetch(`${url}/hooks/chats/${scope}`, {
        method: 'POST',
        headers: { 'X-Signature': signature ?? hookSignature(text, registered.secret) },
        body: text,
      });
      return response.status;
    },
    chat: () => [...sandbox.account.chats.values()][0],
    async counted(metric, labels) {
      const { values } = await context.metrics[metric].get();
      return values
        .filter(({ labels: own }) =>
          Object.entries(labels).every(([key, value]) =>
            Object.entries(own).some(([name, its]) => name === key && its === value),
          ),
        )
        .reduce((sum, { value }) => sum + value, 0);
    },
  } satisfies Omit<ChatAccount, 'meet'>);
}
