import { type Dirent } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Collector } from './collector.js';
import { type ArchiveContents, defaultLimits } from './files.js';

/**
 * Reads a folder as the archive that it would become. What an archive cannot hold (symbolic links, sockets,
 * devices) and what cannot be read becomes a problem and is left out; nothing is passed over in silence but
 * empty folders. Throws only when the folder itself cannot be listed.
 */
export async function readFolder(root: string, { limits = defaultLimits } = {}): Promise<ArchiveContents> {
  const collector = new Collector(limits);
  await readInto(collector, root, '', await readdir(root, { withFileTypes: true }));
  return collector.contents();
}

async function readInto(
  collector: Collector,
  root: string,
  prefix: string,
  entries: Dirent[],
): Promise<void> {
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (collector.stopped) return;
    const name = `${prefix}${entry.name}`;
    if (!collector.admit(name, { directory: entry.isDirectory() })) continue;
    if (entry.isDirectory()) await readSubfolder(collector, root, name);
    else if (entry.isFile()) await readFileInto(collector, root, name);
    else if (entry.isSymbolicLink()) collector.report({ kind: 'symlink', file: name, found: null });
    else collector.report({ kind: 'special-file', file: name, found: specialKind(entry) });
  }
}

async function readSubfolder(collector: Collector, root: string, name: string): Promise<void> {
  let entries;
  try {
    entries = await readdir(join(root, name), { withFileTypes: true });
  } catch (error) {
    collector.report({ kind: 'unreadable', file: name, found: errorCode(error) });
    return;
  }
  await readInto(collector, root, `${name}/`, entries);
}

async function readFileInto(collector: Collector, root: string, name: string): Promise<void> {
  let content;
  try {
    content = await readAtMost(join(root, name), collector.room);
  } catch (error) {
    collector.report({ kind: 'unreadable', file: name, found: errorCode(error) });
    return;
  }
  if (content === null) collector.refuse(name);
  else collector.add(name, content);
}

/** The bytes of a file; `null` when it has more than `limit`. */
async function readAtMost(path: string, limit: number): Promise<Buffer | null> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    if (size > limit) return null;
    const content = await handle.readFile();
    return content.byteLength > limit ? null : content;
  } finally {
    await handle.close();
  }
}

function specialKind(entry: Dirent): string {
  if (entry.isFIFO()) return 'a named pipe';
  if (entry.isSocket()) return 'a socket';
  return 'a device';
}

function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown error';
}
