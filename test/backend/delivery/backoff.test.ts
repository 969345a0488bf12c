import fc from 'fast-check';
import { expect, it } from 'vitest';
import { longestPause, longestRetryAfter, retryPause } from '../../../src/backend/delivery/backoff.js';

const half = () => 0.5;

it('a pause is about twice the one before it, up to an hour', () => {
  const pauses = [1, 2, 3, 4, 5].map((attempt) => retryPause({ attempt, baseSeconds: 60, random: half }));
  expect(pauses).toEqual([45, 90, 180, 360, 720]);
  expect(retryPause({ attempt: 9, baseSeconds: 60, random: () => 0.999_999 })).toBeCloseTo(3600, 1);
});

it('a pause lies between the half and the whole of its length', () => {
  expect(retryPause({ attempt: 3, baseSeconds: 10, random: () => 0 })).toBe(20);
  expect(retryPause({ attempt: 3, baseSeconds: 10, random: () => 0.75 })).toBe(35);
});

it('Retry-After is kept to, and those who were told the same come back one after the other', () => {
  expect(retryPause({ attempt: 1, baseSeconds: 10, retryAfter: 120, random: () => 0 })).toBe(120);
  expect(retryPause({ attempt: 1, baseSeconds: 10, retryAfter: 120, random: half })).toBe(122.5);
  expect(retryPause({ attempt: 5, baseSeconds: 10, retryAfter: 1, random: () => 0 })).toBe(80);
});

it('a service that wants to be left alone for a year is asked again the same day', () => {
  const year = 365 * 24 * 3600;
  expect(retryPause({ attempt: 1, baseSeconds: 10, retryAfter: year, random: () => 0 })).toBe(
    longestRetryAfter,
  );
});

const anyNumber = fc.oneof(fc.double(), fc.integer());

it('no attempt, base, Retry-After and chance give a pause that is no number, negative or endless', () => {
  fc.assert(
    fc.property(
      anyNumber,
      anyNumber,
      fc.option(anyNumber),
      fc.double(),
      (attempt, baseSeconds, asked, chance) => {
        const pause = retryPause({
          attempt,
          baseSeconds,
          retryAfter: asked ?? undefined,
          random: () => chance,
        });
        expect(pause).toBeGreaterThanOrEqual(0);
        expect(pause).toBeLessThanOrEqual(longestRetryAfter + longestPause / 2);
      },
    ),
  );
});

const attempts = fc.integer({ min: 1, max: 30 });
const bases = fc.integer({ min: 1, max: 600 });
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

it('a pause is never shorter than the one before it, whatever the chance', () => {
  fc.assert(
    fc.property(attempts, bases, chance, chance, (attempt, baseSeconds, first, second) => {
      const before = retryPause({ attempt, baseSeconds, random: () => first });
      const after = retryPause({ attempt: attempt + 1, baseSeconds, random: () => second });
      const capped = baseSeconds * 2 ** attempt > longestPause;
      if (!capped) expect(after).toBeGreaterThanOrEqual(before);
      expect(before).toBeLessThanOrEqual(longestPause);
    }),
  );
});

it('no attempt comes before the Retry-After that a service may ask for', () => {
  fc.assert(
    fc.property(
      attempts,
      bases,
      fc.integer({ min: 0, max: longestRetryAfter }),
      chance,
      (attempt, base, asked, random) => {
        const pause = retryPause({ attempt, baseSeconds: base, retryAfter: asked, random: () => random });
        expect(pause).toBeGreaterThanOrEqual(asked);
      },
    ),
  );
});
