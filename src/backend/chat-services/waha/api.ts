import type { ConnectableConfig } from '../../config.js';
import { ask, unreadable, type Answer, type Question, type ServiceOptions } from '../ask.js';
import { wahaFailure } from './failures.js';

export type WahaConfig = Extract<ConnectableConfig, { name: 'waha' }>;

export interface WahaCall {
  readonly method?: Question['method'];
  /** Sent as JSON. */
  readonly body?: object;
  /** `application/json` unless told. */
  readonly accept?: string;
  /** What must not stand in an error. */
  readonly hidden?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

export interface WahaApi {
  /** Without a slash at the end. */
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Calls the server (waha.devlike.pro/docs, and the controllers in github.com/devlikeapro/waha, `src/api`).
   *
   * @throws ChatServiceError when it refuses or does not answer.
   */
  call(path: string, call?: WahaCall): Promise<Answer>;
  /** As `call`, for an answer that is an object. */
  object(path: string, call?: WahaCall): Promise<Answer & { json: NonNullable<Answer['json']> }>;
}

/** The server of the configuration; every session in it opens with the same key. */
export function wahaApi({ url, apiKey }: WahaConfig, options: ServiceOptions): WahaApi {
  const address = url.replace(/\/+$/, '');
  const headers = { 'X-Api-Key': apiKey };

  const call: WahaApi['call'] = async (path, { method = 'GET', body, accept, hidden = [], signal } = {}) => {
    const answer = await ask(
      {
        url: `${address}${path}`,
        method,
        headers: {
          ...headers,
          Accept: accept ?? 'application/json',
          ...(body && { 'Content-Type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal,
      },
      options,
    );
    if (answer.status < 200 || answer.status > 299) {
      throw wahaFailure(answer, [...hidden, apiKey], options.now());
    }
    return answer;
  };

  return {
    address,
    headers,
    call,
    async object(path, more) {
      const answer = await call(path, more);
      if (answer.json === undefined) throw unreadable(answer);
      return { ...answer, json: answer.json };
    },
  };
}
