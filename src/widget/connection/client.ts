import type {
  Attempt,
  AttemptRequest,
  ConnectionState,
  SettingsRequest,
} from '../../contract/connections-api.js';
import type { AuthorizedRequest, WidgetInstance } from '../../kommo/widget.js';
import { type Failure, failureOf, fieldsOf, type Outcome } from './outcome.js';

/** The backend's API for connecting channels (`src/contract/connections-api.ts`). Nothing here rejects. */
export interface Client {
  read(options?: ReadOptions): Promise<Outcome<ConnectionState>>;
  begin(request: AttemptRequest, options?: CallOptions): Promise<Outcome<Attempt>>;
  look(attemptId: string, options?: CallOptions): Promise<Outcome<Attempt>>;
  fill(
    attemptId: string,
    fields: Readonly<Record<string, string>>,
    options?: CallOptions,
  ): Promise<Outcome<Attempt>>;
  /** Nobody waits for the answer, and {@link Client.close} does not end it: the panel may be going just now. */
  giveUp(attemptId: string): void;
  save(settings: SettingsRequest, options?: CallOptions): Promise<Outcome<ConnectionState>>;
  disconnect(channelId: string, options?: CallOptions): Promise<Outcome<ConnectionState>>;
  /** Ends what is under way; later calls are answered with `closed` at once. */
  close(): void;
}

export interface CallOptions {
  /** The answer is late; the call goes on. */
  readonly onSlow?: () => void;
}

export interface ReadOptions extends CallOptions {
  /** The same question, asked before. */
  readonly asked?: AuthorizedRequest | undefined;
}

export interface ClientOptions {
  /** The backend, without a slash at the end. */
  readonly address: string;
  /** Milliseconds. */
  readonly slowAfter?: number;
  readonly timeLimit?: number;
}

/** Calls with the user's one-time token, which `$authorizedAjax` gets anew for each (`platform/widget.md §3.4`). */
export function createClient(
  widget: Partial<Pick<WidgetInstance, '$authorizedAjax'>>,
  { address, slowAfter = 3000, timeLimit = 20_000 }: ClientOptions,
): Client {
  const running = new Set<() => void>();
  let isClosed = false;

  const send = (method: string, path: string, body?: object): AuthorizedRequest | undefined =>
    widget.$authorizedAjax?.({
      url: `${address}${path}`,
      type: method,
      dataType: 'json',
      timeout: timeLimit,
      ...(body && { contentType: 'application/json', data: JSON.stringify(body), processData: false }),
    });

  function call<Value>(
    [method, path, body]: [method: string, path: string, body?: object],
    isExpected: (value: unknown) => boolean,
    { onSlow, asked }: ReadOptions = {},
  ): Promise<Outcome<Value>> {
    if (isClosed) return Promise.resolve(failed({ kind: 'closed' }));
    return new Promise((resolve) => {
      let request: AuthorizedRequest | undefined;
      const end = (outcome: Outcome<Value>): void => {
        clearTimeout(slow);
        clearTimeout(late);
        running.delete(close);
        resolve(outcome);
      };
      const giveUp = (failure: Failure): void => {
        end(failed(failure));
        request?.abort?.();
      };
      const close = (): void => {
        giveUp({ kind: 'closed' });
      };
      running.add(close);
      const slow = setTimeout(() => onSlow?.(), slowAfter);
      // The request's own limit does not hold for the token that is fetched before it.
      const late = setTimeout(() => {
        giveUp({ kind: 'timeout' });
      }, timeLimit);
      try {
        request = asked ?? send(method, path, body);
      } catch {
        request = undefined;
      }
      if (request === undefined) {
        end(failed({ kind: 'unreachable' }));
        return;
      }
      request.then(
        (value: unknown) => {
          end(isExpected(value) ? { ok: true, value: value as Value } : failed({ kind: 'unreadable' }));
        },
        (failedRequest: unknown, reason: unknown) => {
          end(failed(failureOf(failedRequest, reason)));
        },
      );
    });
  }

  const attempts = '/connections/attempts';
  const id = encodeURIComponent;
  return {
    read: (options) => call(['GET', '/connections'], isState, options),
    begin: (request, options) => call(['POST', attempts, request], isAttempt, options),
    look: (attemptId, options) => call(['GET', `${attempts}/${id(attemptId)}`], isAttempt, options),
    fill: (attemptId, fields, options) =>
      call(['POST', `${attempts}/${id(attemptId)}/fields`, { fields }], isAttempt, options),
    giveUp(attemptId) {
      try {
        send('DELETE', `${attempts}/${id(attemptId)}`);
      } catch {
        // It ends by itself after a while.
      }
    },
    save: (settings, options) => call(['PUT', '/connections/settings', settings], isState, options),
    disconnect: (channelId, options) =>
      call(['DELETE', `/connections/channels/${id(channelId)}`], isState, options),
    close() {
      isClosed = true;
      for (const end of [...running]) end();
    },
  };
}

function failed(failure: Failure): { ok: false; failure: Failure } {
  return { ok: false, failure };
}

/** Whether the panel can go by it; a proxy's page in the place of an answer must not break it. */
function isState(value: unknown): value is ConnectionState {
  const { services, channels, version } = fieldsOf(value);
  return Array.isArray(services) && Array.isArray(channels) && typeof version === 'number';
}

function isAttempt(value: unknown): value is Attempt {
  const { id, state } = fieldsOf(value);
  return typeof id === 'string' && typeof state === 'string';
}
