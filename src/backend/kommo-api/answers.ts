import { STATUS_CODES } from 'node:http';
import type { HttpAnswer, HttpCall } from './http.js';
import { KommoApiError, type KommoApiErrorKind } from './kommo-api.js';

/**
 * The parsed body of an answer that stands for success; undefined for an empty one.
 *
 * @param name Of the call, for the error's message: method and path.
 * @throws KommoApiError for every other answer, and for a body that is cut off or no JSON.
 */
export function readAnswer(
  answer: HttpAnswer,
  { name, method, now }: { name: string; method: HttpCall['method']; now: Date },
): unknown {
  const { status, text } = answer;
  if (status >= 200 && status < 300) {
    if (text.trim() === '') return undefined;
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new KommoApiError(
        'temporary',
        `${name} was answered with ${status} and ${describeBody(answer)} where JSON was expected.`,
        { status, mayBeDone: method !== 'GET', cause: error },
      );
    }
  }
  const retryAfter = retryAfterOf(answer, now);
  throw new KommoApiError(kindOf(status), describe(name, answer), {
    status,
    mayBeDone: method !== 'GET' && status >= 500 && status !== 503,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
}

/** The table of {@link KommoApiErrorKind}; 401 is only revoked once a refresh did not mend it. */
function kindOf(status: number): KommoApiErrorKind {
  switch (status) {
    case 401:
      return 'access_revoked';
    case 402:
      return 'subscription_lapsed';
    case 403:
      return 'forbidden';
    case 404:
      return 'not_found';
    default:
      return status === 408 || status === 429 || status >= 500 ? 'temporary' : 'refused';
  }
}

/**
 * Seconds to wait, from `Retry-After` as a number or a date, or from `retry_after` in the body: whether a 429 has any
 * of them is not documented (`platform/server.md §5.1`).
 */
export function retryAfterOf({ headers, text }: HttpAnswer, now: Date): number | undefined {
  const header = headers['retry-after'];
  const fromHeader = header === undefined ? undefined : secondsOf(header, now);
  if (fromHeader !== undefined) return fromHeader;
  const { retry_after } = recordOf(text);
  return typeof retry_after === 'number' || typeof retry_after === 'string'
    ? secondsOf(String(retry_after), now)
    : undefined;
}

/** A wait that is longer than a day is a mistake of the other side. */
const longestWait = 86_400;

function secondsOf(value: string, now: Date): number | undefined {
  const seconds = /^\s*\d+(\.\d+)?\s*$/.test(value)
    ? Number(value)
    : Math.ceil((Date.parse(value) - now.getTime()) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), longestWait);
}

/** Method, path, status and what the API says itself; problem+json has title, detail and the faults of each item. */
function describe(name: string, answer: HttpAnswer): string {
  const { status, headers } = answer;
  const { detail, title, 'validation-errors': faults } = recordOf(answer.text);
  const words = [detail, title].find((text) => typeof text === 'string' && text !== '');
  const id = headers['x-request-id'];
  return [
    `${name} was answered with ${[status, STATUS_CODES[status]].join(' ').trim()}`,
    typeof words === 'string' ? `: ${words.slice(0, 300)}` : '',
    faultsOf(faults),
    typeof id === 'string' ? ` (request ${id.slice(0, 80)})` : '',
  ].join('');
}

function faultsOf(faults: unknown): string {
  if (!Array.isArray(faults)) return '';
  const errors = faults.flatMap((fault: unknown) => {
    const { errors: own } = isRecord(fault) ? fault : {};
    return Array.isArray(own) ? own.filter(isRecord) : [];
  });
  const words = errors
    .slice(0, 3)
    .map(({ path, detail, code }) =>
      [path, detail ?? code].filter((part) => typeof part === 'string').join(': '),
    );
  return words.length === 0 ? '' : ` [${words.join('; ').slice(0, 300)}]`;
}

function describeBody({ headers, text }: HttpAnswer): string {
  return text.trimStart().startsWith('<')
    ? 'HTML'
    : `${Buffer.byteLength(text)} bytes of ${headers['content-type'] ?? 'no type'}`;
}

/** The body as an object; without fields when it is none. */
export function recordOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(text);
    return isRecord(body) ? body : {};
  } catch {
    return {};
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
