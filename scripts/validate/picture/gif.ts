import type { PictureScan } from './index.js';

/** Walks through the blocks of a GIF up to its end mark and counts the frames. */
export function readGif(content: Buffer): PictureScan {
  let frames = 0;
  let offset = 13 + colorTableBytes(content[10] ?? 0);
  while (offset < content.byteLength) {
    const block = content[offset];
    if (block === 0x3b) return { damage: frames === 0 ? 'it has no pixels' : null, animated: frames > 1 };
    if (block === 0x21) {
      offset = skipSubBlocks(content, offset + 2);
    } else if (block === 0x2c) {
      frames += 1;
      offset = skipSubBlocks(content, offset + 11 + colorTableBytes(content[offset + 9] ?? 0));
    } else {
      return { damage: 'its blocks are not in order', animated: frames > 1 };
    }
  }
  return { damage: 'it is cut off', animated: frames > 1 };
}

function colorTableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

function skipSubBlocks(content: Buffer, start: number): number {
  let offset = start;
  for (let length = content[offset]; length !== undefined; length = content[offset]) {
    offset += 1 + length;
    if (length === 0) return offset;
  }
  return content.byteLength;
}
