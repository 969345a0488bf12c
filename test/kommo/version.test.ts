import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, versionNumbers } from '../../src/kommo/version.js';

describe('versionNumbers', () => {
  it.each([
    ['1.4.2', [1, 4, 2]],
    ['1.9', [1, 9]],
    ['0.0.105', [0, 0, 105]],
    ['7', [7]],
    ['01.2', [1, 2]],
    ['beta', null],
    ['v1.0', null],
    ['1.0-rc', null],
    ['1.', null],
    ['', null],
    ['1.1234567890123456', null],
  ])('reads %s', (version, numbers) => {
    expect(versionNumbers(version)).toEqual(numbers);
  });
});

describe('compareVersions', () => {
  const versions = fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 4 });

  it.each([
    [[1, 10], [1, 9], 1],
    [[2], [1, 99, 99], 1],
    [[1, 9], [1, 9, 0], 0],
    [[1, 9], [1, 9, 1], -1],
    [[0, 0, 104], [0, 0, 105], -1],
  ])('compares %j with %j', (first, second, sign) => {
    expect(Math.sign(compareVersions(first, second))).toBe(sign);
  });

  it('gives the opposite for the two the other way round', () => {
    fc.assert(
      fc.property(versions, versions, (first, second) => {
        expect(compareVersions(first, second)).toBeCloseTo(-compareVersions(second, first));
      }),
    );
  });
});
