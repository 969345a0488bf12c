import { crc32, deflateSync } from 'node:zlib';

export interface PngOptions {
  width: number;
  height: number;
  /** Chunks put in before the pixels, e.g. `acTL`. */
  extra?: readonly [type: string, data: Buffer][];
  /** Adam7: the pixels in seven passes. */
  interlaced?: boolean;
  /** How many rows of pixels are not there although the header promises them. */
  missingRows?: number;
  /** Random bytes in a chunk that programs pass over, to make the file heavier. */
  ballast?: number;
}

/** A real PNG in one grey. */
export function png({
  width,
  height,
  extra = [],
  interlaced = false,
  missingRows = 0,
  ballast = 0,
}: PngOptions): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, interlaced ? 1 : 0], 8);
  const passes = interlaced ? adam7(width, height) : [[width, height - missingRows] as const];
  const rows = passes.map(([columns, count]) => Buffer.alloc(columns === 0 ? 0 : (columns + 1) * count));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    ...extra.map(([type, data]) => chunk(type, data)),
    ...(ballast === 0 ? [] : [chunk('baLl', Buffer.alloc(ballast, 7))]),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.byteLength);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/** The columns and rows of the seven passes, counted pixel by pixel. */
function adam7(width: number, height: number): (readonly [number, number])[] {
  const passOf = (x: number, y: number): number => {
    if (y % 8 === 0 && x % 8 === 0) return 0;
    if (y % 8 === 0 && x % 8 === 4) return 1;
    if (y % 8 === 4 && x % 4 === 0) return 2;
    if (y % 4 === 0 && x % 4 === 2) return 3;
    if (y % 4 === 2 && x % 2 === 0) return 4;
    return y % 2 === 0 ? 5 : 6;
  };
  const columns = Array.from({ length: 7 }, () => new Set<number>());
  const rows = Array.from({ length: 7 }, () => new Set<number>());
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      columns[passOf(x, y)]?.add(x);
      rows[passOf(x, y)]?.add(y);
    }
  }
  return columns.map((set, pass) => [set.size, rows[pass]?.size ?? 0] as const);
}

/** The segments of a JPEG of that size with two bytes of pixels: whole as a file, though nothing is drawn. */
export function jpeg({ width, height }: { width: number; height: number }): Buffer {
  const frame = Buffer.from('ffc0000b080000000001011100', 'hex');
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([
    Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
    frame,
    Buffer.from('ffda0008010100003f00', 'hex'),
    Buffer.from('12ff0034ffd9', 'hex'),
  ]);
}

/** A GIF with one pixel per frame, whatever size it says. */
export function gif({
  width,
  height,
  frames = 1,
}: {
  width: number;
  height: number;
  frames?: number;
}): Buffer {
  const head = Buffer.from('47494638396100000000800000000000ffffff', 'hex');
  head.writeUInt16LE(width, 6);
  head.writeUInt16LE(height, 8);
  const frame = Buffer.from('21f90400000000002c0000000001000100000202440100', 'hex');
  return Buffer.concat([head, ...Array.from({ length: frames }, () => frame), Buffer.from(';')]);
}
