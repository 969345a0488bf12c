import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLeases, LeaseLostError, type Leases } from '../../../../src/backend/delivery/queue/leases.js';

let leases: Leases<string>;
/** What each extension was asked for, and what it is answered with when that is not everything. */
const asked: (readonly string[])[] = [];
let answer: ((pieces: readonly string[]) => Promise<readonly string[]>) | undefined;
const errors: unknown[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  errors.length = 0;
  answer = undefined;
  leases = createLeases<string>({
    seconds: 60,
    extend(pieces) {
      asked.push(pieces);
      return answer?.(pieces) ?? Promise.resolve(pieces);
    },
    onError: (error) => errors.push(error),
    now: () => Date.now(),
  });
});

afterEach(() => {
  leases.stop();
  vi.useRealTimers();
});

const check = (piece: string) => (): void => {
  leases.check(piece);
};

test('a piece is held for as long as it is worked on', async () => {
  leases.add(['a'], Date.now());
  await vi.advanceTimersByTimeAsync(600_000);
  expect(check('a')).not.toThrow();
  expect(asked.length).toBe(30);
  leases.remove('a');
  expect(check('a')).toThrow(LeaseLostError);
});

test('a piece is lost when the store does not extend its lease in time', async () => {
  answer = () => Promise.reject(new Error('The store is down.'));
  leases.add(['a'], Date.now());
  await vi.advanceTimersByTimeAsync(39_000);
  expect(check('a')).not.toThrow();
  // A third of the lease is what the call needs to arrive.
  await vi.advanceTimersByTimeAsync(2000);
  expect(check('a')).toThrow(LeaseLostError);
  expect(errors).toHaveLength(2);
});

test('a piece that another process has taken is lost, and its neighbours are not', async () => {
  answer = (pieces) => Promise.resolve(pieces.filter((piece) => piece !== 'b'));
  leases.add(['a', 'b', 'c'], Date.now());
  await vi.advanceTimersByTimeAsync(21_000);
  expect(check('b')).toThrow(LeaseLostError);
  expect(check('a')).not.toThrow();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked).toEqual([
    ['a', 'b', 'c'],
    ['a', 'c'],
  ]);
});

test('a process that was suspended does not take up again what it had', async () => {
  leases.add(['a'], Date.now());
  // Its timers did not run meanwhile.
  vi.setSystemTime(Date.now() + 61_000);
  expect(check('a')).toThrow(LeaseLostError);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual([]);
  expect(check('a')).toThrow(LeaseLostError);
});
