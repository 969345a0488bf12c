/** Runs things later: delays of triggers and retries of deliveries. Tests bring one whose time they move. */
export interface Scheduler {
  /** Runs the task once after this many milliseconds; the answer takes the task back. */
  after(milliseconds: number, task: () => void): () => void;
}

/** A scheduler on the process's own timers, which do not keep the process alive. */
export function timerScheduler(): Scheduler {
  return {
    after(milliseconds, task) {
      const timer = setTimeout(task, Math.min(milliseconds, longestTimer));
      timer.unref();
      return () => {
        clearTimeout(timer);
      };
    },
  };
}

/** Node runs a timer beyond 2^31 - 1 ms at once; better after 24 days than now. */
const longestTimer = 2 ** 31 - 1;
