import http from 'node:http';
import https from 'node:https';
import type { AccountContext } from './context.js';

export interface OutgoingCall {
  /** As in {@link import('./traffic.js').TrafficEntry.kind}. */
  readonly kind: string;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How long the receiver may take for its whole answer; the connection is cut then. */
  readonly timeoutMs: number;
}

export interface OutgoingAnswer {
  /** 0 when there was none: refused, broken off, not resolved, too late, no http address, or not sent at all. */
  readonly status: number;
  readonly contentType: string | null;
  readonly body: Buffer;
  /** Why there was no answer. */
  readonly error?: string;
  /** True when the call was not even tried, since calls to other machines are switched off. */
  readonly isWithheld?: boolean;
}

/** Stands in the traffic instead of an answer. */
export const withheld = 'not sent: calls to other machines are switched off';

/**
 * Calls once, follows no redirect, writes the call into the traffic, and never throws. Every call of the account to
 * the outside goes through here: hooks of every kind, salesbot's requests and `crm_post`.
 */
export async function callOut(context: AccountContext, call: OutgoingCall): Promise<OutgoingAnswer> {
  const { kind, method, url, headers = {}, body = '' } = call;
  const at = context.clock.now();
  const answer = mayLeave(context, url)
    ? await send(call)
    : { ...noAnswer, error: withheld, isWithheld: true };
  context.traffic.add({
    direction: 'out',
    kind,
    method,
    url,
    headers,
    body,
    status: answer.status,
    answer: answer.body.subarray(0, shownBytes).toString('utf8'),
    ...(answer.error === undefined ? {} : { error: answer.error }),
    at,
    duration_ms: context.clock.now() - at,
  });
  return answer;
}

const noAnswer = { status: 0, contentType: null, body: Buffer.alloc(0) } as const;

/** What the traffic keeps of an answer. */
const shownBytes = 16 * 1024;

/** What is read of an answer: only `crm_post` hands it on. */
const mostBytes = 32 * 1024 * 1024;

function mayLeave({ switches }: AccountContext, url: string): boolean {
  if (switches.outside || !URL.canParse(url)) return true;
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}

async function send(call: OutgoingCall): Promise<OutgoingAnswer> {
  try {
    return await request(call);
  } catch (error) {
    return { ...noAnswer, error: error instanceof Error ? reason(error) : String(error) };
  }
}

/**
 * Not `fetch`: that adds headers of its own which the platform does not send. Each call has a connection of its
 * own: a kept one may be closed by the receiver at the moment of its next use, and a good hook would look refused.
 */
function request({ method, url, headers = {}, body = '', timeoutMs }: OutgoingCall): Promise<OutgoingAnswer> {
  return new Promise((resolve, reject) => {
    const address = new URL(url);
    const bytes = Buffer.from(body, 'utf8');
    const call = (address.protocol === 'https:' ? https : http).request(address, {
      method,
      agent: false,
      headers: { ...headers, ...(method === 'POST' && { 'Content-Length': bytes.length }) },
    });
    const limit = setTimeout(() => {
      call.destroy(new Error(`No answer within ${timeoutMs} ms.`));
    }, timeoutMs);
    call.on('close', () => {
      clearTimeout(limit);
    });
    call.on('error', reject);
    call.on('response', (response) => {
      const kept: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        if (size < mostBytes) kept.push(chunk.subarray(0, mostBytes - size));
        size += chunk.length;
      });
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? null,
          body: Buffer.concat(kept),
        });
      });
    });
    call.end(method === 'POST' ? bytes : undefined);
  });
}

function reason(error: Error): string {
  return 'code' in error && typeof error.code === 'string' && !error.message.includes(error.code)
    ? `${error.code} ${error.message}`.trim()
    : error.message;
}
