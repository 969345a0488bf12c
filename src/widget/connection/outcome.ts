/** What became of a call to the backend. */
export type Outcome<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: Failure };

export type Failure =
  /** The backend answers, and says no: a code of `src/contract/connections-api.ts` or of every call. */
  | { readonly kind: 'refused'; readonly code: string }
  /** The session at the chat service has ended; on the page it begins anew. */
  | { readonly kind: 'session_expired'; readonly signInUrl: string | undefined }
  /** No answer, or none that this page may read. */
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'timeout' }
  /** An answer that is none of the backend's. */
  | { readonly kind: 'unreadable' }
  /** The panel has gone meanwhile: nobody is there to be told. */
  | { readonly kind: 'closed' };

/** As in `src/contract/api-error.ts`, of which only types may get into the widget. */
const sessionExpiredCode = 1015;

/**
 * Why a request of jQuery has failed, from what its `fail` gets. Documentation of `$authorizedAjax` calls the result
 * compatible with that of `$.ajax` and promises no more (`platform/widget.md §3.2`), so anything may be missing.
 */
export function failureOf(request: unknown, reason: unknown): Failure {
  if (reason === 'timeout') return { kind: 'timeout' };
  const { status, responseJSON, responseText } = fieldsOf(request);
  const body = fieldsOf(responseJSON ?? parsed(responseText));
  if (body['code'] === sessionExpiredCode) {
    return { kind: 'session_expired', signInUrl: webAddress(body['refresh_token_url']) };
  }
  if (typeof body['code'] === 'string') return { kind: 'refused', code: body['code'] };
  return typeof status === 'number' && status > 0 ? { kind: 'unreadable' } : { kind: 'unreachable' };
}

/** What stands in an object; nothing when it is none. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** An address that a browser may be sent to. */
export function webAddress(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
  return /^https?:$/.test(new URL(value).protocol) ? value : undefined;
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
