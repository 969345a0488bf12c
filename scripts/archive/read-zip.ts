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
  name: string,
): Promise<void> {
  const directory = name.endsWith('/');
  if (!collector.admit(name, { directory }) || directory) return;
  if (isSymbolicLink(entry)) {
    collector.report({ kind: 'symlink', file: name, found: null });
  } else if (entry.isEncrypted()) {
    collector.stop({ kind: 'encrypted', file: name, found: null });
  } else {
    const content = await inflate(zip, entry, collector.room);
    if (content === null) collector.refuse(name);
    else if (crc32(content) !== entry.crc32) throw new Error('the checksum does not match');
    else collector.add(name, content);
  }
}

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
