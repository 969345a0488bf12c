/** What the sandbox's server and the phone in its pages tell each other. */

/** How far a message is; it only goes forward, and `read` and `failed` are ends. */
export type PhoneStatus = 'sent' | 'delivered' | 'read' | 'failed';

export const phoneMediaKinds = ['picture', 'file', 'video', 'audio', 'voice', 'sticker'] as const;

/** A picture or a file, by the address where it can be fetched. */
export interface PhoneMedia {
  readonly kind: (typeof phoneMediaKinds)[number];
  readonly url: string;
  readonly file_name: string | null;
  /** Bytes. */
  readonly size: number | null;
}

/** A business at the demo chat service, as phones know it. */
export interface PhoneAccount {
  readonly id: string;
  readonly name: string;
  /** E.164. */
  readonly phone: string;
}

/** A message as the phone shows it. */
export interface PhoneMessage {
  /** Rises with every message and never comes again. */
  readonly number: number;
  readonly id: string;
  /** Who wrote it. */
  readonly by: 'business' | 'client';
  /** E.164, as the next: the client's phone is the one that shows the message. */
  readonly from: string;
  readonly to: string;
  readonly client: string;
  readonly account: Pick<PhoneAccount, 'id' | 'name'>;
  /** May be empty beside media. */
  readonly text: string;
  readonly media: PhoneMedia | null;
  /** Of what a client wrote: `delivered` once an app of the business has taken it. */
  readonly status: PhoneStatus;
  /** Why it failed, a sentence. */
  readonly reason: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whether a person has had it in view on a phone of the sandbox. */
  readonly seen: boolean;
  /** Who has the client's number in the account. */
  readonly contact: { readonly id: number; readonly name: string } | null;
  /** As the client calls themself. */
  readonly name: string | null;
}

/** A code that an app shows and that a phone can scan. */
export interface PhonePairing {
  readonly id: string;
  /** The app that shows it. */
  readonly app: string;
  /** When it began and when it ends; milliseconds since 1970. */
  readonly at: number;
  readonly until: number;
}

/** An app that may use an account, until it is signed out. */
export interface PhoneConnection {
  readonly id: string;
  readonly account: Pick<PhoneAccount, 'id' | 'name'>;
  /** Null when it came with the account's own secret. */
  readonly app: string | null;
  readonly at: number;
  /** Whether it hears of messages that clients write. */
  readonly listens: boolean;
}

/** What the phone knows beside its messages. */
export interface PhoneService {
  readonly accounts: readonly (PhoneAccount & { readonly secret: string })[];
  readonly pairings: readonly PhonePairing[];
  readonly connections: readonly PhoneConnection[];
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
  /** A page for people comes in place of the answer, with 200. */
  'html',
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
  | { readonly kind: 'phone_settings'; readonly settings: PhoneSettings }
  /** Codes to scan, and apps that are connected: all there are now. */
  | { readonly kind: 'phone_service'; readonly service: PhoneService };
