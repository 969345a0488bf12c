import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smsSize } from '../../src/contract/sms-segments.js';

/** 3GPP TS 23.038 §6.2.1 by code point, in the order of the table, without the escape at 0x1B. */
const basicCodePoints = [
  0x40, 0xa3, 0x24, 0xa5, 0xe8, 0xe9, 0xf9, 0xec, 0xf2, 0xc7, 0x0a, 0xd8, 0xf8, 0x0d, 0xc5, 0xe5, 0x394, 0x5f,
  0x3a6, 0x393, 0x39b, 0x3a9, 0x3a0, 0x3a8, 0x3a3, 0x398, 0x39e, 0xc6, 0xe6, 0xdf, 0xc9, 0x20, 0x21, 0x22,
  0x23, 0xa4, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x30, 0x31, 0x32, 0x33, 0x34,
  0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c, 0x3d, 0x3e, 0x3f, 0xa1, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46,
  0x47, 0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58,
  0x59, 0x5a, 0xc4, 0xd6, 0xd1, 0xdc, 0xa7, 0xbf, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a,
  0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0xe4, 0xf6,
  0xf1, 0xfc, 0xe0,
];

/** The extension table of the same section. */
const extensionCodePoints = [0x0c, 0x5e, 0x7b, 0x7d, 0x5c, 0x5b, 0x7e, 0x5d, 0x7c, 0x20ac];

const basic = basicCodePoints.map((code) => String.fromCodePoint(code));
const extension = extensionCodePoints.map((code) => String.fromCodePoint(code));

describe('the alphabet', () => {
  it('has the 127 characters of the basic table at one septet each', () => {
    expect(basic).toHaveLength(127);
    for (const character of basic) {
      expect(smsSize(character), character).toEqual({ encoding: 'GSM-7', segments: 1, units: 1 });
    }
  });

  it('has the ten characters of the extension table at two septets each', () => {
    for (const character of extension) {
      expect(smsSize(character), character).toEqual({ encoding: 'GSM-7', segments: 1, units: 2 });
    }
  });

  it('has no other character of the first two thousand nor the escape itself', () => {
    const known = new Set([...basicCodePoints, ...extensionCodePoints]);
    const strangers = Array.from({ length: 0x2100 }, (_, code) => code).filter((code) => !known.has(code));
    const mistaken = strangers.filter((code) => smsSize(String.fromCodePoint(code)).encoding !== 'UCS-2');
    expect(mistaken).toEqual([]);
  });
});

describe('the number of segments', () => {
  it('is none for an empty text', () => {
    expect(smsSize('')).toEqual({ encoding: 'GSM-7', segments: 0, units: 0 });
  });

  it.each([
    [1, 1],
    [159, 1],
    [160, 1],
    [161, 2],
    [306, 2],
    [307, 3],
    [459, 3],
    [460, 4],
    [1530, 10],
    [1531, 11],
  ])('of %i characters of GSM-7 is %i', (length, segments) => {
    expect(smsSize('a'.repeat(length))).toEqual({ encoding: 'GSM-7', segments, units: length });
  });

  it.each([
    [1, 1],
    [70, 1],
    [71, 2],
    [134, 2],
    [135, 3],
    [201, 3],
    [202, 4],
  ])('of %i characters of UCS-2 is %i', (length, segments) => {
    expect(smsSize('я'.repeat(length))).toEqual({ encoding: 'UCS-2', segments, units: length });
  });

  it('jumps when one character makes the whole text UCS-2', () => {
    expect(smsSize('a'.repeat(160)).segments).toBe(1);
    expect(smsSize(`${'a'.repeat(159)}’`)).toEqual({ encoding: 'UCS-2', segments: 3, units: 160 });
  });

  it('counts extension characters twice up to one segment', () => {
    expect(smsSize('€'.repeat(80))).toEqual({ encoding: 'GSM-7', segments: 1, units: 160 });
    expect(smsSize('€'.repeat(81)).segments).toBe(2);
  });

  it('moves an escape pair that would be torn to the next segment', () => {
    const head = 'a'.repeat(152);
    expect(smsSize(`${head}€${'a'.repeat(151)}`)).toEqual({ encoding: 'GSM-7', segments: 2, units: 305 });
    expect(smsSize(`${head}€${'a'.repeat(152)}`)).toEqual({ encoding: 'GSM-7', segments: 3, units: 306 });
    expect(smsSize('€'.repeat(152)).segments).toBe(2);
    expect(smsSize('€'.repeat(153)).segments).toBe(3);
  });

  it('moves a surrogate pair that would be torn to the next segment', () => {
    const head = 'я'.repeat(66);
    expect(smsSize(`${head}👋${'я'.repeat(65)}`)).toEqual({ encoding: 'UCS-2', segments: 2, units: 133 });
    expect(smsSize(`${head}👋${'я'.repeat(66)}`)).toEqual({ encoding: 'UCS-2', segments: 3, units: 134 });
    expect(smsSize('👋'.repeat(35))).toEqual({ encoding: 'UCS-2', segments: 1, units: 70 });
    expect(smsSize('👋'.repeat(66)).segments).toBe(2);
    expect(smsSize('👋'.repeat(67)).segments).toBe(3);
  });

  it('takes half of a surrogate pair as one unit', () => {
    expect(smsSize('\ud83d')).toEqual({ encoding: 'UCS-2', segments: 1, units: 1 });
  });
});

/** The same rules in another way: octets or septets are handed out one by one, and a pair is pushed on whole. */
function slowSize(text: string): { encoding: string; segments: number; units: number } {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const gsm = points.every((code) => basicCodePoints.includes(code) || extensionCodePoints.includes(code));
  const pairs = points.map((code) => (gsm ? extensionCodePoints.includes(code) : code > 0xffff));
  const units = pairs.reduce((sum, pair) => sum + 1 + Number(pair), 0);
  const encoding = gsm ? 'GSM-7' : 'UCS-2';
  if (units <= (gsm ? 160 : 70)) return { encoding, segments: units === 0 ? 0 : 1, units };
  const room = gsm ? 153 : 67;
  let cursor = 0;
  for (const pair of pairs) {
    if (pair && cursor % room === room - 1) cursor += 1;
    cursor += pair ? 2 : 1;
  }
  return { encoding, segments: Math.ceil(cursor / room), units };
}

describe('against a slow count', () => {
  const runs = (alphabet: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc
      .array(fc.tuple(alphabet, fc.integer({ min: 1, max: 90 })), { maxLength: 8 })
      .map((parts) => parts.map(([character, times]) => character.repeat(times)).join(''));

  it.each([
    ['GSM-7', runs(fc.constantFrom('a', ' ', '\n', 'ä', ...extension))],
    ['UCS-2', runs(fc.constantFrom('я', 'a', '€', '👋', '\ud83d'))],
    ['either', runs(fc.oneof(fc.constantFrom('a', '€', '👋'), fc.string({ unit: 'binary', maxLength: 2 })))],
    ['any', fc.string({ unit: 'binary', maxLength: 400 })],
  ])('it agrees for %s text', (_kind, text) => {
    fc.assert(
      fc.property(text, (message) => {
        expect(smsSize(message)).toEqual(slowSize(message));
      }),
      { numRuns: 300 },
    );
  });

  it('never has fewer segments for a longer text of the same encoding', () => {
    const text = runs(fc.constantFrom('я', '👋'));
    fc.assert(
      fc.property(text, text, (head, tail) => {
        expect(smsSize(head + tail).segments).toBeGreaterThanOrEqual(smsSize(head).segments);
      }),
    );
  });
});
