import type { PhoneMedia, PhoneStatus } from '../phone-wire.js';
import type { Access } from './accesses.js';
import type { DemoAccount } from './accounts.js';

interface Message {
  /** Its place among all messages; rises and never comes again. */
  readonly number: number;
  readonly id: string;
  readonly account: DemoAccount;
  /** E.164: whose phone it is on. */
  readonly client: string;
  /** May be empty beside media. */
  readonly text: string;
  readonly media: PhoneMedia | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  status: PhoneStatus;
  error: DeliveryError | undefined;
  /** Whether a person has had it in view. */
  seen: boolean;
}

/** What a business wrote to a client. */
export interface SentMessage extends Message {
  readonly by: 'business';
  readonly access: Access;
  /** Where its changes are reported, if not at the webhook of the access. */
  readonly statusUrl: string | undefined;
}

/** What a client wrote to a business; `delivered` once somebody has taken it. */
export interface ClientMessage extends Message {
  readonly by: 'client';
  /** As the client calls themself. */
  readonly name: string | null;
}

/** A message that the service has taken. */
export type ChatMessage = SentMessage | ClientMessage;

export interface DeliveryError {
  readonly code: string;
  readonly message: string;
}

/** A business's message as the interface prints it. */
export function printMessage({ id, client, text, media, status, error, at }: PrintedFields): object {
  return {
    id,
    to: client,
    text,
    ...(media === null ? {} : { media: printMedia(media) }),
    status,
    ...(error === undefined ? {} : { error }),
    created_at: new Date(at).toISOString(),
  };
}

/** What is not known is left out. */
export function printMedia({ kind, url, file_name, size }: PhoneMedia): object {
  return {
    kind,
    url,
    ...(file_name === null ? {} : { file_name }),
    ...(size === null ? {} : { size }),
  };
}

export type PrintedFields = Pick<SentMessage, 'id' | 'client' | 'text' | 'media' | 'status' | 'error' | 'at'>;
