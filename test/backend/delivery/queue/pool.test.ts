import { expect, test, vi } from 'vitest';
import { createPool } from '../../../../src/backend/delivery/queue/pool.js';

/** A piece of work that ends when the test says so. */
interface Piece {
  readonly name: string;
  end: (error?: Error) => void;
}

/** A pool over a list of names; `started` holds what it works on. */
function poolOver(names: string[], size: number) {
  const started: Piece[] = [];
  const takes: number[] = [];
  const errors: unknown[] = [];
  const pool = createPool<string>({
    size,
    pollInterval: 60_000,
    take(limit) {
      takes.push(limit);
      return Promise.resolve(names.splice(0, limit));
    },
    work: (name) =>
      new Promise((resolve, reject) => {
        started.push({
          name,
          end(error) {
            if (error === undefined) resolve();
            else reject(error);
          },
        });
      }),
    onError: (error) => errors.push(error),
  });
  return { pool, started, takes, errors };
}

test('works on as many pieces as it has room for and takes the next when one ends', async () => {
  const { pool, started } = poolOver(['a', 'b', 'c', 'd', 'e'], 3);
  await vi.waitFor(() => {
    expect(started.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });
  started[1]?.end();
  await vi.waitFor(() => {
    expect(started.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
  });
  expect(pool.busy()).toEqual(['a', 'c', 'd']);
});

test('looks again when it is woken, and only once for many calls', async () => {
  const names: string[] = [];
  const { pool, started, takes } = poolOver(names, 2);
  await vi.waitFor(() => {
    expect(takes).toHaveLength(1);
  });
  names.push('late');
  for (let call = 0; call < 100; call++) pool.wake();
  await vi.waitFor(() => {
    expect(started.map(({ name }) => name)).toEqual(['late']);
  });
  expect(takes.length).toBeLessThanOrEqual(3);
});

test('goes on after a piece that fails, and tells of it', async () => {
  const { started, errors } = poolOver(['a', 'b'], 1);
  await vi.waitFor(() => {
    expect(started).toHaveLength(1);
  });
  const failure = new Error('a is broken');
  started[0]?.end(failure);
  await vi.waitFor(() => {
    expect(started.map(({ name }) => name)).toEqual(['a', 'b']);
  });
  expect(errors).toEqual([failure]);
});

test('takes nothing new once it stops, and waits for what is in flight', async () => {
  const { pool, started } = poolOver(['a', 'b'], 1);
  await vi.waitFor(() => {
    expect(started).toHaveLength(1);
  });
  let hasStopped = false;
  const stopped = pool.stop(60).then(() => {
    hasStopped = true;
  });
  pool.wake();
  expect(hasStopped).toBe(false);
  started[0]?.end();
  await stopped;
  expect(started.map(({ name }) => name)).toEqual(['a']);
});

test('stops at its deadline when something in flight does not end', async () => {
  const { pool, started } = poolOver(['a'], 1);
  await vi.waitFor(() => {
    expect(started).toHaveLength(1);
  });
  await pool.stop(0.05);
  expect(pool.busy()).toEqual(['a']);
});
