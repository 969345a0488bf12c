import type { StatusUpdate } from '../chat-services/chat-service.js';
import type { Context } from '../context.js';
import { type MessageKey, moveMessage } from './outcomes.js';

/**
 * Moves the message that a chat service reports on, and counts it. False when there is no such message or the report
 * is not news (`moveMessage`).
 */
export async function moveByReport(
  key: MessageKey,
  { state, reason, code, detail }: StatusUpdate,
  { store, metrics }: Pick<Context, 'store' | 'metrics'>,
): Promise<boolean> {
  const move = { state, reason, serviceCode: code, serviceDetail: detail };
  const moved = await moveMessage(store.db, key, move);
  if (moved === undefined) return false;
  metrics.messages.inc({ state, reason: reason ?? '' });
  return true;
}
