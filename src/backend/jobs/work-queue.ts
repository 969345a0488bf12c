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
}

/**
 * Works on the jobs of a queue, each on its own: one that rejects fails alone. In place of pg-boss's own `work`, which
 * fails a whole batch with one job, and whose calls that end a job nobody awaits: with the database away for a moment
 * they would bring the process down.
 */
export function workQueue(
  queue: string,
  handle: (data: JobData) => Promise<void>,
  { jobs, log, batchSize = 50, interval = 1000 }: QueueWorkerOptions,
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

  async function look(): Promise<number> {
    try {
      const batch = await jobs.fetch<JobData>(queue, { batchSize, includeMetadata: true });
      for (const result of await Promise.allSettled(batch.map(run))) {
        // The job runs again when its time is up.
        if (result.status === 'rejected')
          log.warn({ err: result.reason as unknown, queue }, 'a job was not ended');
      }
      return batch.length;
    } catch (error) {
      log.warn({ err: error, queue }, 'a queue cannot be read');
      return 0;
    }
  }

  async function loop(): Promise<void> {
    while (!end.signal.aborted) {
      nextLook = new AbortController();
      const signal = AbortSignal.any([end.signal, nextLook.signal]);
      if ((await look()) < batchSize) await pause(interval, undefined, { signal }).catch(() => undefined);
    }
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
