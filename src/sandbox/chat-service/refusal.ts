export type RefusalCode =
  | 'invalid_request'
  | 'invalid_grant'
  | 'invalid_key'
  | 'invalid_client'
  | 'idempotency_conflict'
  | 'invalid_number'
  | 'not_on_service'
  | 'recipient_blocked'
  | 'text_refused'
  | 'rate_limited'
  | 'unavailable'
  | 'not_found';

const statuses: Readonly<Record<RefusalCode, number>> = {
  invalid_request: 400,
  invalid_grant: 400,
  invalid_key: 401,
  invalid_client: 401,
  not_found: 404,
  idempotency_conflict: 409,
  invalid_number: 422,
  not_on_service: 422,
  recipient_blocked: 422,
  text_refused: 422,
  rate_limited: 429,
  unavailable: 503,
};

/** Why the chat service does not do what it was asked for; the answer is `{ error: { code, message } }`. */
export class ServiceRefusal extends Error {
  override readonly name = 'ServiceRefusal';
  readonly status: number;

  /** @param retryAfter Seconds, for the header of that name. */
  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly retryAfter?: number,
  ) {
    super(message);
    this.status = statuses[code];
  }
}

/** The answer is a page for people, as of a proxy that stands in the way. */
export class PageInstead extends Error {
  override readonly name = 'PageInstead';
}
