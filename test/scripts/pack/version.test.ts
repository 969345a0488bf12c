import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../scripts/cli/errors.js';
import { nextVersion } from '../../../scripts/pack/version.js';

describe('nextVersion', () => {
  it.each([
    ['1.4.2', 'patch', '1.4.3'],
    ['1.4.2', 'minor', '1.5.0'],
    ['1.4.2', 'major', '2.0.0'],
    ['1.4.2', 'none', '1.4.2'],
    ['1.4.2', '1.10.0', '1.10.0'],
    ['0.0.105', 'patch', '0.0.106'],
    ['1.9', '2.0.0', '2.0.0'],
    ['1.9', 'none', '1.9'],
  ])('raises %s by %s to %s', (current, bump, next) => {
    expect(nextVersion(current, bump)).toBe(next);
  });

  it.each([
    ['1.4.2', '1.4.2'],
    ['1.4.2', '1.4.1'],
    ['1.10.0', '1.9.9'],
    ['1.4.2', 'huge'],
    ['1.4.2', 'v2.0.0'],
    ['1.4.2', '2.0'],
    ['1.4.2', '01.5.0'],
    ['1.9', 'patch'],
  ])('refuses to raise %s to %s', (current, bump) => {
    expect(() => nextVersion(current, bump)).toThrow(UserError);
  });

  it('always gives a higher version for a part', () => {
    const number = fc.nat({ max: 999 });
    fc.assert(
      fc.property(
        number,
        number,
        number,
        fc.constantFrom('patch', 'minor', 'major'),
        (major, minor, patch, bump) => {
          const current = `${major}.${minor}.${patch}`;
          const next = nextVersion(current, bump);
          // Taken as a version of one's own, the result is accepted only if it is higher.
          expect(nextVersion(current, next)).toBe(next);
        },
      ),
    );
  });
});
