import { EventEmitter, once } from 'node:events';
import { expect, test } from 'vitest';
import { keepAnswers } from '../../src/backend/kept-answers.js';

/** Keeps numbers that tell which question they answer. */
function start({ room }: { room?: number } = {}) {
  const clock = { now: 0 };
  const answers = keepAnswers<number>({
    lifetime: 1000,
    ...(room !== undefined && { room }),
    now: () => clock.now,
  });
  let asked = 0;
  const get = (key: string) => answers.get(key, () => Promise.resolve(++asked));
  return { answers, clock, get };
}

test('an answer is good for its time, under its key', async () => {
  const { clock, get } = start();
  expect(await get('one')).toBe(1);
  expect(await get('two')).toBe(2);
  clock.now = 999;
  expect(await get('one')).toBe(1);
  clock.now = 1000;
  expect(await get('one')).toBe(3);
  clock.now = 1999;
  expect(await get('one')).toBe(3);
});

test('all who ask at the same time wait for one answer', async () => {
  const { get } = start();
  expect(await Promise.all([get('one'), get('one'), get('one')])).toEqual([1, 1, 1]);
});

test('an answer that failed is not kept, and whoever waits for it gets the error', async () => {
  const { answers, get } = start();
  const fail = () => Promise.reject(new Error('down'));
  const waiting = [answers.get('one', fail), get('one')];
  for (const one of waiting) await expect(one).rejects.toThrow('down');
  expect(await get('one')).toBe(1);
});

test('a failure that comes late leaves the newer answer', async () => {
  const { answers, clock, get } = start();
  const fails = new EventEmitter();
  const late = once(fails, 'never').then(() => 0);
  const first = answers.get('one', () => late);
  clock.now = 1000;
  expect(await get('one')).toBe(1);
  fails.emit('error', new Error('down'));
  await expect(first).rejects.toThrow('down');
  expect(await get('one')).toBe(1);
});

test('the oldest goes when there is no room', async () => {
  const { clock, get } = start({ room: 2 });
  await get('one');
  clock.now = 500;
  await get('two');
  clock.now = 1000;
  // Asked for anew, and younger than the other now.
  expect(await get('one')).toBe(3);
  expect(await get('three')).toBe(4);
  expect(await get('one')).toBe(3);
  expect(await get('three')).toBe(4);
  expect(await get('two')).toBe(5);
});

test('what is forgotten is asked for again', async () => {
  const { answers, get } = start();
  await get('one');
  answers.forget('one');
  expect(await get('one')).toBe(2);
});
