import { ChatServiceError } from './chat-service.js';

/** What an adapter needs from outside. */
export interface ServiceOptions {
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds that one call may take, its answer included. */
  readonly timeout: number;
  readonly now: () => Date;
}

export interface Question {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
}

/** What a service answered, whatever it was. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  /** Undefined when it is not an object in JSON. */
  readonly json: Readonly<Record<string, unknown>> | undefined;
}

/** A page of a list at its longest; what is longer is no answer that we asked for. */
const longestAnswer = 4 * 1024 * 1024;

/**
 * Asks for a file of a chat service, whose bytes are left to the caller. Redirects are followed only where a service is known to
 * answer with them; the access data stays behind when they lead to another origin (fetch.spec.whatwg.org,
 * HTTP-redirect fetch).
 *
 * @throws ChatServiceError `temporary` when no answer came in time or it was not 200; `permanent` when the file is gone.
 */
export async function download(
  {
    url,
    headers,
    redirect = 'manual',
    signal,
  }: Pick<Question, 'url' | 'headers' | 'signal'> & { readonly redirect?: 'manual' | 'follow' },
  { fetch, timeout }: ServiceOptions,
): Promise<Response> {
  const sendable = readHeaders(headers);
  const end = new AbortController();
  const timer = setTimeout(() => {
    end.abort();
  }, timeout);
  const either = AbortSignal.any([end.signal, ...(signal ? [signal] : [])]);
  try {
    const response = await fetch(url, { headers: sendable, redirect, signal: either });
    if (response.status === 200) return response;
    await response.body?.cancel();
    if (response.status === 404 || response.status === 410) {
      throw new ChatServiceError('permanent', 'The service does not have the file any more', {
        reason: 'service_refused',
      });
    }
    throw unavailable(`Expected a file, got status ${String(response.status)}`);
  } catch (error) {
    if (error instanceof ChatServiceError) throw error;
    throw unavailable(`The file could not be fetched (${codeOf(error)})`);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Asks a chat service and reads its answer. Redirects are not followed: the access data is for this address alone.
 * What went wrong on the way is told by its code, since the errors of the network and of JSON quote what they were
 * given.
 *
 * @throws ChatServiceError `temporary` when no whole answer came in time; `not_connected` when the access data cannot
 * stand in a header.
 */
export async function ask(
  { url, method, headers, body, signal }: Question,
  { fetch, timeout }: ServiceOptions,
): Promise<Answer> {
  const sendable = readHeaders(headers);
  const end = new AbortController();
  const stop = (): void => {
    end.abort();
  };
  const timer = setTimeout(stop, timeout);
  signal?.addEventListener('abort', stop);
  try {
    if (signal?.aborted === true) stop();
    const response = await fetch(url, {
      method,
      headers: sendable,
      redirect: 'manual',
      signal: end.signal,
      ...(body !== undefined && { body }),
    });
    const answered = await readBody(response);
    return {
      status: response.status,
      headers: response.headers,
      body: answered,
      json: readObject(answered.toString('utf8')),
    };
  } catch (error) {
    if (error instanceof ChatServiceError) throw error;
    if (signal?.aborted === true) throw unavailable('The call was broken off before the service answered');
    if (end.signal.aborted) throw unavailable(`No answer within ${String(timeout / 1000)} s`);
    throw unavailable(`The service could not be reached (${codeOf(error)})`);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

/** An answer that is none of those a service is known to give. */
export function unreadable({ status }: Answer): ChatServiceError {
  return unavailable(`Expected JSON, got something else with status ${String(status)}`);
}

function unavailable(message: string): ChatServiceError {
  return new ChatServiceError('temporary', message, { reason: 'service_unavailable' });
}

function readHeaders(headers: Question['headers']): Headers {
  try {
    return new Headers(headers);
  } catch {
    throw new ChatServiceError(
      'not_connected',
      'The access data has characters that cannot stand in a header: copy it anew',
      { reason: 'not_connected' },
    );
  }
}

async function readBody(response: Response): Promise<Buffer> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const next = await reader?.read();
    if (next?.value === undefined) break;
    chunks.push(next.value);
    length += next.value.byteLength;
    if (length > longestAnswer) {
      await reader?.cancel();
      throw unavailable(`The answer is longer than ${String(longestAnswer)} bytes`);
    }
  }
  return Buffer.concat(chunks);
}

function readObject(text: string): Answer['json'] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** `ECONNREFUSED` and the like; undici keeps it in the cause. */
function codeOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return 'network error';
}
