import { randomUUID } from 'node:crypto';
import type { Clock } from '../account/context.js';
import type { Scheduler } from '../account/hooks/scheduler.js';
import type { PhoneSettings, PhoneStatus } from '../phone-wire.js';
import { createKeyMemory } from './key-memory.js';
import type { ChatMessage, DeliveryError, PrintedFields } from './message.js';
import type { Order } from './read-order.js';
import type { StatusReports } from './status-reports.js';

/** The messages of the demo chat service, and what becomes of them. */
export interface ChatService {
  /** What became of an order with this key before; `conflict` when it was another message. */
  before(order: Order): PrintedFields | 'conflict' | undefined;
  /** Takes a message whose key is new; it is delivered shortly after, or fails with this error. */
  take(order: Order, failure?: DeliveryError): ChatMessage;
  /** Those that are still kept. */
  get(id: string): ChatMessage | undefined;
  /** Newest first. */
  newest(most: number, to?: string): ChatMessage[];
  /** A person has the messages to this number in view. */
  see(to: string): void;
  /** Everything is forgotten, keys as well. */
  clear(): void;
}

export interface ChatServiceOptions {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly reports: StatusReports;
  readonly reading: () => PhoneSettings['reading'];
  /** Milliseconds from a taken message to a delivered one. */
  readonly deliveredAfterMs: number;
  /** How many messages and keys are kept, the newest of each. */
  readonly kept: { readonly messages: number; readonly keys: number };
  /** A message came, or another status of it. */
  readonly onChange: (message: ChatMessage) => void;
}

export function createChatService(options: ChatServiceOptions): ChatService {
  const { clock, scheduler, reports, reading, deliveredAfterMs, kept, onChange } = options;
  const messages = new Map<string, { readonly key: string; readonly message: ChatMessage }>();
  const keys = createKeyMemory(kept.keys);
  let last = 0;
  /** Deliveries of messages from before a reset are not made. */
  let era = 0;

  const move = (message: ChatMessage, status: PhoneStatus): void => {
    message.status = status;
    reports.report(message);
    onChange(message);
  };
  const later = (milliseconds: number, task: () => void): void => {
    const its = era;
    scheduler.after(milliseconds, () => {
      if (its === era) task();
    });
  };
  const read = (message: ChatMessage): void => {
    if (message.status === 'delivered') move(message, 'read');
  };
  const deliver = (message: ChatMessage, failure: DeliveryError | undefined): void => {
    message.error = failure;
    move(message, failure === undefined ? 'delivered' : 'failed');
    if (reading() === 'always') {
      later(deliveredAfterMs, () => {
        read(message);
      });
    } else if (message.seen && reading() === 'opened') {
      read(message);
    }
  };

  return {
    before: (order) => keys.find(order),
    take(order, failure) {
      const { key, to, text, statusUrl } = order;
      const message: ChatMessage = {
        number: ++last,
        id: randomUUID(),
        to,
        text,
        at: clock.now(),
        statusUrl,
        status: 'sent',
        error: undefined,
        seen: false,
      };
      messages.set(message.id, { key, message });
      keys.add(order, message);
      const oldest = messages.entries().next().value;
      if (messages.size > kept.messages && oldest !== undefined) {
        messages.delete(oldest[0]);
        keys.forgetMessage(oldest[1].key);
      }
      later(deliveredAfterMs, () => {
        deliver(message, failure);
      });
      onChange(message);
      return message;
    },
    get: (id) => messages.get(id)?.message,
    newest(most, to) {
      const found: ChatMessage[] = [];
      for (const { message } of messages.values()) {
        if (to === undefined || message.to === to) found.push(message);
      }
      return found.slice(-most).reverse();
    },
    see(to) {
      for (const { message } of messages.values()) {
        if (message.to !== to || message.seen) continue;
        message.seen = true;
        if (message.status === 'delivered' && reading() === 'opened') read(message);
        else onChange(message);
      }
    },
    clear() {
      era++;
      messages.clear();
      keys.clear();
      reports.clear();
    },
  };
}
