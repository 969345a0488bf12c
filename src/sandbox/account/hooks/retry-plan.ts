const minute = 60_000;

/**
 * When the next attempt follows: milliseconds from the end of the last one, undefined for never.
 *
 * @param attempt The attempt that just ended, the first being 1.
 * @param status Its HTTP status, 0 when no answer came.
 */
export type RetryPlan = (attempt: number, status: number) => number | undefined;

/** Whether an answer counts as delivered: 100 to 299 (`platform/server.md §4.3`). */
export function isDelivered(status: number): boolean {
  return status >= 100 && status <= 299;
}

/** Sent once and never again: how most sources have hooks of the digital pipeline (`platform/server.md §3.5`). */
export const sentOnce: RetryPlan = () => undefined;

/**
 * General webhooks (`platform/server.md §4.3`):
 *
 * | attempt | after the last one | when the last one ended with |
 * |---|---|---|
 * | 2 | 5 min | 0–99 or 300 and above |
 * | 3 | 15 min | 0–99 or 300 and above |
 * | 4 | 15 min | 499 or 500–599 |
 * | 5 | 1 h | 499 or 500–599 |
 *
 * No answer in time counts as 0: the codes under 100 look like those of an HTTP client that got none.
 */
export const generalRetries: RetryPlan = (attempt, status) => {
  const onlyServerErrors = attempt >= 3;
  const again = onlyServerErrors ? status === 499 || (status >= 500 && status <= 599) : !isDelivered(status);
  return again ? [5 * minute, 15 * minute, 15 * minute, 60 * minute][attempt - 1] : undefined;
};

/**
 * Up to four retries within one hour, for hooks of the digital pipeline when an account repeats them
 * (`platform/server.md §3.5`). The pauses are not documented: these four end after 50 minutes.
 */
export const digitalPipelineRetries: RetryPlan = (attempt, status) =>
  isDelivered(status) ? undefined : [5 * minute, 10 * minute, 15 * minute, 20 * minute][attempt - 1];
