import type { Words, WordKey } from '../words.js';
import type { Failure } from './outcome.js';

const refusals: ReadonlyMap<string, FailureKey> = new Map(
  Object.entries({
    token_missing: 'session',
    token_expired: 'session',
    token_invalid: 'session',
    token_used: 'session',
    wrong_origin: 'session',
    not_installed: 'not_installed',
    not_admin: 'not_admin',
    changed_elsewhere: 'changed_elsewhere',
    unknown_service: 'gone',
    unknown_channel: 'gone',
    unknown_attempt: 'gone',
    attempt_ended: 'gone',
    channel_disconnected: 'channel_disconnected',
    unknown_pipeline: 'unknown_pipeline',
    kommo_unavailable: 'account_unavailable',
  } as const),
);

type FailureKey =
  Extract<WordKey, `connection.failures.${string}`> extends `connection.failures.${infer Key}` ? Key : never;

/** What to tell a person of a call that came to nothing, and what they can do. */
export function failureText(failure: Failure, words: Words): string {
  if (failure.kind === 'refused' && failure.code === 'limit_reached') {
    return words('connection.problems.limit_reached');
  }
  return words(`connection.failures.${keyOf(failure)}`);
}

function keyOf(failure: Failure): FailureKey {
  switch (failure.kind) {
    case 'refused':
      return refusals.get(failure.code) ?? 'other';
    case 'session_expired':
      return 'signed_out';
    case 'timeout':
      return 'timeout';
    case 'unreachable':
      return 'unreachable';
    default:
      return 'other';
  }
}
