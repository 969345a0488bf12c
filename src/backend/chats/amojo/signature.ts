import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What a request to the chats API is signed by. */
export interface RequestToSign {
  readonly method: 'POST' | 'DELETE';
  /** Without a query. */
  readonly path: string;
  /** The exact text of the body. */
  readonly body: string;
  readonly date: Date;
}

/** `Date` as it was documented with the known answers: RFC 2822 in GMT (`platform/server.md §6.2`). */
export function mailDate(date: Date): string {
  return date.toUTCString().replace(/GMT$/, '+0000');
}

/** The headers of a request to the chats API, signed with the channel's secret (`platform/server.md §6.2`). */
export function signedHeaders(
  { method, path, body, date }: RequestToSign,
  secret: string,
): Readonly<Record<'Date' | 'Content-Type' | 'Content-MD5' | 'X-Signature', string>> {
  const md5 = createHash('md5').update(body).digest('hex');
  const type = 'application/json';
  const sent = mailDate(date);
  const signed = [method, md5, type, sent, path].join('\n');
  return {
    Date: sent,
    'Content-Type': type,
    'Content-MD5': md5,
    'X-Signature': createHmac('sha1', secret).update(signed).digest('hex'),
  };
}

/** Whether a chats hook is signed with the channel's secret, compared in constant time (`platform/server.md §6.4`). */
export function isHookSigned(body: Buffer, signature: unknown, secret: string): boolean {
  if (typeof signature !== 'string') return false;
  const expected = Buffer.from(createHmac('sha1', secret).update(body).digest('hex'));
  const given = Buffer.from(signature.trim().toLowerCase());
  return given.length === expected.length && timingSafeEqual(given, expected);
}
