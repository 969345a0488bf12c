import { unreadable, type Answer } from '../ask.js';
import { ChatServiceError, type ChatServiceErrorKind } from '../chat-service.js';
import { fieldsOf, textOf } from '../json.js';
import { ownWords } from '../own-words.js';
import { retryAfter } from '../retry-after.js';

type Meaning = readonly [ChatServiceErrorKind, ChatServiceError['reason']];

const later: Meaning = ['temporary', 'service_unavailable'];
const signedOut: Meaning = ['not_connected', 'not_connected'];
const refused: Meaning = ['permanent', 'service_refused'];

/** What only the paid version of the server does, or another of its engines. */
export class NotInThisVersion extends ChatServiceError {}

/**
 * Why the server did not do what it was asked. Its refusals are NestJS's `{ statusCode, message, error }`; that of a
 * session which is not working is `{ error, session, status, expected }` (`waitUntilStatus` in
 * github.com/devlikeapro/waha, `src/core/abc/manager.abc.ts`), after it has waited five seconds for it.
 *
 * | answer                                         | kind, reason                   |
 * | ---------------------------------------------- | ------------------------------ |
 * | 401, 403: the key; 404: the session            | not_connected                  |
 * | 422, the session is STARTING                   | temporary, service_unavailable |
 * | 422, the session has any other status          | not_connected                  |
 * | 422 or 501, in the paid version or another engine alone | permanent, service_refused |
 * | 408, 429, 5xx                                  | temporary, service_unavailable |
 * | else                                           | permanent, service_refused     |
 */
export function wahaFailure(answer: Answer, hidden: readonly string[], now: Date): ChatServiceError {
  const { status, json } = answer;
  const words = wordsOf(answer);
  if (words === undefined && status !== 401 && status !== 429) return unreadable(answer);
  const told = ownWords(words, hidden) || `The server answered ${String(status)}`;
  if (isOtherVersion(status, words ?? '')) {
    return new NotInThisVersion('permanent', told, { reason: 'service_refused' });
  }
  const session = textOf(json?.['status']);
  const code = session ?? (words === undefined ? undefined : String(status));
  const [kind, reason] = meaningOf(status, session);
  const seconds = retryAfter(answer.headers, now);
  return new ChatServiceError(kind, told, {
    reason,
    ...(code !== undefined && { code: ownWords(code, hidden) }),
    ...(kind === 'temporary' && seconds !== undefined && { retryAfter: seconds }),
  });
}

function wordsOf({ json }: Answer): string | undefined {
  const { message, error, exception } = json ?? {};
  if (Array.isArray(message)) return textOf(message.filter((one) => typeof one === 'string').join('; '));
  return textOf(message) ?? textOf(error) ?? textOf(fieldsOf(exception)['message']);
}

function isOtherVersion(status: number, words: string): boolean {
  return status === 501 || (status === 422 && /only in Plus version|not implemented by/i.test(words));
}

function meaningOf(status: number, session: string | undefined): Meaning {
  if (status === 401 || status === 403 || status === 404) return signedOut;
  if (status === 422 && session !== undefined) return session === 'STARTING' ? later : signedOut;
  if (status === 408 || status === 429 || status >= 500) return later;
  return refused;
}

/** Whether the server does not have what it was asked about. */
export function isGone(error: unknown): boolean {
  return error instanceof ChatServiceError && error.code === '404';
}
