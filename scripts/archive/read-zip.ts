import { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { Collector } from './collector.js';
import { type ArchiveContents, defaultLimits } from './files.js';

/**
 * Reads an archive from memory. Sizes and checksums are measured while inflating and never taken from the
 * headers, so that a bomb stops at the limit. Never throws: what is wrong stands in `problems`.
 */
export async function readZip(bytes: Buffer, { limits = defaultLimits } = {}): Promise<ArchiveContents> {
  const collector = new Collector(limits);
  if (bytes.byteLength > limits.totalBytes) {
    collector.stop({ kind: 'too-large', file: null, found: `an archive of ${bytes.byteLength} bytes` });
    return collector.contents();
  }
  let current: string | null = null;
  try {
    const zip = await yauzl.fromBufferPromise(bytes, { decodeStrings: false });
    for await (const entry of zip.eachEntry()) {
      current = decodeName(entry);
      await readEntry(collector, zip, entry, current);
      if (collector.stopped) break;
      current = null;
    }
  } catch (error) {
    collector.stop(explain(bytes, current, error));
  }
  return collector.contents();
}

/** Whether bytes begin or end as a zip archive does; says nothing about whether it is whole. */
export function looksLikeZip(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 4).toString('latin1');
  return head === 'PK\x03\x04' || head === 'PK\x05\x06';
}

async function readEntry(
  collector: Collector,
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  writtenName: string,
): Promise<void> {
  const directory = /[/\\]$/.test(writtenName);
  const name = collector.admit(writtenName, { directory });
  if (name === null || directory) return;
  if (isSymbolicLink(entry)) {
    collector.report({ kind: 'symlink', file: name, found: 'a symbolic link' });
    return;
  }
  if (entry.isEncrypted()) {
    collector.stop({ kind: 'encrypted', file: name, found: 'an encrypted file' });
    return;
  }
  const localName = (await zip.readLocalFileHeaderPromise(entry)).fileName;
  if (!localName.equals(entry.fileNameRaw)) {
    collector.report({ kind: 'different-name', file: name, found: localName.toString('utf8') });
  } else if (![0, 8].includes(entry.compressionMethod)) {
    const found = methodNames[entry.compressionMethod] ?? `method ${entry.compressionMethod}`;
    collector.report({ kind: 'unsupported-compression', file: name, found });
  } else {
    const content = await inflate(zip, entry, collector.room);
    if (content === null) collector.refuse(name);
    else if (crc32(content) !== entry.crc32) throw new Error('the checksum does not match');
    else collector.add(name, content);
  }
}

/** By their numbers in the headers; the two that everybody can unpack are 0 (stored) and 8 (deflate). */
const methodNames: Partial<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  20: 'Zstandard',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
};

/** The bytes of an entry; `null` when there are more than `limit`, of which no more than a chunk is held. */
async function inflate(zip: yauzl.ZipFile, entry: yauzl.Entry, limit: number): Promise<Buffer | null> {
  const stream = await zip.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/**
 * Names are UTF-8 here whatever the flag in the entry says: the names that a widget needs are ASCII, and the
 * archivers that leave the flag out write UTF-8 as well. What is not UTF-8 becomes an unsafe name.
 */
function decodeName(entry: yauzl.Entry): string {
  return entry.fileNameRaw.toString('utf8');
}

function isSymbolicLink(entry: yauzl.Entry): boolean {
  const madeByUnix = entry.versionMadeBy >>> 8 === 3;
  return madeByUnix && ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;
}

function explain(bytes: Buffer, file: string | null, error: unknown): Parameters<Collector['stop']>[0] {
  const found = error instanceof Error ? firstClause(error.message) : 'unknown error';
  return { kind: file !== null || looksLikeZip(bytes) ? 'damaged' : 'not-a-zip', file, found };
}

function firstClause(message: string): string {
  return (/^[^.;\n]*/.exec(message)?.[0] ?? '').slice(0, 120);
}
