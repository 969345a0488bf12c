/** No pause that we choose ourselves is longer: 1 hour, in seconds. */
export const longestPause = 60 * 60;

/**
 * How long a service may make us wait, in seconds: 6 hours. One that wants to be left alone for a year is asked again
 * after that, since a message that comes days late helps nobody.
 */
export const longestRetryAfter = 6 * 60 * 60;

export interface RetryPauseOptions {
  /** How many attempts have failed: 1 after the first. */
  readonly attempt: number;
  /** Pause after the first failed attempt, in seconds; it doubles with every further one. */
  readonly baseSeconds: number;
  /** Seconds that the service asked us to wait. */
  readonly retryAfter?: number | undefined;
  /** From 0 up to 1. */
  readonly random?: () => number;
}

/**
 * Seconds to wait before the next attempt. Half of the pause is fixed and half is left to chance ("equal jitter"): the
 * pauses still grow from one attempt to the next, and events that failed together don't come back together. Never
 * before the service's `Retry-After`, to which the chance is added, since it is the same for all who were refused.
 */
export function retryPause({
  attempt,
  baseSeconds,
  retryAfter,
  random = Math.random,
}: RetryPauseOptions): number {
  const base = clamp(baseSeconds, 0, longestPause);
  const full = Math.min(longestPause, base * 2 ** clamp(attempt - 1, 0, 40));
  const spread = clamp(random(), 0, 1) * (full / 2);
  const asked = clamp(retryAfter ?? 0, 0, longestRetryAfter);
  return Math.max(full / 2, asked) + spread;
}

function clamp(value: number, least: number, most: number): number {
  return Number.isNaN(value) ? least : Math.min(most, Math.max(least, value));
}
