import { shownOnPhone, type PhoneMessage, type PhoneStatus } from '../../phone-wire.js';

/** What went to one number, and came from it. */
export interface Conversation {
  readonly to: string;
  /** The contact's name, what the client calls themself, or the number where nobody in the account has it. */
  readonly title: string;
  readonly contact: PhoneMessage['contact'];
  /** Oldest first; never empty. */
  readonly messages: readonly PhoneMessage[];
  readonly unread: number;
}

/** The messages that a page knows, the newest of them. */
export interface Conversations {
  /** Adds messages and what has become of known ones; gives those that were not known, oldest first. */
  take(messages: readonly PhoneMessage[]): PhoneMessage[];
  /** The one with the newest message first. */
  all(): Conversation[];
  find(to: string): Conversation | undefined;
  unread(): number;
}

export function createConversations(): Conversations {
  let known = new Map<string, PhoneMessage>();

  const of = (to: string, messages: readonly PhoneMessage[]): Conversation => {
    const contact = messages.at(-1)?.contact ?? null;
    const name = messages.findLast((message) => message.name !== null)?.name;
    return {
      to,
      title: contact?.name ?? name ?? to,
      contact,
      messages,
      unread: messages.filter(isUnread).length,
    };
  };
  const all = (): Conversation[] => {
    const byNumber = new Map<string, PhoneMessage[]>();
    for (const message of known.values()) {
      const list = byNumber.get(message.client);
      if (list === undefined) byNumber.set(message.client, [message]);
      else list.push(message);
    }
    const newest = ({ messages }: Conversation): number => messages.at(-1)?.number ?? 0;
    return [...byNumber]
      .map(([to, messages]) => of(to, messages))
      .sort((one, other) => newest(other) - newest(one));
  };

  return {
    take(messages) {
      const fresh = messages.filter(({ id }) => !known.has(id));
      for (const message of messages) known.set(message.id, later(known.get(message.id), message));
      const sorted = [...known.values()].sort((one, other) => one.number - other.number);
      known = new Map(sorted.slice(-shownOnPhone).map((message) => [message.id, message]));
      return fresh.sort((one, other) => one.number - other.number);
    },
    all,
    find: (to) => {
      const messages = [...known.values()].filter((message) => message.client === to);
      return messages.length === 0 ? undefined : of(to, messages);
    },
    unread: () => [...known.values()].filter(isUnread).length,
  };
}

function isUnread({ seen, status }: PhoneMessage): boolean {
  return !seen && status !== 'failed';
}

const steps: Readonly<Record<PhoneStatus, number>> = { sent: 0, delivered: 1, read: 2, failed: 2 };

/** An answer may overtake what the socket tells: the message that is further goes. */
function later(one: PhoneMessage | undefined, other: PhoneMessage): PhoneMessage {
  if (one === undefined) return other;
  const further = steps[one.status] > steps[other.status] ? one : other;
  return { ...further, seen: one.seen || other.seen, contact: other.contact };
}
