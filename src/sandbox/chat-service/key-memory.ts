import { createHash } from 'node:crypto';
import type { PrintedFields, SentMessage } from './message.js';
import type { Order } from './read-order.js';

/** What became of the orders of the past, by their idempotency key. */
export interface KeyMemory {
  /** The message that was made for this key; `conflict` when the key was another message's; undefined for a new key. */
  find(key: string, order: Order): PrintedFields | 'conflict' | undefined;
  add(key: string, order: Order, message: SentMessage): void;
  /** The message is no longer kept: what its key needs of it stays. */
  forgetMessage(key: string): void;
  clear(): void;
}

interface Known {
  /** Of number, text and media. */
  readonly print: string;
  message: Pick<PrintedFields, 'id' | 'status' | 'error' | 'at'>;
}

/**
 * Remembers the newest keys, many more than messages are kept: of an old message only its print stays and no text,
 * which whoever repeats the order brings along.
 */
export function createKeyMemory(most: number): KeyMemory {
  const known = new Map<string, Known>();
  return {
    find(key, order) {
      const one = known.get(key);
      if (one === undefined) return undefined;
      const { id, status, error, at } = one.message;
      const { to: client, text, media } = order;
      return one.print === printOf(order) ? { id, client, text, media, status, error, at } : 'conflict';
    },
    add(key, order, message) {
      known.set(key, { print: printOf(order), message });
      const oldest = known.keys().next().value;
      if (known.size > most && oldest !== undefined) known.delete(oldest);
    },
    forgetMessage(key) {
      const one = known.get(key);
      if (one === undefined) return;
      const { id, status, error, at } = one.message;
      one.message = { id, status, error, at };
    },
    clear() {
      known.clear();
    },
  };
}

function printOf({ to, text, media }: Order): string {
  const printed = media === null ? `${to}\n${text}` : `${to}\n${text}\n${JSON.stringify(media)}`;
  return createHash('sha256').update(printed).digest('base64url').slice(0, 24);
}
