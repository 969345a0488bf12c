import { createHash } from 'node:crypto';
import type { ChatMessage, PrintedFields } from './message.js';
import type { Order } from './read-order.js';

/** What became of the orders of the past, by their idempotency key. */
export interface KeyMemory {
  /** The message that was made for this key; `conflict` when the key was another message's; undefined for a new key. */
  find(order: Order): PrintedFields | 'conflict' | undefined;
  add(order: Order, message: ChatMessage): void;
  /** The message is no longer kept: what its key needs of it stays. */
  forgetMessage(key: string): void;
  clear(): void;
}

interface Known {
  /** Of number and text. */
  readonly print: string;
  message: Pick<PrintedFields, 'id' | 'to' | 'status' | 'error' | 'at'>;
}

/**
 * Remembers the newest keys, many more than messages are kept: of an old message only its print stays and no text,
 * which whoever repeats the order brings along.
 */
export function createKeyMemory(most: number): KeyMemory {
  const known = new Map<string, Known>();
  return {
    find(order) {
      const one = known.get(order.key);
      if (one === undefined) return undefined;
      const { id, to, status, error, at } = one.message;
      return one.print === printOf(order) ? { id, to, text: order.text, status, error, at } : 'conflict';
    },
    add(order, message) {
      known.set(order.key, { print: printOf(order), message });
      const oldest = known.keys().next().value;
      if (known.size > most && oldest !== undefined) known.delete(oldest);
    },
    forgetMessage(key) {
      const one = known.get(key);
      if (one === undefined) return;
      const { id, to, status, error, at } = one.message;
      one.message = { id, to, status, error, at };
    },
    clear() {
      known.clear();
    },
  };
}

function printOf({ to, text }: Order): string {
  return createHash('sha256').update(`${to}\n${text}`).digest('base64url').slice(0, 24);
}
