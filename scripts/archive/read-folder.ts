import { type Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Collector } from './collector.js';
import { type ArchiveContents, defaultLimits } from './files.js';
import { readFileStart } from './read-file.js';

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
    const path = `${prefix}${entry.name}`;
    const name = collector.admit(path, { directory: entry.isDirectory() });
    if (name === null) continue;
    if (entry.isDirectory()) await readSubfolder(collector, root, path);
    else if (entry.isFile()) await readFileInto(collector, join(root, path), name);
    else if (entry.isSymbolicLink())
      collector.report({ kind: 'symlink', file: name, found: 'a symbolic link' });
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

async function readFileInto(collector: Collector, path: string, name: string): Promise<void> {
  let content;
  try {
    content = await readFileStart(path, collector.room);
  } catch (error) {
    collector.report({ kind: 'unreadable', file: name, found: errorCode(error) });
    return;
  }
  if (content.more) collector.refuse(name);
  else collector.add(name, content.bytes);
}

function specialKind(entry: Dirent): string {
  if (entry.isFIFO()) return 'a named pipe';
  if (entry.isSocket()) return 'a socket';
  return 'a device';
}

function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown error';
}
