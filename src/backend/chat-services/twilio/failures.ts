import { unreadable, type Answer } from '../ask.js';
import { ChatServiceError, type ChatServiceErrorKind } from '../chat-service.js';
import { ownWords } from '../own-words.js';
import { retryAfter } from '../retry-after.js';

type Reason = ChatServiceError['reason'];

/** What Twilio's error codes mean to us (twilio.com/docs/api/errors); one that is not here is told from its status. */
const codesOf: Readonly<Partial<Record<Reason, readonly number[]>>> = {
  /** Credentials, a suspended or closed account, a sender or messaging service that cannot send. */
  not_connected: [
    10001, 20003, 20005, 20006, 20008, 20404, 21212, 21603, 21606, 21659, 21660, 21661, 21701, 21703, 21705,
    30002, 63001, 63002, 63007, 63051,
  ],
  /** No number, one that takes no messages, one that this account may not write to. */
  number_refused: [
    21211, 21214, 21217, 21262, 21263, 21264, 21265, 21266, 21268, 21408, 21608, 21612, 21614, 21635, 30005,
    30006, 63031,
  ],
  not_on_service: [63003, 63015, 63024],
  /** Has answered STOP, or is blocked by the carrier or by itself. */
  recipient_blocked: [21610, 30004, 63032],
  /** Empty, too long, or filtered as spam. */
  text_refused: [21602, 21605, 21617, 21619, 30007, 63005, 63013, 63021],
  /** A free text where the channel wants a template. */
  window_closed: [63016],
  /** Queues that are full and limits that are reached. */
  service_unavailable: [14107, 20429, 20500, 20503, 21611, 30001, 63010, 63018],
  undelivered: [30003, 30008, 63049],
};

const reasons: ReadonlyMap<number, Reason> = new Map(
  Object.entries(codesOf).flatMap(([reason, codes]) =>
    codes.map((code) => [code, reason as Reason] as const),
  ),
);

/** Why Twilio did not take a message; its error bodies are `{ code, message, more_info, status }`. */
export function twilioFailure(answer: Answer, hidden: readonly string[], now: Date): ChatServiceError {
  const { code, message } = answer.json ?? {};
  const known = typeof code === 'number';
  if (!known && answer.status !== 401 && answer.status !== 429) return unreadable(answer);
  const [kind, reason] = meaningOf(known ? code : undefined, answer.status);
  const seconds = retryAfter(answer.headers, now);
  return new ChatServiceError(
    kind,
    ownWords(message, hidden) || `The service answered ${String(answer.status)}`,
    {
      reason,
      ...(known && { code: String(code) }),
      ...(kind === 'temporary' && seconds !== undefined && { retryAfter: seconds }),
    },
  );
}

/** Why a message that Twilio had taken did not arrive. */
export function undeliveredReason(code: number | undefined): Reason {
  const reason = code === undefined ? undefined : reasons.get(code);
  // The service has had the message: that it was busy is no reason any more.
  return reason === undefined || reason === 'service_unavailable' ? 'undelivered' : reason;
}

/**
 * | answer                        | kind, reason                          |
 * | ----------------------------- | ------------------------------------- |
 * | a code of the table           | its reason                            |
 * | else 401, 403                 | not_connected                         |
 * | else 408, 429, 5xx            | temporary, service_unavailable        |
 * | else                          | permanent, service_refused            |
 */
function meaningOf(code: number | undefined, status: number): readonly [ChatServiceErrorKind, Reason] {
  const reason = code === undefined ? undefined : reasons.get(code);
  if (reason !== undefined) return [kinds[reason] ?? 'permanent', reason];
  if (status === 401 || status === 403) return ['not_connected', 'not_connected'];
  if (status === 408 || status === 429 || status >= 500) return ['temporary', 'service_unavailable'];
  return ['permanent', 'service_refused'];
}

const kinds: Readonly<Partial<Record<Reason, ChatServiceErrorKind>>> = {
  not_connected: 'not_connected',
  service_unavailable: 'temporary',
};
