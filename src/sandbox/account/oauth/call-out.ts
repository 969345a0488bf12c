import type { AccountContext } from '../context.js';

export type Fetch = typeof globalThis.fetch;

export interface OutgoingCall {
  /** As in {@link import('../traffic.js').TrafficEntry.kind}. */
  readonly kind: string;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
}

export interface OutgoingAnswer {
  /** 0 when there was no answer in time. */
  readonly status: number;
  readonly contentType: string | null;
  readonly body: Buffer;
  /** Why there was no answer. */
  readonly error?: string;
}

/** Calls once, follows no redirect, writes the call into the traffic, and never throws. */
export async function callOut(
  context: AccountContext,
  { kind, method, url, headers = {}, body = '', timeoutMs }: OutgoingCall,
  { fetch = globalThis.fetch }: { fetch?: Fetch | undefined } = {},
): Promise<OutgoingAnswer> {
  const at = context.clock.now();
  const began = performance.now();
  const answer = await send();
  context.traffic.add({
    direction: 'out',
    kind,
    method,
    url,
    headers,
    body,
    status: answer.status,
    answer: answer.body.toString('utf8'),
    ...(answer.error === undefined ? {} : { error: answer.error }),
    at,
    duration_ms: performance.now() - began,
  });
  return answer;

  async function send(): Promise<OutgoingAnswer> {
    try {
      const response = await fetch(url, {
        method,
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
        ...(method === 'POST' ? { body } : {}),
      });
      return {
        status: response.status,
        contentType: response.headers.get('content-type'),
        body: Buffer.from(await response.arrayBuffer()),
      };
    } catch (error) {
      return { status: 0, contentType: null, body: Buffer.alloc(0), error: reason(error, timeoutMs) };
    }
  }
}

function reason(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `No answer within ${timeoutMs} ms.`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}
