import { readFile, stat } from 'node:fs/promises';
import type { ArchiveProblem, WidgetFiles } from '../archive/files.js';
import { readFolder } from '../archive/read-folder.js';
import { readZip } from '../archive/read-zip.js';
import { UserError } from '../cli/errors.js';

export interface ReadWidget {
  files: WidgetFiles;
  /** What could not be taken, a line each; the rest is there. */
  problems: string[];
  /** False when reading stopped before the end, as with half a zip. */
  complete: boolean;
}

/** Reads a built widget, a folder or a zip. Throws a `UserError` when there is none at the path. */
export async function readWidget(place: string): Promise<ReadWidget> {
  try {
    const { files, problems, complete } = (await stat(place)).isDirectory()
      ? await readFolder(place)
      : await readZip(await readFile(place));
    return { files, problems: problems.map(describe), complete };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UserError(`A widget, a folder or a zip, was expected at ${place}: ${reasonOf(code)}.`, {
      nextStep: 'Give the path of the folder that holds manifest.json, or of the zip for the upload.',
    });
  }
}

/** Reads a zip as the account takes it in an upload: one that has a problem is refused. */
export async function readUpload(
  zip: Uint8Array,
): Promise<{ ok: true; files: WidgetFiles } | { ok: false; problems: string[] }> {
  const { files, problems } = await readZip(Buffer.from(zip));
  return problems.length === 0 ? { ok: true, files } : { ok: false, problems: problems.map(describe) };
}

function describe({ kind, file, found }: ArchiveProblem): string {
  return [file, kind.replaceAll('-', ' '), found].filter((part) => part !== null && part !== '').join(': ');
}

function reasonOf(code: string): string {
  if (code === 'ENOENT') return 'there is nothing';
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read';
  return code;
}
