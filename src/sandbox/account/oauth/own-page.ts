import type { FastifyRequest } from 'fastify';

/**
 * Whether a call may act as the signed-in user: it comes from a page of the account itself, or from a program.
 * The account has no sign-in, so any site open in the same browser could otherwise act here. The host must be
 * the loopback, against names that a site points there.
 */
export function isFromOwnPage({ headers }: FastifyRequest): boolean {
  const { host = '', origin } = headers;
  if (!URL.canParse(`http://${host}`)) return false;
  if (!loopback.test(new URL(`http://${host}`).hostname)) return false;
  if (origin !== undefined) return origin === `http://${host}`;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

const loopback = /^(127\.0\.0\.1|\[::1\]|([a-z0-9-]+\.)*localhost)$/;
