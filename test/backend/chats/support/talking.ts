import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Store } from '../../../../src/backend/store/store.js';
import { sendFromManager } from '../../../../src/sandbox/account/chats/manager.js';
import { type ChatAccount, type ChatAccountOptions, openChatAccount, phone } from './chat-account.js';

/** What is waited for comes late on a busy machine. */
export const soon = { timeout: 20_000 };

/** An account in which a client has written, and a user of it. */
export async function openTalking(store: Store, options: ChatAccountOptions = {}) {
  const opened = await openChatAccount(store, options);
  const channel = await opened.useChannel();
  await opened.write(channel);
  await expect.poll(() => opened.chat(), soon).toBeDefined();
  const chat = opened.chat();
  const [by] = opened.sandbox.account.users.values();
  if (chat === undefined || by === undefined) throw new Error('There is no chat.');
  const answer = (content: object) => sendFromManager(opened.sandbox, { chat, by, content: { ...content } });
  return { opened, channel, chat, by, answer };
}

/** What users of the account have written. */
export const outgoing = async ({ rows }: ChatAccount) =>
  (await rows()).filter(({ direction }) => direction === 'out');

/** The fields of a hook that are of use to us. */
export function hookBody({ sandbox }: ChatAccount, client: string | undefined, changes: object = {}) {
  return {
    account_id: sandbox.account.amojo_id,
    time: Math.floor(Date.now() / 1000),
    message: {
      receiver: { id: randomUUID(), phone },
      conversation: { id: randomUUID(), ...(client !== undefined && { client_id: client }) },
      message: { id: randomUUID(), type: 'text', text: 'An answer' },
    },
    ...changes,
  };
}
