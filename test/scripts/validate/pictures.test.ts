import { describe, expect, it } from 'vitest';
import { readPicture } from '../../../scripts/validate/picture/index.js';
import { gif, jpeg, png } from '../../../scripts/validate/examples/pictures.js';

const size = { width: 37, height: 21 };
const whole = { size, animated: false, damage: null };

describe('readPicture', () => {
  it('reads the size of what is whole', () => {
    expect(readPicture(png(size))).toMatchObject({ ...whole, format: 'png' });
    expect(readPicture(png({ ...size, interlaced: true }))).toMatchObject({
      ...whole,
      format: 'png',
    });
    expect(readPicture(jpeg(size))).toMatchObject({ ...whole, format: 'jpeg' });
    expect(readPicture(gif(size))).toMatchObject({ ...whole, format: 'gif' });
  });

  it('sees what moves', () => {
    expect(readPicture(gif({ ...size, frames: 2 })).animated).toBe(true);
    expect(readPicture(png({ ...size, extra: [['acTL', Buffer.alloc(8)]] })).animated).toBe(true);
  });

  it.each([
    ['png', png(size)],
    ['interlaced png', png({ ...size, interlaced: true })],
    ['jpeg', jpeg(size)],
    ['gif', gif(size)],
  ])('sees that a %s is cut off, wherever it is', (_format, content) => {
    for (let length = 8; length < content.byteLength; length += 1) {
      expect(readPicture(content.subarray(0, length)).damage, `${length} bytes`).not.toBeNull();
    }
  });

  it('misses no row of an interlaced picture', () => {
    const picture = png({ ...size, interlaced: true });
    const plain = png(size);
    const header = picture.subarray(0, 33);

    expect(readPicture(Buffer.concat([header, plain.subarray(33)])).damage).toBe(
      'its pixels are not complete',
    );
  });

  it('unpacks no more pixels than the budget has, for all pictures together', () => {
    const budget = { bytes: 2000 };
    const incomplete = png({ ...size, missingRows: 1 });
    const damages = [1, 2, 3].map(() => readPicture(incomplete, { budget }).damage);

    expect(damages).toEqual(['its pixels are not complete', 'its pixels are not complete', null]);
    expect(budget.bytes).toBe(2000 - 2 * size.height * (size.width + 1));
  });

  it('says what a file is that is no picture', () => {
    const looksLike = (content: string | Buffer): string => readPicture(Buffer.from(content)).looksLike;

    expect(looksLike('')).toBe('an empty file');
    expect(looksLike('hello')).toBe('a text file');
    expect(looksLike('<?xml version="1.0"?>\n<svg/>')).toBe('an SVG picture');
    expect(looksLike('<!DOCTYPE html>')).toBe('an HTML page');
    expect(looksLike(Buffer.from('RIFF\0\0\0\0WEBP'))).toBe('a WebP picture');
    expect(looksLike(Buffer.from([0, 1, 2, 255]))).toBe('unknown data');
  });
});
