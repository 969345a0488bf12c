import { gzipSync } from 'node:zlib';
import type { Colors } from './colors.js';
import type { WidgetFiles } from '../archive/files.js';
import { formatBytes } from './sizes.js';

/** The files as a tree with their sizes, raw and gzipped, and the total at its foot. */
export function fileTree(files: WidgetFiles, colors: Colors): string {
  const rows = treeRows([...files.keys()]);
  const width = Math.max(...rows.map(({ label }) => label.length)) + 2;
  const line = (label: string, raw: string, zipped: string): string =>
    `  ${label.padEnd(width)}${raw.padStart(9)}${zipped.padStart(10)}`;

  let rawTotal = 0;
  let zippedTotal = 0;
  const lines = rows.map(({ label, path }) => {
    const content = path === undefined ? undefined : files.get(path);
    if (content === undefined) return colors.dim(`  ${label}`);
    const zipped = gzipSync(content, { level: 9 }).length;
    rawTotal += content.length;
    zippedTotal += zipped;
    return line(label, formatBytes(content.length), formatBytes(zipped));
  });
  return [
    colors.dim(line('', 'raw', 'gzip')),
    ...lines,
    colors.bold(line(`${files.size} files`, formatBytes(rawTotal), formatBytes(zippedTotal))),
  ].join('\n');
}

interface Row {
  label: string;
  /** Absent for a folder. */
  path?: string;
}

function treeRows(paths: string[]): Row[] {
  const rows: Row[] = [];
  let open: string[] = [];
  for (const path of paths.sort(foldersTogether)) {
    const folders = path.split('/');
    const name = folders.pop() ?? path;
    folders.forEach((folder, depth) => {
      const known = open.slice(0, depth + 1).join('/') === folders.slice(0, depth + 1).join('/');
      if (!known) rows.push({ label: `${'  '.repeat(depth)}${folder}/` });
    });
    open = folders;
    rows.push({ label: `${'  '.repeat(folders.length)}${name}`, path });
  }
  return rows;
}

/** Files of the root first, as that is where the platform looks; then folder by folder. */
function foldersTogether(a: string, b: string): number {
  const depth = Number(a.includes('/')) - Number(b.includes('/'));
  if (depth !== 0) return depth;
  return a < b ? -1 : 1;
}
