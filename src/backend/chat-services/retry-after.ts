/** Longer pauses are not believed; a service's clock may be wrong. */
const longest = 24 * 60 * 60;

/**
 * Seconds of a `Retry-After` header, which holds either seconds or a date (RFC 9110 §10.2.3). Undefined when it is
 * missing or neither.
 */
export function retryAfter(headers: Headers, now: Date): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (value === '') return undefined;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - now.getTime()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(Math.ceil(seconds), 0), longest);
}
