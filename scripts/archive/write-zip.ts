import { ZipArchive } from 'archiver';
import { buffer } from 'node:stream/consumers';
import type { WidgetFiles } from './files.js';

/** The earliest date that a zip can hold; any fixed one makes the same files give the same bytes. */
const fixedDate = new Date('1980-01-01T00:00:00Z');

/** Zips files so that the bytes depend on names and contents alone: sorted by code unit, one date, one mode. */
export async function writeZip(files: WidgetFiles): Promise<Buffer> {
  const archive = new ZipArchive({ zlib: { level: 9 }, forceLocalTime: false });
  for (const name of [...files.keys()].sort()) {
    archive.append(files.get(name) ?? Buffer.alloc(0), { name, date: fixedDate, mode: 0o644 });
  }
  const [bytes] = await Promise.all([buffer(archive), archive.finalize()]);
  return bytes;
}
