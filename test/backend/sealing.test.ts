import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSealer, SealedTextError } from '../../src/backend/sealing.js';

const first = { id: '2026-01', key: randomBytes(32) };
const second = { id: 'a.b/ü', key: randomBytes(32) };

test('opens whatever it has sealed, and never seals the same way twice', () => {
  const sealer = createSealer([first]);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, place) => {
      const sealed = sealer.seal(text, place);
      expect(sealer.open(sealed, place)).toBe(text);
      expect(sealer.seal(text, place)).not.toBe(sealed);
    }),
  );
});

test('a new key seals while the old one still opens', () => {
  const old = createSealer([first]).seal('token', 'place');
  const both = createSealer([second, first]);
  expect(both.open(old, 'place')).toBe('token');
  const fresh = both.seal('token', 'place');
  expect(createSealer([second]).open(fresh, 'place')).toBe('token');
  expect(() => createSealer([first]).open(fresh, 'place')).toThrow(/key "a\.b\/ü", which is not configured/);
});

test('a sealed text opens at its own place alone', () => {
  const sealer = createSealer([first]);
  expect(() => sealer.open(sealer.seal('token', 'row 1'), 'row 2')).toThrow(SealedTextError);
});

test('says what is wrong with a text that does not open, without a word of it', () => {
  const sealer = createSealer([first]);
  const sealed = sealer.seal('very secret', 'place');
  const changed = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
  const shortTag = sealed.split('.').slice(0, 2).concat('AAAA').join('.');
  for (const text of ['', 'very secret', 'v2.x.y', shortTag, `${sealed}.more`, changed]) {
    const error = thrown(() => sealer.open(text, 'place'));
    expect(error).toMatchObject({ name: 'SealedTextError', reason: 'damaged' });
    expect(error.message).not.toMatch(/very secret/);
  }
  const sameId = { id: first.id, key: randomBytes(32) };
  expect(() => createSealer([sameId]).open(sealed, 'place')).toThrow(/another one of the same id/);
});

function thrown(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('Nothing was thrown.');
}
