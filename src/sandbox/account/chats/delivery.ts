import type { ChatMessage } from '../state.js';
import { integer, oneOf, text } from './fields.js';
import type { Fields } from './fields.js';

/** What has become of a message that was written in the account. */
export interface DeliveryStatus {
  /** 1 delivered, 2 read, -1 failed. */
  readonly status: 1 | 2 | -1;
  /** Shown to the user; null unless it failed. */
  readonly error: string | null;
}

/**
 * Body of `POST /{scope}/{msgid}/delivery_status`, checked (`platform/server.md §6.3`). The documentation's
 * sample calls `status_code` otherwise, and its table spells `error_code` with a Cyrillic letter: neither is
 * taken here, as the tables and examples count.
 */
export function deliveryStatus(fields: Fields, where: string): DeliveryStatus {
  const status = oneOf(fields, 'status_code', where, [1, 2, -1]);
  if (status !== -1) return { status, error: null };
  integer(fields, 'error_code', where, { min: 901, max: 905 });
  return { status, error: text(fields, 'error', where) };
}

export function setDeliveryStatus(message: ChatMessage, { status, error }: DeliveryStatus): void {
  message.delivery_status = status;
  message.delivery_error = error;
}
