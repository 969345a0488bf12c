import { unreadable, type Answer } from '../ask.js';
import { ChatServiceError, type ChatServiceErrorKind } from '../chat-service.js';
import { fieldsOf, textOf } from '../json.js';
import { ownWords } from '../own-words.js';
import { retryAfter } from '../retry-after.js';

type Reason = ChatServiceError['reason'];
type Meaning = readonly [ChatServiceErrorKind, Reason];

const signedOut: Meaning = ['not_connected', 'not_connected'];

/**
 * What Meta's error codes mean to us (developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes);
 * one that is not here is told from its status.
 */
const codesOf: Readonly<Partial<Record<Reason, readonly number[]>>> = {
  /** Token, permissions, a locked or unpaid account, a number that is gone, not registered or has no name yet. */
  not_connected: [
    0, 3, 10, 33, 190, 368, 131005, 131031, 131037, 131042, 131045, 133005, 133006, 133008, 133009, 133010,
  ],
  /** Our own number, one that may not be written to from there, or one that a test number may not write to. */
  number_refused: [130497, 131021, 131030],
  /** "Message undeliverable": above all a number without WhatsApp. */
  not_on_service: [131026],
  /** Wants no marketing. */
  recipient_blocked: [131050],
  /** A free text more than 24 hours after the recipient has last written. */
  window_closed: [131047],
  /** Templates that are not as approved. */
  text_refused: [132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018, 132068, 132069],
  /** Limits that are reached, maintenance, trouble. */
  service_unavailable: [1, 2, 4, 80007, 130429, 131000, 131016, 131048, 131056, 131057, 133004, 133016],
  /** Held back for the recipient's sake, or part of an experiment. */
  undelivered: [130472, 131049],
};

const reasons: ReadonlyMap<number, Reason> = new Map(
  Object.entries(codesOf).flatMap(([reason, codes]) =>
    codes.map((code) => [code, reason as Reason] as const),
  ),
);

/** Why Meta did not take something; its error bodies are `{ error: { code, message, error_data: { details } } }`. */
export function graphFailure(answer: Answer, hidden: readonly string[], now: Date): ChatServiceError {
  const error = readError(answer.json?.['error']);
  if (error === undefined && answer.status !== 401 && answer.status !== 429) return unreadable(answer);
  const [kind, reason] = error?.isOfNothing === true ? signedOut : meaningOf(error?.code, answer.status);
  const seconds = retryAfter(answer.headers, now);
  return new ChatServiceError(
    kind,
    ownWords(error?.words, hidden) || `The service answered ${String(answer.status)}`,
    {
      reason,
      ...(error !== undefined && { code: String(error.code) }),
      ...(kind === 'temporary' && seconds !== undefined && { retryAfter: seconds }),
    },
  );
}

export interface GraphError {
  readonly code: number;
  readonly words: string;
  /** Whether the token does not see what was asked about, be it gone or not ours (code 100, subcode 33). */
  readonly isOfNothing: boolean;
}

/** An error in an answer or in a report; undefined when it is none. */
export function readError(value: unknown): GraphError | undefined {
  const { code, message, title, error_subcode: subcode, error_data: data } = fieldsOf(value);
  if (typeof code !== 'number') return undefined;
  // The details are what tells; titles will go (error-codes, "Receiving Errors").
  const words = textOf(fieldsOf(data)['details']) ?? textOf(message) ?? textOf(title) ?? '';
  return { code, words, isOfNothing: code === 100 && subcode === 33 };
}

/** Why a message that Meta had taken did not arrive. */
export function undeliveredReason(code: number | undefined): Reason {
  const reason = code === undefined ? undefined : reasons.get(code);
  // The service has had the message: that it was busy is no reason any more.
  return reason === undefined || reason === 'service_unavailable' ? 'undelivered' : reason;
}

/**
 * | answer                        | kind, reason                          |
 * | ----------------------------- | ------------------------------------- |
 * | a code of the table           | its reason                            |
 * | else a code from 200 to 299   | not_connected: a permission           |
 * | else 401, 403                 | not_connected                         |
 * | else 408, 429, 5xx            | temporary, service_unavailable        |
 * | else                          | permanent, service_refused            |
 */
function meaningOf(code: number | undefined, status: number): Meaning {
  const reason = code === undefined ? undefined : reasons.get(code);
  if (reason !== undefined) return [kinds[reason] ?? 'permanent', reason];
  const isPermission = code !== undefined && code >= 200 && code <= 299;
  if (isPermission || status === 401 || status === 403) return signedOut;
  if (status === 408 || status === 429 || status >= 500) return ['temporary', 'service_unavailable'];
  return ['permanent', 'service_refused'];
}

const kinds: Readonly<Partial<Record<Reason, ChatServiceErrorKind>>> = {
  not_connected: 'not_connected',
  service_unavailable: 'temporary',
};
