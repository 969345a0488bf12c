import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import type { Attempt, ConnectionState } from '../../../src/contract/connections-api.js';
import type { MessengerAccount } from './messenger-account.js';

interface ChatOnPage {
  readonly id: string;
  readonly messages: readonly {
    readonly is_incoming: boolean;
    readonly text: string;
    readonly delivery: string | null;
  }[];
}

/** Clients who write, and a manager who answers them, each message with a text of its own. */
export interface Conversations {
  /** Texts of clients that the chat service keeps on telling until the backend takes them. */
  readonly written: ReadonlySet<string>;
  /** Texts of the manager that the backend has taken. */
  readonly answered: ReadonlySet<string>;
  /** Writes for as long as it is not stopped. */
  start(): { stop(): Promise<void> };
  /** What has become of them. */
  reckon(): Promise<ConversationReckoning>;
}

export interface ConversationsOptions {
  readonly clients?: number;
  /** Milliseconds between two messages of one side. */
  readonly pauseMs?: number;
  /** Messages of clients between a start and its stop: a slow machine would have more of them than it can pass on. */
  readonly most?: number;
}

export interface ConversationReckoning {
  readonly written: number;
  readonly answered: number;
  /** Of the manager's, what the backend did not take. */
  readonly refused: number;
  /** Of both directions. */
  readonly losses: number;
  readonly doubles: number;
}

/** Connects an account of the demo service by its key, and saves it: its conversations come into the account. */
export async function useDemoChannel(
  account: MessengerAccount,
  backend: { readonly url: string },
): Promise<void> {
  const shop = shopOf(account);
  const begun = (await account.call(backend, 'POST', '/connections/attempts', {
    service: 'demo',
    method: 'api_key',
  })) as Attempt;
  const connected = (await account.call(backend, 'POST', `/connections/attempts/${begun.id}/fields`, {
    fields: { account_id: shop.id, secret: shop.secret },
  })) as Attempt;
  const { version } = (await account.call(backend, 'GET', '/connections')) as ConnectionState;
  await account.call(backend, 'PUT', '/connections/settings', {
    version,
    channels: [{ id: connected.channel_id, pipeline_id: null }],
    default_channel_id: connected.channel_id,
  });
  // The service is asked to tell of messages by a job.
  await vi.waitFor(
    async () => {
      const hello = { from: '+12015557999', account: shop.id, text: 'Hello' };
      await account.door('POST', '/sandbox/phone/write', hello);
      await vi.waitFor(async () => {
        expect(await account.door('GET', '/sandbox/chats')).not.toEqual([]);
      });
    },
    { timeout: 60_000 },
  );
}

function shopOf({ chatAccounts: [shop] }: MessengerAccount): MessengerAccount['chatAccounts'][number] {
  if (shop === undefined) throw new Error('The demo service has no accounts.');
  return shop;
}

export function createConversations(
  account: MessengerAccount,
  { clients = 8, pauseMs = 50, most = 60 }: ConversationsOptions = {},
): Conversations {
  const name = randomUUID().slice(0, 8);
  const written = new Set<string>();
  const answered = new Set<string>();
  const refused = new Set<string>();
  let number = 0;

  const chats = async (): Promise<readonly ChatOnPage[]> =>
    (await account.door('GET', '/sandbox/chats')) as readonly ChatOnPage[];
  const write = async (): Promise<void> => {
    const text = `Question ${name}-${++number}.`;
    const from = `+1201555${String(8000 + (number % clients))}`;
    const message = await account.door('POST', '/sandbox/phone/write', {
      from,
      account: shopOf(account).id,
      text,
    });
    if ((message as { status: string }).status !== 'failed') written.add(text);
  };
  const answer = async (): Promise<void> => {
    const known = await chats();
    const chat = known[number % Math.max(known.length, 1)];
    if (chat === undefined) return;
    const text = `Answer ${name}-${++number}.`;
    const { delivery } = (await account.door('POST', '/sandbox/chats/messages', { chat: chat.id, text })) as {
      delivery: string | null;
    };
    (delivery === 'failed' ? refused : answered).add(text);
  };

  return {
    written,
    answered,
    start() {
      let isStopped = false;
      const end = written.size + most;
      const repeat = async (step: () => Promise<void>): Promise<void> => {
        while (!isStopped) {
          await step();
          await pause(pauseMs);
        }
      };
      const running = [repeat(async () => (written.size < end ? write() : undefined)), repeat(answer)];
      return {
        async stop() {
          isStopped = true;
          await Promise.all(running);
        },
      };
    },
    async reckon() {
      const inAccount = count(
        (await chats()).flatMap(({ messages }) =>
          messages.filter(({ is_incoming }) => is_incoming).map(({ text }) => text),
        ),
      );
      const onPhones = count((await account.taken()).map(({ text }) => text));
      const lost = [
        ...[...written].filter((text) => !inAccount.has(text)),
        ...[...answered].filter((text) => !onPhones.has(text)),
      ];
      const twice = [
        ...[...written].filter((text) => (inAccount.get(text) ?? 0) > 1),
        ...[...answered, ...refused].filter((text) => (onPhones.get(text) ?? 0) > 1),
      ];
      return {
        written: written.size,
        answered: answered.size,
        refused: refused.size,
        losses: lost.length,
        doubles: twice.length,
      };
    },
  };
}

function count(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
