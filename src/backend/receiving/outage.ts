import type { Log } from '../log.js';

/** Tells of refused hooks without a line for each: under load these would be hundreds a second. */
export interface Outage {
  /** The store could not take a hook. */
  refused(error: unknown): void;
  /** The store has taken one. */
  stored(): void;
}

export interface OutageOptions {
  /** Milliseconds without a refusal after which it is over: a store that is too slow refuses one and takes the next. */
  readonly calm?: number;
  /** Milliseconds. */
  readonly now?: () => number;
}

/** One line when hooks begin to be refused, and one when they are stored again. For all routes of hooks together. */
export function createOutage(
  log: Log,
  { calm = 5000, now = () => performance.now() }: OutageOptions = {},
): Outage {
  let current: { readonly since: number; last: number; refused: number } | undefined;
  return {
    refused(error) {
      if (current === undefined) {
        current = { since: now(), last: now(), refused: 0 };
        log.error(
          { err: error },
          'Hooks cannot be stored and are answered with 503 until the store takes them',
        );
      }
      current.last = now();
      current.refused += 1;
    },
    stored() {
      if (current === undefined || now() - current.last < calm) return;
      const { since, last, refused } = current;
      current = undefined;
      log.warn({ refused, seconds: Math.ceil((last - since) / 1000) }, 'Hooks are stored again');
    },
  };
}
