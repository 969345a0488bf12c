import { crc32, inflateSync } from 'node:zlib';
import type { PictureScan } from './index.js';

interface Header {
  width: number;
  height: number;
  bitsPerPixel: number;
  interlaced: boolean;
}

/** Beyond this many bytes of pixels the data is not unpacked: no logo and no tour picture comes near. */
const maxPixelBytes = 64 * 1024 * 1024;

/** How many bytes of pixels may still be unpacked, for all pictures of a widget together. */
export interface PixelBudget {
  bytes: number;
}

/** Enough for fifty pictures of the tour in true colour; unpacking takes about a second. */
export function pixelBudget(): PixelBudget {
  return { bytes: 256 * 1024 * 1024 };
}

/** Walks through a PNG: its chunks, the checksums of the chunks that count, and whether the pixels are all there. */
export function readPng(content: Buffer, budget: PixelBudget): PictureScan {
  const pixels: Buffer[] = [];
  let header: Header | null = null;
  let animated = false;
  let offset = 8;
  for (;;) {
    if (offset + 12 > content.byteLength) return { damage: 'it is cut off', animated };
    const length = content.readUInt32BE(offset);
    const end = offset + 12 + length;
    if (end > content.byteLength) return { damage: 'it is cut off', animated };
    const type = content.toString('latin1', offset + 4, offset + 8);
    const data = content.subarray(offset + 8, end - 4);
    const critical = /^[A-Z]/.test(type);
    if (critical && crc32(content.subarray(offset + 4, end - 4)) !== content.readUInt32BE(end - 4)) {
      return { damage: `the checksum of its ${type} chunk does not match`, animated };
    }
    if (header === null) {
      header = type === 'IHDR' ? readHeader(data) : null;
      if (header === null) return { damage: 'it does not begin with a valid header', animated };
    } else if (type === 'acTL') {
      animated = true;
    } else if (type === 'IDAT') {
      pixels.push(data);
    } else if (type === 'IEND') {
      return { damage: checkPixels(header, pixels, budget), animated };
    }
    offset = end;
  }
}

const samples: Partial<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

function readHeader(data: Buffer): Header | null {
  if (data.byteLength !== 13) return null;
  const width = data.readUInt32BE(0);
  const height = data.readUInt32BE(4);
  const depth = data.readUInt8(8);
  const samplesPerPixel = samples[data.readUInt8(9)];
  if (width === 0 || height === 0 || samplesPerPixel === undefined) return null;
  if (![1, 2, 4, 8, 16].includes(depth)) return null;
  return { width, height, bitsPerPixel: depth * samplesPerPixel, interlaced: data.readUInt8(12) === 1 };
}

function checkPixels(header: Header, chunks: Buffer[], budget: PixelBudget): string | null {
  if (chunks.length === 0) return 'it has no pixels';
  const expected = pixelBytes(header);
  if (expected > Math.min(maxPixelBytes, budget.bytes)) return null;
  budget.bytes -= expected;
  try {
    const { byteLength } = inflateSync(Buffer.concat(chunks), { maxOutputLength: expected + 1024 });
    return byteLength < expected ? 'its pixels are not complete' : null;
  } catch {
    return 'its pixels cannot be unpacked';
  }
}

/** The first column and row of each Adam7 pass and the steps between its pixels. */
const passes: readonly [x: number, y: number, stepX: number, stepY: number][] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

/** How many bytes the unpacked pixels have: every row begins with the number of its filter. */
function pixelBytes({ width, height, bitsPerPixel, interlaced }: Header): number {
  const rows = (columns: number, count: number): number =>
    columns === 0 ? 0 : count * (1 + Math.ceil((columns * bitsPerPixel) / 8));
  if (!interlaced) return rows(width, height);
  return passes.reduce(
    (sum, [x, y, stepX, stepY]) =>
      sum + rows(Math.max(0, Math.ceil((width - x) / stepX)), Math.max(0, Math.ceil((height - y) / stepY))),
    0,
  );
}
