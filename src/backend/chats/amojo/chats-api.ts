import type { ChatsChannel } from '../../config.js';
import { isRecord, retryAfterOf } from '../../kommo-api/answers.js';
import { NoAnswerError, type HttpAnswer, type SendHttp } from '../../kommo-api/http.js';
import { signedHeaders } from './signature.js';

/** The chats API of one account, as our channel may use it (`platform/server.md §6.3`). Rejects with {@link ChatsApiError}. */
export interface ChatsApi {
  /** Connects the account to our channel and gives the id of its scope; doing it again changes nothing. */
  connect(account: { readonly amojoId: string; readonly title: string }): Promise<string>;
  disconnect(account: { readonly amojoId: string }): Promise<void>;
  /** Tells of a message that a client wrote; the same `msgid` is the same message. */
  newMessage(scopeId: string, payload: NewMessage): Promise<void>;
  /** @param messageId The message's id in the chats API. */
  deliveryStatus(scopeId: string, messageId: string, status: DeliveryStatus): Promise<void>;
}

/** `payload` of `new_message`; times by the client's service. */
export interface NewMessage {
  readonly timestamp: number;
  readonly msec_timestamp: number;
  readonly msgid: string;
  readonly conversation_id: string;
  readonly conversation_ref_id?: string;
  readonly silent: boolean;
  readonly source: { readonly external_id: string };
  readonly sender: {
    readonly id: string;
    readonly ref_id?: string;
    readonly name: string;
    readonly profile: { readonly phone: string };
  };
  readonly message: Readonly<Record<string, string | number>>;
}

/** `error_code`: 902 the channel is off, 904 nobody is there to write to, 905 anything else, told by `error`. */
export type DeliveryStatus =
  | { readonly status_code: 1 | 2 }
  | { readonly status_code: -1; readonly error_code: 902 | 904 | 905; readonly error: string };

/**
 * - `temporary`: it may work later (429, 5xx, a redirect, something that is no answer of this API, none at all);
 * - `refused`: the API does not let us (400, 403, 404).
 */
export type ChatsApiErrorKind = 'temporary' | 'refused';

/** A call that did not succeed. The message names the call and the status, neither ids nor what was sent. */
export class ChatsApiError extends Error {
  override readonly name = 'ChatsApiError';
  readonly status: number | undefined;
  /** Seconds. */
  readonly retryAfter: number | undefined;

  constructor(
    readonly kind: ChatsApiErrorKind,
    message: string,
    { status, retryAfter, ...options }: ErrorOptions & { status?: number; retryAfter?: number } = {},
  ) {
    super(message, options);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

export interface ChatsApiOptions {
  readonly http: SendHttp;
  readonly channel: ChatsChannel;
  /** Without a path. */
  readonly origin: string;
  readonly now: () => Date;
}

const prefix = '/v2/origin/custom';

export function createChatsApi({ http, channel, origin, now }: ChatsApiOptions): ChatsApi {
  const call = async (
    name: string,
    { method = 'POST', path, body }: { method?: 'POST' | 'DELETE'; path: string; body: object },
  ): Promise<HttpAnswer> => {
    const text = JSON.stringify(body);
    const full = `${prefix}/${path}`;
    const headers = signedHeaders({ method, path: full, body: text, date: now() }, channel.secret);
    let answer: HttpAnswer;
    try {
      answer = await http({ method, url: `${origin}${full}`, headers, body: text });
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
      throw new ChatsApiError('temporary', `The chats API did not answer ${name}: ${error.message}.`, {
        cause: error,
      });
    }
    const { status } = answer;
    if (status >= 200 && status < 300) return answer;
    const retryAfter = retryAfterOf(answer, now());
    throw new ChatsApiError(kindOf(status), `The chats API answered ${name} with ${status}.`, {
      status,
      ...(retryAfter !== undefined && { retryAfter }),
    });
  };

  /** The object of an answer that has to have this text in it. */
  const told = (name: string, { text, status }: HttpAnswer, key: string): unknown => {
    const value = parsed(text);
    if (isRecord(value) && value[key] !== undefined) return value[key];
    throw new ChatsApiError(
      'temporary',
      `The chats API answered ${name} with ${status} and something without ${key}.`,
      { status },
    );
  };

  return {
    async connect({ amojoId, title }) {
      const answer = await call('connect', {
        path: `${channel.id}/connect`,
        body: { account_id: amojoId, title, hook_api_version: 'v2' },
      });
      const scopeId = told('connect', answer, 'scope_id');
      if (typeof scopeId === 'string' && scopeId !== '') return scopeId;
      throw new ChatsApiError('temporary', 'The chats API answered connect without a scope.');
    },
    async disconnect({ amojoId }) {
      await call('disconnect', {
        method: 'DELETE',
        path: `${channel.id}/disconnect`,
        body: { account_id: amojoId },
      });
    },
    async newMessage(scopeId, payload) {
      const answer = await call('new_message', {
        path: encodeURIComponent(scopeId),
        body: { event_type: 'new_message', payload },
      });
      // A page of somebody on the way, with status 200, has not taken the message.
      told('new_message', answer, 'new_message');
    },
    async deliveryStatus(scopeId, messageId, status) {
      await call('delivery_status', {
        path: `${encodeURIComponent(scopeId)}/${encodeURIComponent(messageId)}/delivery_status`,
        body: { msgid: messageId, ...status },
      });
    },
  };
}

function kindOf(status: number): ChatsApiErrorKind {
  return status >= 400 && status < 500 && status !== 408 && status !== 429 ? 'refused' : 'temporary';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
