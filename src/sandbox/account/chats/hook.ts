import { nowSeconds } from '../context.js';
import type { AccountContext } from '../context.js';
import { callOut } from '../outgoing.js';
import type { Chat } from '../state.js';
import { channelOfScope, hookAddress } from './channel.js';
import type { Fields } from './fields.js';
import { hookSignature } from './signature.js';

/** How the integration took a hook. */
export interface HookOutcome {
  /** Only 200 counts. */
  readonly isTaken: boolean;
  /** 0 when there was no answer, and none was asked for when the channel is not connected. */
  readonly status: number;
  /** Why there was no answer. */
  readonly error?: string;
}

/** The integration has so long to answer (`platform/server.md §6.4`). */
const answerLimitMs = 5000;

/**
 * Sends a hook of version 2 to the channel of a chat: JSON, signed over the raw body, once
 * (`platform/server.md §6.4`). `part` is `message` or `action`. Never throws.
 */
export async function sendChatHook(
  context: AccountContext,
  chat: Chat,
  part: Fields,
  { timeoutMs = answerLimitMs }: { timeoutMs?: number } = {},
): Promise<HookOutcome> {
  const channel = channelOfScope(context.account, chat.scope_id);
  if (channel?.scope_id == null) {
    return { isTaken: false, status: 0, error: 'The account is not connected to the channel of this chat.' };
  }
  const body = JSON.stringify({ account_id: context.account.amojo_id, time: nowSeconds(context), ...part });
  const { status, error } = await callOut(context, {
    kind: 'chat_hook',
    method: 'POST',
    url: hookAddress(channel, channel.scope_id),
    headers: { 'Content-Type': 'application/json', 'X-Signature': hookSignature(body, channel.secret) },
    body,
    timeoutMs,
  });
  return { isTaken: status === 200, status, ...(error !== undefined && { error }) };
}

/** `conversation` of a hook: without `client_id` until the integration has told its own. */
export function hookConversation(chat: Chat): Fields {
  return { id: chat.id, ...(chat.conversation_id !== null && { client_id: chat.conversation_id }) };
}
