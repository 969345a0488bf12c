import { ChatServiceError, type ChatServiceErrorKind } from '../chat-service.js';
import { unreadable, type Answer } from '../ask.js';
import { ownWords } from '../own-words.js';
import { retryAfter } from '../retry-after.js';

type Meaning = readonly [ChatServiceErrorKind, ChatServiceError['reason']];

const refused: Meaning = ['permanent', 'service_refused'];
const later: Meaning = ['temporary', 'service_unavailable'];

/** What the codes of the demo service mean; a code that is not here is told from its status. */
export const demoCodes: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['invalid_request', refused],
  ['idempotency_conflict', refused],
  ['invalid_grant', refused],
  ['not_found', refused],
  ['invalid_key', ['not_connected', 'not_connected']],
  ['invalid_number', ['permanent', 'number_refused']],
  ['not_on_service', ['permanent', 'not_on_service']],
  ['recipient_blocked', ['permanent', 'recipient_blocked']],
  ['text_refused', ['permanent', 'text_refused']],
  ['rate_limited', later],
  ['unavailable', later],
]);

/** Why the demo service did not take a message. */
export function demoFailure(answer: Answer, hidden: readonly string[], now: Date): ChatServiceError {
  const error = readError(answer.json?.['error']);
  if (error === undefined && answer.status !== 401 && answer.status !== 429) return unreadable(answer);
  const [kind, reason] = demoCodes.get(error?.code ?? '') ?? byStatus(answer.status);
  const seconds = retryAfter(answer.headers, now);
  return new ChatServiceError(
    kind,
    ownWords(error?.message, hidden) || `The service answered ${String(answer.status)}`,
    {
      reason,
      ...(error !== undefined && { code: ownWords(error.code, hidden) }),
      ...(kind === 'temporary' && seconds !== undefined && { retryAfter: seconds }),
    },
  );
}

/** `{ code, message }` of an error body and of a status report. */
export function readError(error: unknown): { readonly code: string; readonly message: unknown } | undefined {
  if (typeof error === 'string') return { code: error, message: undefined };
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, message } = error as Record<string, unknown>;
  return typeof code === 'string' ? { code, message } : undefined;
}

function byStatus(status: number): Meaning {
  if (status === 401 || status === 403) return ['not_connected', 'not_connected'];
  if (status === 408 || status === 429 || status >= 500) return later;
  return refused;
}
