import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** How long a signed request is good, before and after its `Date` (`platform/server.md §6.2`). */
export const signatureLifetimeMs = 15 * 60 * 1000;

/** What a request to the chats API is checked by. Header values are as they came, undefined when absent. */
export interface SignedRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly date: string | undefined;
  readonly contentType: string | undefined;
  readonly contentMd5: string | undefined;
  readonly signature: string | undefined;
  /** The exact bytes; empty for a request without a body. */
  readonly body: Uint8Array;
}

/**
 * Why a request's signature does not hold, for a person; undefined when it holds (`platform/server.md §6.2`).
 *
 * The documentation asks for GMT, and for lower-case digests: other zones and upper case are refused. It does
 * not say whether a `Date` ahead of the clock holds; here the same 15 minutes go both ways. `now` is in
 * milliseconds.
 */
export function signatureFlaw(request: SignedRequest, secret: string, now: number): string | undefined {
  const { date, contentType, contentMd5, signature } = request;
  if (contentType?.toLowerCase() !== 'application/json') {
    return `Content-Type must be application/json, got ${contentType ?? 'none'}`;
  }
  const sentAt = date === undefined ? undefined : mailDate(date);
  if (date === undefined || sentAt === undefined) {
    return `Date must be an RFC 2822 date in GMT, got ${date ?? 'none'}`;
  }
  if (Math.abs(now - sentAt) > signatureLifetimeMs) return `Date ${date} is more than 15 minutes off`;
  const md5 = bodyMd5(request.body);
  if (contentMd5 !== md5) {
    return `Content-MD5 must be ${md5}, the digest of the body's bytes, got ${contentMd5 ?? 'none'}`;
  }
  const expected = requestSignature({ method: request.method, path: request.path, date, md5 }, secret);
  if (signature === undefined || !sameText(signature, expected)) {
    return 'X-Signature does not fit the method, Content-MD5, Content-Type, Date, path and channel secret';
  }
  return undefined;
}

/** `X-Signature` of a request to the chats API: lower hex HMAC-SHA1 (`platform/server.md §6.2`). */
export function requestSignature(
  request: { readonly method: string; readonly path: string; readonly date: string; readonly md5: string },
  secret: string,
): string {
  const signed = [request.method.toUpperCase(), request.md5, 'application/json', request.date, request.path];
  return createHmac('sha1', secret).update(signed.join('\n')).digest('hex');
}

/** `X-Signature` of a chats hook: lower hex HMAC-SHA1 over the raw body (`platform/server.md §6.4`). */
export function hookSignature(body: string | Uint8Array, secret: string): string {
  return createHmac('sha1', secret).update(body).digest('hex');
}

/** `Content-MD5`: lower hex of the exact bytes. */
export function bodyMd5(body: string | Uint8Array): string {
  return createHash('md5').update(body).digest('hex');
}

const mailDatePattern =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} (?:GMT|UTC|[+-]0000)$/;

/** Milliseconds of an RFC 2822 date in GMT, or undefined. */
function mailDate(text: string): number | undefined {
  if (!mailDatePattern.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

function sameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
