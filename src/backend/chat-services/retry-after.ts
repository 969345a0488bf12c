/** Longer pauses are not believed; a service's clock may be wrong. */
const longest = 24 * 60 * 60;

/**
 * Seconds of a `Retry-After` header, which holds either seconds or a date (RFC 9110 §10.2.3). Undefined when it is
 * missing or neither.
 */
export function retryAfter(headers: Headers, now: Date): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  // `Date.parse` takes nearly anything for a date; those of HTTP begin with a day of the week.
  const date = /^[A-Z][a-z]+, /.test(value) ? Date.parse(value) : NaN;
  const seconds = /^\d+$/.test(value) ? Number(value) : (date - now.getTime()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(Math.ceil(seconds), 0), longest);
}
