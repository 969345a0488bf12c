import { type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import {
  type ArchiveContents,
  type ArchiveLimits,
  defaultLimits,
  type WidgetFiles,
} from '../archive/files.js';
import { UserError } from '../cli/errors.js';
import { makeReport, type ValidationReport } from './finding.js';
import { readingRules, rules } from './registry.js';
import { runRule } from './rule.js';
import type { SituationOptions } from './situation.js';
import { createView } from './view.js';

export type { Finding, Severity, ValidationReport } from './finding.js';
export type { Audience, SituationOptions, Target } from './situation.js';
export { formatJson } from './report/json.js';
export { formatText } from './report/text.js';

/** Checks the files of a widget. Never throws, whatever the files hold. */
export function validateFiles(files: WidgetFiles, options: SituationOptions = {}): ValidationReport {
  return validateContents({ files, problems: [], complete: true }, options);
}

/**
 * Checks a folder or a zip archive. What is wrong inside is a finding; a path that is neither a folder nor an
 * archive is a {@link UserError}.
 */
export async function validatePath(
  path: string,
  { limits = defaultLimits, ...options }: SituationOptions & { limits?: ArchiveLimits } = {},
): Promise<ValidationReport> {
  return validateContents(await readContents(path, limits), options);
}

function validateContents(contents: ArchiveContents, options: SituationOptions): ValidationReport {
  const view = createView(contents, options);
  const applicable = contents.complete ? rules : readingRules;
  return makeReport(
    applicable.flatMap((rule) => runRule(rule, view)),
    view.situation,
  );
}

async function readContents(path: string, limits: ArchiveLimits): Promise<ArchiveContents> {
  const stats = await statOrExplain(path);
  if (stats.isDirectory()) {
    const { readFolder } = await import('../archive/read-folder.js');
    return orExplain(path, () => readFolder(path, { limits }));
  }
  if (!stats.isFile()) throw notAWidget(path);
  const [{ looksLikeZip, readZip }, { readFileStart }] = await Promise.all([
    import('../archive/read-zip.js'),
    import('../archive/read-file.js'),
  ]);
  // One byte more than is allowed, so that an archive which is too large is seen to be so.
  const { bytes } = await orExplain(path, () => readFileStart(path, limits.totalBytes + 1));
  if (!looksLikeZip(bytes) && !/\.zip$/i.test(path)) throw notAWidget(path);
  return readZip(bytes, { limits });
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
