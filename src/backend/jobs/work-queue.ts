import { setTimeout as pause } from 'node:timers/promises';
import type PgBoss from 'pg-boss';
import type { Log } from '../log.js';
import { describeError } from '../log-error.js';

/** What a job was given, as the store kept it. */
export type JobData = Readonly<Record<string, unknown>>;

export interface QueueWorker {
  /** Looks for work now. */
  wake(): void;
  /** Resolves when nothing is under way any more; what was not begun stays in the queue. */
  stop(): Promise<void>;
}

export interface QueueWorkerOptions {
  readonly jobs: PgBoss;
  readonly log: Log;
  /** Jobs that are worked on at a time. */
  readonly batchSize?: number;
  /** Milliseconds between looks at a queue that was empty. */
  readonly interval?: number;
  /** Jobs with the same key run one after another in this process; without it none waits for another. */
  readonly keyOf?: (data: JobData) => string;
}

/**
 * Works on the jobs of a queue, each on its own: one that rejects fails alone. In place of pg-boss's own `work`, which
 * fails a whole batch with one job, and whose calls that end a job nobody awaits: with the database away for a moment
 * they would bring the process down.
 */
export function workQueue(
  queue: string,
  handle: (data: JobData) => Promise<void>,
  { jobs, log, batchSize = 50, interval = 1000, keyOf }: QueueWorkerOptions,
): QueueWorker {
  const end = new AbortController();
  let nextLook = new AbortController();

  async function run(job: PgBoss.JobWithMetadata<JobData>): Promise<void> {
    try {
      await handle(job.data);
    } catch (error) {
      const isLast = job.retryCount >= job.retryLimit;
      const attempt = job.retryCount + 1;
      // What is tried again may pass; it is for somebody to look at when it does not.
      log[isLast ? 'error' : 'warn']({ err: error, queue, job: job.id, attempt, isLast }, 'a job has failed');
      await jobs.fail(queue, job.id, { message: describeError(error).reason });
      return;
    }
    await jobs.complete(queue, job.id);
  }

  /** Jobs under way. */
  const running = new Set<Promise<void>>();
  /** The last job of each key. */
  const last = new Map<string, Promise<void>>();

  function begin(job: PgBoss.JobWithMetadata<JobData>): void {
    const key = keyOf?.(job.data);
    const before = (key === undefined ? undefined : last.get(key)) ?? Promise.resolve();
    const ended = before
      .then(() => run(job))
      .catch((error: unknown) => {
        // The job runs again when its time is up.
        log.warn({ err: error, queue }, 'a job was not ended');
      })
      .finally(() => {
        running.delete(ended);
        if (key !== undefined && last.get(key) === ended) last.delete(key);
      });
    running.add(ended);
    if (key !== undefined) last.set(key, ended);
  }

  /** Whether there may be more than there was room for. */
  async function look(): Promise<boolean> {
    const room = batchSize - running.size;
    if (room === 0) return true;
    try {
      const batch = await jobs.fetch<JobData>(queue, { batchSize: room, includeMetadata: true });
      for (const job of batch) begin(job);
      return batch.length === room;
    } catch (error) {
      log.warn({ err: error, queue }, 'a queue cannot be read');
      return false;
    }
  }

  async function loop(): Promise<void> {
    while (!end.signal.aborted) {
      nextLook = new AbortController();
      const signal = AbortSignal.any([end.signal, nextLook.signal]);
      const isFull = await look();
      const rest = pause(interval, undefined, { signal }).catch(() => undefined);
      // Jobs that take long keep the others waiting for the length of a rest at most.
      await (isFull ? Promise.race([rest, Promise.all(running)]) : rest);
      nextLook.abort();
    }
    await Promise.all(running);
  }

  const done = loop();
  return {
    wake() {
      nextLook.abort();
    },
    async stop() {
      end.abort();
      await done;
    },
  };
}
