import type { Config } from './config.js';
import type { Log } from './log.js';
import type { Metrics } from './metrics.js';
import type { Store } from './store/store.js';

/** The clock; at the edge of the world, so that tests can move it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** What every part of the backend is given. */
export interface Context {
  readonly config: Config;
  readonly store: Store;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly clock: Clock;
}
