import { crc32 } from 'node:zlib';

/** A PNG file is this and then chunks (PNG specification, file structure). */
export const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** One chunk: the length of its data, its type, the data, the checksum of the last two. */
export function chunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(content.length + 8);
  framed.writeUInt32BE(data.length, 0);
  content.copy(framed, 4);
  framed.writeUInt32BE(crc32(content), content.length + 4);
  return framed;
}

/** A chunk that keeps a text in the file, for programs and not for the eye. Both parts are Latin-1. */
export function textChunk(keyword: string, text: string): Buffer {
  return chunk('tEXt', Buffer.from(`${keyword}\0${text}`, 'latin1'));
}

/** The text that {@link textChunk} put into a PNG, or undefined when there is none or the file is no PNG. */
export function readText(file: Buffer, keyword: string): string | undefined {
  const start = `${keyword}\0`;
  let offset = signature.length;
  while (offset + 8 <= file.length) {
    const length = file.readUInt32BE(offset);
    const data = file.toString('latin1', offset + 8, offset + 8 + length);
    if (file.toString('latin1', offset + 4, offset + 8) === 'tEXt' && data.startsWith(start)) {
      return data.slice(start.length);
    }
    offset += length + 12;
  }
  return undefined;
}
