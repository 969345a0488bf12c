/** What the sandbox's server and the phone in its pages tell each other. */

/** How far a message is; it only goes forward, and `read` and `failed` are ends. */
export type PhoneStatus = 'sent' | 'delivered' | 'read' | 'failed';

/** A message as the phone shows it. */
export interface PhoneMessage {
  /** Rises with every message and never comes again. */
  readonly number: number;
  readonly id: string;
  /** E.164. */
  readonly to: string;
  readonly text: string;
  readonly status: PhoneStatus;
  /** Why it failed, a sentence. */
  readonly reason: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whether a person has had it in view on a phone of the sandbox. */
  readonly seen: boolean;
  /** Who has the number in the account. */
  readonly contact: { readonly id: number; readonly name: string } | null;
}

export const phoneFaultModes = [
  /** 503. */
  'unavailable',
  /** 429. */
  'rate_limited',
  /** Answers late. */
  'slow',
  /** The message is taken, the connection cut; who asks again with the same key is answered. */
  'answer_lost',
  'invalid_number',
  'not_on_service',
  'recipient_blocked',
  /** The access key is refused. */
  'invalid_key',
  /** The message is taken, and fails on its way to the phone. */
  'fails_later',
] as const;
export type PhoneFaultMode = (typeof phoneFaultModes)[number];

/** What goes wrong on purpose at the demo chat service. */
export interface PhoneFault {
  /** The number that it holds for; null for everybody. That of a number goes before that of everybody. */
  readonly to: string | null;
  readonly mode: PhoneFaultMode;
  /** How long a slow answer takes, or after how long a limited caller may ask again; 0 in other modes. */
  readonly seconds: number;
}

/** When a delivered message becomes read: once it is in view on a phone of the sandbox, by itself, or never. */
export const phoneReading = ['opened', 'always', 'never'] as const;

export interface PhoneSettings {
  readonly reading: (typeof phoneReading)[number];
  readonly faults: readonly PhoneFault[];
}

/** Messages that the phone keeps. */
export const shownOnPhone = 500;

export type PhoneSocketMessage =
  /** Messages that came or changed. `isPart`: there were too many to tell each, and the list is to be read anew. */
  | { readonly kind: 'phone'; readonly messages: readonly PhoneMessage[]; readonly isPart: boolean }
  | { readonly kind: 'phone_settings'; readonly settings: PhoneSettings };
