import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { workQueue } from '../../../src/backend/jobs/work-queue.js';
import type { JobData } from '../../../src/backend/jobs/work-queue.js';
import type { Store } from '../../../src/backend/store/store.js';
import { testContext } from '../installations/support/connected.js';
import { eachStore } from '../support/stores.js';

/** What is waited for comes late on a busy machine. */
const soon = { timeout: 20_000 };
vi.setConfig({ testTimeout: 60_000 });

eachStore((openTestStore) => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore();
  }, 120_000);

  const start = async (handle: (data: JobData) => Promise<void>, { retryLimit = 1 } = {}) => {
    const { jobs } = store;
    const queue = `test-${randomUUID()}`;
    const dead = `${queue}-dead`;
    await jobs.createQueue(dead);
    await jobs.createQueue(queue, { name: queue, retryLimit, retryDelay: 0, deadLetter: dead });
    const { log, lines } = testContext(store);
    const work = () => {
      const worker = workQueue(queue, handle, { jobs, log, interval: 20 });
      onTestFinished(() => worker.stop());
      return worker;
    };
    const give = (...values: number[]) =>
      jobs.insert(values.map((value) => ({ name: queue, data: { value } })));
    return {
      give,
      work,
      lines,
      queue,
      deadJobs: () => jobs.getQueueSize(dead),
      left: () => jobs.getQueueSize(queue),
    };
  };

  describe('a queue', () => {
    it('runs every job once', async () => {
      const seen: unknown[] = [];
      const { give, work, left } = await start(({ value }) => {
        seen.push(value);
        return Promise.resolve();
      });
      work();
      await give(...Array.from({ length: 120 }, (_, value) => value));

      await expect.poll(() => seen.length, soon).toBe(120);
      expect(new Set(seen).size).toBe(120);
      await expect.poll(left, soon).toBe(0);
    });

    it('repeats a job that fails without those beside it, and sends it to the dead letters in the end', async () => {
      const seen: unknown[] = [];
      const { give, work, lines, deadJobs } = await start(({ value }) => {
        seen.push(value);
        return value === 2 ? Promise.reject(new Error('It is broken.')) : Promise.resolve();
      });
      await give(1, 2, 3);
      work();

      await expect.poll(deadJobs, soon).toBe(1);
      expect(seen.sort()).toEqual([1, 2, 2, 3]);
      expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
        { attempt: 1, isLast: false, err: { reason: 'It is broken.' } },
        { attempt: 2, isLast: true },
      ]);
    });

    it('goes on while some of its jobs take long', async () => {
      let finish: () => void = () => undefined;
      const held = new Promise<void>((resolve) => {
        finish = resolve;
      });
      const seen: unknown[] = [];
      const { give, work, left } = await start(async ({ value }) => {
        if (Number(value) < 3) await held;
        seen.push(value);
      });
      // More than are worked on at a time.
      await give(...Array.from({ length: 110 }, (_, value) => value));
      work();

      await expect.poll(() => seen.length, soon).toBe(107);
      finish();
      await expect.poll(left, soon).toBe(0);
      expect(seen.slice(-3).sort()).toEqual([0, 1, 2]);
    });

    it('finishes what is under way when it is stopped, and begins nothing more', async () => {
      let finish: () => void = () => undefined;
      const begun: unknown[] = [];
      const { give, work, left } = await start(({ value }) => {
        begun.push(value);
        return new Promise((resolve) => {
          finish = resolve;
        });
      });
      await give(1);
      const worker = work();
      await expect.poll(() => begun, soon).toEqual([1]);
      const stopped = worker.stop();
      await give(2);
      finish();
      await stopped;

      expect(begun).toEqual([1]);
      expect(await left()).toBe(1);
    });
  });
});
