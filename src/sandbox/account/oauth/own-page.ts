import type { IncomingHttpHeaders } from 'node:http';

/** What these checks look at: a request of Fastify or of Node. */
export interface Headed {
  readonly headers: IncomingHttpHeaders;
}

/**
 * Whether a call may act as the signed-in user: it comes from a page of the account itself, or from a program.
 * The account has no sign-in, so any site open in the same browser could otherwise act here. The host must be
 * the loopback, against names that a site points there.
 */
export function isFromOwnPage(request: Headed): boolean {
  const { headers } = request;
  if (!isForLoopback(request)) return false;
  if (headers.origin !== undefined) return headers.origin === `http://${headers.host ?? ''}`;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** Whether the caller named this machine: 127.0.0.1, [::1], localhost or a name below it, whatever the port. */
export function isForLoopback({ headers: { host = '' } }: Headed): boolean {
  return URL.canParse(`http://${host}`) && loopback.test(new URL(`http://${host}`).hostname);
}

/**
 * Whether a call of the API is made by a page of the account, a widget's or the host's, and so by the signed-in
 * user without a token, as on the platform. A real browser says so by itself, or the call has the header that
 * another site cannot send without being asked; a program without a token has neither.
 */
export function isSessionCall(request: Headed): boolean {
  const { headers } = request;
  if (headers.authorization !== undefined) return false;
  const isPage =
    headers['sec-fetch-site'] === 'same-origin' || headers['x-requested-with'] === 'XMLHttpRequest';
  return isPage && isFromOwnPage(request);
}

const loopback = /^(127\.0\.0\.1|\[::1\]|([a-z0-9-]+\.)*localhost)$/;
