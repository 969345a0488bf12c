import { type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { type ArchiveContents, type ArchiveLimits, defaultLimits } from '../archive/files.js';
import { UserError } from '../cli/errors.js';
import { configurationName } from './configuration/place.js';

export interface Subject {
  readonly contents: ArchiveContents;
  readonly kind: 'folder' | 'archive';
}

/**
 * Reads a folder or a zip archive. What is wrong inside is for the rules; a path that is neither is a
 * {@link UserError}. The configuration of the validator in a folder is no part of the widget.
 */
export async function readSubject(
  path: string,
  {
    limits = defaultLimits,
    configuration = null,
  }: { limits?: ArchiveLimits; configuration?: string | null } = {},
): Promise<Subject> {
  const stats = await statOrExplain(path);
  if (stats.isDirectory()) {
    const { readFolder } = await import('../archive/read-folder.js');
    const contents = await orExplain(path, () => readFolder(path, { limits }));
    const own = [configurationName, ...(configuration === null ? [] : [relative(path, configuration)])];
    return { contents: without(contents, own), kind: 'folder' };
  }
  if (!stats.isFile()) throw notAWidget(path);
  const [{ looksLikeZip, readZip }, { readFileStart }] = await Promise.all([
    import('../archive/read-zip.js'),
    import('../archive/read-file.js'),
  ]);
  // One byte more than is allowed, so that an archive which is too large is seen to be so.
  const { bytes } = await orExplain(path, () => readFileStart(path, limits.totalBytes + 1));
  if (!looksLikeZip(bytes) && !/\.zip$/i.test(path)) throw notAWidget(path);
  return { contents: await readZip(bytes, { limits }), kind: 'archive' };
}

function without({ files, problems, complete }: ArchiveContents, names: readonly string[]): ArchiveContents {
  return {
    files: new Map([...files].filter(([name]) => !names.includes(name))),
    problems: problems.filter(({ file }) => file === null || !names.includes(file)),
    complete,
  };
}

async function statOrExplain(path: string): Promise<Stats> {
  return orExplain(path, () => stat(path));
}

async function orExplain<Value>(path: string, read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new UserError(`There is no folder or archive at ${path}.`, {
        nextStep: 'Give the path of a widget folder or of its zip archive.',
      });
    }
    throw new UserError(`${path} cannot be read (${code ?? 'unknown error'}).`, {
      nextStep: 'Check the permissions of the path.',
    });
  }
}

function notAWidget(path: string): UserError {
  return new UserError(`${path} is neither a folder nor a zip archive.`, {
    nextStep: 'Give the path of a widget folder or of its zip archive.',
  });
}
