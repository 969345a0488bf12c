import { randomUUID } from 'node:crypto';
import type { Clock } from '../account/context.js';
import type { Scheduler } from '../account/hooks/scheduler.js';
import type { PhoneMedia, PhoneSettings, PhoneStatus } from '../phone-wire.js';
import type { Access, Accesses } from './accesses.js';
import type { DemoAccount } from './accounts.js';
import { createKeyMemory } from './key-memory.js';
import {
  printMedia,
  type ChatMessage,
  type ClientMessage,
  type DeliveryError,
  type PrintedFields,
  type SentMessage,
} from './message.js';
import type { Order } from './read-order.js';
import type { WebhookCalls } from './webhook-calls.js';

/** The messages of the demo chat service, and what becomes of them. */
export interface ChatService {
  /** What became of this access's order with this key before; `conflict` when it was another message. */
  before(order: Order, access: Access): PrintedFields | 'conflict' | undefined;
  /** Takes a message whose key is new; it is delivered shortly after, or fails with this error. */
  take(order: Order, access: Access, failure?: DeliveryError): SentMessage;
  /** A client writes to a business: whoever listens for its account is told. */
  write(written: Written): ClientMessage;
  /** Those that are still kept. */
  get(id: string): ChatMessage | undefined;
  /** Newest first, of both directions. */
  newest(most: number, fits?: (message: ChatMessage) => boolean): ChatMessage[];
  /** A client has the messages on the phone in view. */
  see(client: string): void;
  /** An app may not use the account any more, and is told so. False for the sandbox's own key. */
  signOut(access: Access): boolean;
  /** Everything is forgotten, keys as well; who is connected stays. */
  clear(): void;
}

/** What a client writes. */
export interface Written {
  /** E.164. */
  readonly client: string;
  readonly name: string | null;
  readonly account: DemoAccount;
  readonly text: string;
  readonly media: PhoneMedia | null;
}

export interface ChatServiceOptions {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly calls: WebhookCalls;
  readonly accesses: Accesses;
  readonly reading: () => PhoneSettings['reading'];
  /** Milliseconds from a taken message to a delivered one. */
  readonly deliveredAfterMs: number;
  /** How many messages and keys are kept, the newest of each. */
  readonly kept: { readonly messages: number; readonly keys: number };
  /** A message came, or another status of it. */
  readonly onChange: (message: ChatMessage) => void;
}

export function createChatService(options: ChatServiceOptions): ChatService {
  const { clock, scheduler, calls, accesses, reading, deliveredAfterMs, kept, onChange } = options;
  const messages = new Map<string, { readonly key: string | undefined; readonly message: ChatMessage }>();
  const keys = createKeyMemory(kept.keys);
  let last = 0;
  /** Deliveries of messages from before a reset are not made. */
  let era = 0;

  const keep = (message: ChatMessage, key?: string): void => {
    messages.set(message.id, { key, message });
    const oldest = messages.entries().next().value;
    if (messages.size > kept.messages && oldest !== undefined) {
      messages.delete(oldest[0]);
      if (oldest[1].key !== undefined) keys.forgetMessage(oldest[1].key);
    }
  };
  const report = ({ id, access, statusUrl, status, error }: SentMessage): void => {
    const url = statusUrl ?? access.webhook;
    if (url === undefined) return;
    const body = { type: 'status', id, status, ...(error === undefined ? {} : { error }) };
    calls.call(id, { url, key: access.token, body });
  };
  const move = (message: SentMessage, status: PhoneStatus): void => {
    message.status = status;
    report(message);
    onChange(message);
  };
  const later = (milliseconds: number, task: () => void): void => {
    const its = era;
    scheduler.after(milliseconds, () => {
      if (its === era) task();
    });
  };
  const read = (message: SentMessage): void => {
    if (message.status === 'delivered') move(message, 'read');
  };
  const deliver = (message: SentMessage, failure: DeliveryError | undefined): void => {
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
  /** Settles what a client wrote once everybody who listens was asked. */
  const told = (message: ClientMessage, isTaken: boolean, isLast: boolean): void => {
    if (isTaken && message.status === 'sent') message.status = 'delivered';
    else if (isLast && message.status === 'sent') fail(message, notTaken);
    else return;
    onChange(message);
  };

  return {
    before: (order, access) => keys.find(keyOf(order, access), order),
    take(order, access, failure) {
      const { to: client, text, media, statusUrl } = order;
      const message: SentMessage = {
        ...fresh(++last, clock),
        by: 'business',
        account: access.account,
        access,
        client,
        text,
        media,
        statusUrl,
        seen: false,
      };
      keep(message, keyOf(order, access));
      keys.add(keyOf(order, access), order, message);
      later(deliveredAfterMs, () => {
        deliver(message, failure);
      });
      onChange(message);
      return message;
    },
    write(written) {
      const message: ClientMessage = { ...fresh(++last, clock), ...written, by: 'client', seen: true };
      keep(message);
      const listening = accesses
        .all()
        .flatMap(({ account, token, webhook: url }) =>
          account.id === written.account.id && url !== undefined ? [{ token, url }] : [],
        );
      if (listening.length === 0) fail(message, nobodyListens(written.account));
      let open = listening.length;
      for (const { token, url } of listening) {
        calls.call(
          `${written.client} ${token}`,
          { url, key: token, body: { type: 'message', message: printWritten(message) } },
          (isTaken) => {
            told(message, isTaken, --open === 0);
          },
        );
      }
      onChange(message);
      return message;
    },
    get: (id) => messages.get(id)?.message,
    newest(most, fits = () => true) {
      const found: ChatMessage[] = [];
      for (const { message } of messages.values()) if (fits(message)) found.push(message);
      return found.slice(-most).reverse();
    },
    see(client) {
      for (const { message } of messages.values()) {
        if (message.client !== client || message.seen || message.by === 'client') continue;
        message.seen = true;
        if (message.status === 'delivered' && reading() === 'opened') read(message);
        else onChange(message);
      }
    },
    signOut(access) {
      if (!accesses.end(access)) return false;
      const { token, webhook: url } = access;
      if (url !== undefined) calls.call(token, { url, key: token, body: { type: 'signed_out' } });
      return true;
    },
    clear() {
      era++;
      messages.clear();
      keys.clear();
      calls.clear();
    },
  };
}

const notTaken: DeliveryError = {
  code: 'not_taken',
  message: 'The app of this business did not take the message.',
};

function nobodyListens({ name }: DemoAccount): DeliveryError {
  return { code: 'nobody_listens', message: `No app of ${name} listens for messages.` };
}

function fail(message: ChatMessage, error: DeliveryError): void {
  message.status = 'failed';
  message.error = error;
}

function fresh(number: number, clock: Clock) {
  return { number, id: randomUUID(), at: clock.now(), status: 'sent', error: undefined } as const;
}

/** Keys of different accounts have nothing to do with each other. */
function keyOf({ key }: Order, { account }: Access): string {
  return `${account.id} ${key}`;
}

function printWritten({ id, client, name, at, text, media }: ClientMessage): object {
  return {
    id,
    from: client,
    ...(name === null ? {} : { name }),
    at: Math.floor(at / 1000),
    text,
    ...(media === null ? {} : { media: printMedia(media) }),
  };
}
