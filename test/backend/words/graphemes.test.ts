import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cut } from '../../../src/backend/words/graphemes.js';

const graphemes = (text: string) =>
  Array.from(new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text), ({ segment }) => segment);

it('a text that is short enough stays as it is', () => {
  expect(cut('', 3)).toBe('');
  expect(cut('abc', 3)).toBe('abc');
  expect(cut('👨‍👩‍👧‍👦🇧🇷é', 3)).toBe('👨‍👩‍👧‍👦🇧🇷é');
});

it('a text is cut between two characters, never inside of one', () => {
  expect(cut('abcd', 3)).toBe('ab…');
  expect(cut('ab👨‍👩‍👧‍👦cd', 4)).toBe('ab👨‍👩‍👧‍👦…');
  expect(cut('ab👨‍👩‍👧‍👦cd', 3)).toBe('ab…');
  expect(cut('🇧🇷🇹🇷🇮🇩', 2)).toBe('🇧🇷…');
  expect(cut('e\u0301e\u0301e\u0301', 2)).toBe('e\u0301…');
  expect(cut('one two', 5)).toBe('one…');
});

it('a character of ten thousand marks does not make a text longer than it may be', () => {
  expect(cut(`a${'\u0301'.repeat(10_000)}b`, 100)).toBe('…');
  expect(cut(`ab${'\u0301'.repeat(10_000)}`, 100)).toBe('a…');
});

it('what is left are whole characters of the beginning, as many as there may be', () => {
  const text = fc.array(
    fc.constantFrom('a', ' ', '👍', '👨‍👩‍👧‍👦', '🇧🇷', 'e\u0301', '\r\n', 'न', 'ि', '\u200d', '👍🏽', 'ş'),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 40 }), (parts, most) => {
      const whole = parts.join('');
      const short = cut(whole, most);
      expect(Buffer.from(short).toString()).toBe(short);
      expect(graphemes(short).length).toBeLessThanOrEqual(most);
      if (short === whole) return;
      expect(short.endsWith('…')).toBe(true);
      const kept = graphemes(short.slice(0, -1));
      expect(graphemes(whole).slice(0, kept.length)).toEqual(kept);
    }),
  );
});
