import type { PhoneStatus } from '../phone-wire.js';

/** A message that the service has taken. */
export interface ChatMessage {
  /** Its place among all messages; rises and never comes again. */
  readonly number: number;
  readonly id: string;
  readonly to: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Where its changes are reported. */
  readonly statusUrl: string | undefined;
  status: PhoneStatus;
  error: DeliveryError | undefined;
  /** Whether a person has had it in view. */
  seen: boolean;
}

export interface DeliveryError {
  readonly code: string;
  readonly message: string;
}

/** A message as the interface prints it. */
export function printMessage({ id, to, text, status, error, at }: PrintedFields): object {
  return {
    id,
    to,
    text,
    status,
    ...(error === undefined ? {} : { error }),
    created_at: new Date(at).toISOString(),
  };
}

export type PrintedFields = Pick<ChatMessage, 'id' | 'to' | 'text' | 'status' | 'error' | 'at'>;
