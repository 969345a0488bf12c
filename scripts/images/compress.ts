import { deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { chunk, signature, textChunk } from './png-chunks.js';

/** What one byte per pixel can name. */
const paletteSize = 256;

/**
 * The same opaque picture as a PNG with a palette, about half of the bytes of one in full colour (pngjs writes
 * no palettes). Drawings are flat, so the commonest colours cover nearly every pixel; a rarer one, at the edge
 * of a letter, becomes the nearest of them.
 *
 * @param texts what the file keeps beside the picture, by keyword
 */
export function compress(file: Buffer, texts: Record<string, string>): Buffer {
  const { width, height, data } = PNG.sync.read(file);
  const colors = Array.from({ length: width * height }, (_, pixel) => data.readUIntBE(pixel * 4, 3));
  const palette = commonest(colors);
  const indexOf = new Map(palette.map((color, index) => [color, index]));
  const rows = Buffer.alloc((width + 1) * height);
  colors.forEach((color, pixel) => {
    const index = indexOf.get(color) ?? nearest(color, palette);
    indexOf.set(color, index);
    // Each row begins with its filter, which stays 0: the numbers of a palette have no order to predict from.
    rows[pixel + Math.floor(pixel / width) + 1] = index;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]))),
    ...Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text)),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function commonest(colors: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  return [...counts]
    .sort(([a, timesA], [b, timesB]) => timesB - timesA || a - b)
    .slice(0, paletteSize)
    .map(([color]) => color);
}

function nearest(color: number, palette: readonly number[]): number {
  const distances = palette.map((other) =>
    [16, 8, 0].reduce((sum, shift) => sum + (((color >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0),
  );
  return distances.indexOf(Math.min(...distances));
}
