import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOnlyMain, onlyMainChecked } from '../../src/contract/dp-settings.js';

describe('isOnlyMain', () => {
  it.each([onlyMainChecked, '1', 'on', 'ON', 'true', ' True ', 'y', 'Y', 'yes', 'checked', true, 1])(
    'takes %j for checked',
    (value) => {
      expect(isOnlyMain(value)).toBe(true);
    },
  );

  it.each([
    '',
    ' ',
    '\n',
    '0',
    ' 0 ',
    'off',
    'Off',
    'false',
    'FALSE',
    'n',
    'N',
    'no',
    false,
    0,
    2,
    null,
    undefined,
    [],
    ['1'],
    {},
    Number.NaN,
  ])('takes %j for not checked', (value) => {
    expect(isOnlyMain(value)).toBe(false);
  });

  it('answers with a boolean whatever was stored', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (value) => {
        expect(typeof isOnlyMain(value)).toBe('boolean');
      }),
    );
  });
});
