/** Parameters of a call's address; undefined ones are left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

/**
 * API v4 of one account, as one installation may use it: with its token, which is refreshed when it has to be, within
 * the limit of calls that all processes share, at the account's present host.
 */
export interface KommoApi {
  /** `path` after `/api/v4`, as `/leads/1`. Undefined for an empty answer: 204 is how the API says "not found". */
  get<T>(path: string, query?: Query): Promise<T | undefined>;
  /**
   * Not repeated after a lost answer: the API has no idempotency keys (`platform/server.md §5.1`). The error's
   * `mayBeDone` then says that nobody knows.
   */
  post<T>(path: string, body: unknown, options?: PostOptions): Promise<T | undefined>;
  patch<T>(path: string, body: unknown): Promise<T | undefined>;
  delete(path: string, body?: unknown): Promise<void>;
}

export interface PostOptions {
  /** Called when the call's turn has come, right before it leaves: what it throws is thrown, and nothing has left. */
  readonly before?: () => void;
}

/**
 * | kind                  | status                                    | worth a retry |
 * | --------------------- | ----------------------------------------- | ------------- |
 * | `temporary`           | 429, 5xx, time-out, network, broken body  | yes           |
 * | `access_revoked`      | 401 that a refresh does not mend, uninstalled | no        |
 * | `subscription_lapsed` | 402                                       | no            |
 * | `forbidden`           | 403                                       | no            |
 * | `not_found`           | 404                                       | no            |
 * | `refused`             | 400 and every other                       | no            |
 */
export type KommoApiErrorKind =
  'temporary' | 'access_revoked' | 'subscription_lapsed' | 'forbidden' | 'not_found' | 'refused';

export interface KommoApiErrorOptions extends ErrorOptions {
  readonly status?: number;
  /** Seconds, from `Retry-After`. */
  readonly retryAfter?: number;
  /** Whether the call may have been carried out although its answer never came. */
  readonly mayBeDone?: boolean;
}

/** A call that did not succeed. The message names method, path, status and the API's own words; no token. */
export class KommoApiError extends Error {
  override readonly name = 'KommoApiError';
  readonly status: number | undefined;
  readonly retryAfter: number | undefined;
  readonly mayBeDone: boolean;

  constructor(
    readonly kind: KommoApiErrorKind,
    message: string,
    { status, retryAfter, mayBeDone = false, ...options }: KommoApiErrorOptions = {},
  ) {
    super(message, options);
    this.status = status;
    this.retryAfter = retryAfter;
    this.mayBeDone = mayBeDone;
  }
}

/** The API of each installation, by its id in the store. */
export interface KommoApis {
  of(installationId: string): KommoApi;
}
