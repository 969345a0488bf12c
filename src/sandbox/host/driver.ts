import type { Recorder } from './report/recorder.js';

/** What the page or a widget in it is about to do by itself. */
export type Pending = 'page' | 'callback' | 'timer';

/**
 * For a program that drives the page and waits for what happens in it instead of for time: `window.accountPage`.
 * Requests are not in it; of those the browser tells.
 */
export interface PageDriver {
  /**
   * `page`: it is being drawn, or its widgets are being started. `callback`: one has given a promise that is open, not
   * longer than {@link promisePatience}. `timer`: a timeout of a widget fires within a second. Null: none of these.
   */
  pending(): Pending | null;
  /** Sends the report as far as it goes. */
  flush(): Promise<void>;
  /** Sends the whole report, with the promises that are still open. */
  finish(): Promise<void>;
}

/** Milliseconds. */
const promisePatience = 3_000;

/** Puts the driver into the page, where no widget can replace it. */
export function offerDriver(recorder: Recorder, watch: { isDue(): boolean }): void {
  const { documentElement } = document;
  const driver: PageDriver = Object.freeze({
    pending() {
      if (documentElement.dataset['sandbox'] !== 'ready') return 'page';
      if (recorder.isWaiting(promisePatience)) return 'callback';
      return watch.isDue() ? 'timer' : null;
    },
    flush: () => recorder.flush(),
    finish: () => recorder.finish(),
  });
  Object.defineProperty(window, 'accountPage', { value: driver });
}
