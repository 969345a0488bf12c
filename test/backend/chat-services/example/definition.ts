import { createHmac } from 'node:crypto';
import {
  ask,
  unreadable,
  type Answer,
  type Question,
  type ServiceOptions,
} from '../../../../src/backend/chat-services/ask.js';
import {
  ChatServiceError,
  type StatusReport,
  type StatusUpdate,
} from '../../../../src/backend/chat-services/chat-service.js';
import { clientPhone } from '../../../../src/backend/chat-services/client-phone.js';
import { connecting } from '../../../../src/backend/chat-services/connect-error.js';
import type {
  ChatServiceDefinition,
  ConnectedService,
  ServiceEvent,
} from '../../../../src/backend/chat-services/definition.js';
import { fieldsOf, parseBody, textOf } from '../../../../src/backend/chat-services/json.js';
import { ownWords } from '../../../../src/backend/chat-services/own-words.js';
import { retryAfter } from '../../../../src/backend/chat-services/retry-after.js';
import { isSameSecret } from '../../../../src/backend/chat-services/same-secret.js';

export interface ParrotConfig {
  readonly name: 'parrot';
  readonly url: string;
}

/** Parrot, connected with a key of the account. */
export function parrotDefinition({ url }: ParrotConfig, options: ServiceOptions): ChatServiceDefinition {
  return {
    name: 'parrot',
    title: 'Parrot',
    apiKey: {
      fields: [{ name: 'key', label: 'api_key', is_secret: true, is_required: true, example: null }],
      complete: ({ key = '' }) =>
        connecting('theirs', async () => {
          const { id, name, phone } = await whoIs(callsTo(url, key, options));
          return { key: id, name, phone, credentials: { key } };
        }),
    },
    open: ({ key = '' }) => open(callsTo(url, key, options), key),
  };
}

function open(call: Call, key: string): ConnectedService {
  return {
    name: 'parrot',
    title: 'Parrot',

    async send({ to, text, idempotencyKey, media, signal }) {
      // Parrot takes no files: their link goes with the text.
      const words = media === undefined ? text : `${text}\n${media.url}`.trim();
      const body = { to, text: words, key: idempotencyKey };
      const answer = await call('POST', '/messages', { body, signal, hidden: [to, text] });
      const id = textOf(answer.json?.['id']);
      if (id === undefined) throw unreadable(answer);
      return { id };
    },
    async check(signal) {
      await whoIs(call, signal);
    },
    async describe(signal) {
      const { name, phone } = await whoIs(call, signal);
      return { name, phone };
    },
    async listen(hookUrl) {
      await call('PUT', '/hook', { body: { url: hookUrl } });
    },
    async disconnect() {
      try {
        await call('DELETE', '/hook');
      } catch (error) {
        const isGone = error instanceof ChatServiceError && error.kind === 'not_connected';
        if (!isGone) throw error;
      }
    },
    readHook: (report) => readHook(report, key),
    // Parrot has one address for everything, so that reports come there as well.
    readStatus: (report) =>
      readHook(report, key)?.flatMap((event): StatusUpdate[] => (event.kind === 'status' ? [event] : [])),
  };
}

type Call = (
  method: Question['method'],
  path: string,
  more?: Pick<Question, 'signal'> & { readonly body?: object; readonly hidden?: readonly string[] },
) => Promise<Answer>;

function callsTo(url: string, key: string, options: ServiceOptions): Call {
  return async (method, path, { body, hidden = [], signal } = {}) => {
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await ask({ url: `${url}${path}`, method, headers, signal, ...sent }, options);
    if (answer.status === 200 && answer.json !== undefined) return answer;
    throw failureOf(answer, [key, ...hidden], options.now());
  };
}

/** Parrot says why in `{ "error": "…" }`; 422 is about the message, everything else about the connection. */
function failureOf(answer: Answer, hidden: readonly string[], now: Date): ChatServiceError {
  const { status, json, headers } = answer;
  const words = ownWords(json?.['error'], hidden) || `Parrot answered ${String(status)}`;
  if (status === 401) return new ChatServiceError('not_connected', words, { reason: 'not_connected' });
  if (status === 422) return new ChatServiceError('permanent', words, { reason: 'number_refused' });
  if (status !== 429) return unreadable(answer);
  const seconds = retryAfter(headers, now);
  return new ChatServiceError('temporary', words, {
    reason: 'service_unavailable',
    ...(seconds !== undefined && { retryAfter: seconds }),
  });
}

async function whoIs(
  call: Call,
  signal?: AbortSignal,
): Promise<{ readonly id: string; readonly name: string; readonly phone: string | undefined }> {
  const answer = await call('GET', '/me', { signal });
  const id = textOf(answer.json?.['id']);
  if (id === undefined) throw unreadable(answer);
  return { id, name: textOf(answer.json?.['name']) ?? id, phone: clientPhone(answer.json?.['phone']) };
}

/** `{ event: 'message', id, from, at, text }` and `{ event: 'status', id, status }`, signed with the key. */
function readHook({ headers, body }: StatusReport, key: string): readonly ServiceEvent[] | undefined {
  const given = headers['x-parrot-signature'];
  const expected = createHmac('sha256', key).update(body).digest('hex');
  if (typeof given !== 'string' || !isSameSecret(given, expected)) return undefined;
  const { event, id, from, at, text, status } = fieldsOf(parseBody(body));
  if (typeof id !== 'string') return [];
  if (event === 'status') return readStatus(id, status);
  const phone = clientPhone(from);
  if (event !== 'message' || phone === undefined || typeof at !== 'number' || typeof text !== 'string') {
    return [];
  }
  return [{ kind: 'message', id, from: phone, at: new Date(at), text }];
}

function readStatus(id: string, status: unknown): readonly ServiceEvent[] {
  if (status === 'delivered' || status === 'read') return [{ kind: 'status', id, state: status }];
  return status === 'failed' ? [{ kind: 'status', id, state: 'failed', reason: 'undelivered' }] : [];
}
