import type { PictureScan } from './index.js';

/** Walks through the segments of a JPEG up to its end mark. The pixels themselves are not decoded. */
export function readJpeg(content: Buffer): PictureScan {
  let offset = 2;
  let hasFrame = false;
  let hasScan = false;
  while (offset + 2 <= content.byteLength) {
    if (content[offset] !== 0xff) return damaged('its segments are not in order');
    const marker = content[offset + 1] ?? 0;
    if (marker === 0xff) {
      offset += 1;
    } else if (marker === 0xd9) {
      return hasFrame && hasScan ? { damage: null, animated: false } : damaged('it has no pixels');
    } else if (isBare(marker)) {
      offset += 2;
    } else {
      if (offset + 4 > content.byteLength) break;
      hasFrame ||= isFrame(marker);
      offset += 2 + content.readUInt16BE(offset + 2);
      if (marker === 0xda) {
        hasScan = true;
        offset = endOfScan(content, offset);
      }
    }
  }
  return damaged('it is cut off');
}

/** Marks without a length: restart marks, the start and TEM. */
function isBare(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

/** SOF0 to SOF15 without the three marks among them that begin tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Where the next mark stands that is not part of the compressed pixels. */
function endOfScan(content: Buffer, start: number): number {
  for (let offset = content.indexOf(0xff, start); offset !== -1; offset = content.indexOf(0xff, offset + 1)) {
    const next = content[offset + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return offset;
  }
  return content.byteLength;
}

function damaged(damage: string): PictureScan {
  return { damage, animated: false };
}
