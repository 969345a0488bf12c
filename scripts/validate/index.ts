import { type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  type ArchiveContents,
  type ArchiveLimits,
  defaultLimits,
  type WidgetFiles,
} from '../archive/files.js';
import { UserError } from '../cli/errors.js';
import { type CheckedWidget, type SituationOrigin, sourcesOf } from './checked-widget.js';
import { makeReport, type ValidationReport } from './finding.js';
import { localeEntries } from './manifest-facts.js';
import { readingRules, rules } from './registry.js';
import { runRule } from './rule.js';
import type { SituationOptions } from './situation.js';
import { createView, type WidgetView } from './view.js';

export type { CheckedWidget, SituationOrigin } from './checked-widget.js';
export type { Finding, Severity, ValidationReport } from './finding.js';
export type { Audience, SituationOptions, Target } from './situation.js';
export { type Format, formatReport, formats, type ReportOptions } from './report/index.js';

/** Checks the files of a widget. Never throws, whatever the files hold. */
export function validateFiles(files: WidgetFiles, options: SituationOptions = {}): ValidationReport {
  return checkFiles(files, options).report;
}

/**
 * Checks a folder or a zip archive. What is wrong inside is a finding; a path that is neither a folder nor an
 * archive is a {@link UserError}.
 */
export async function validatePath(path: string, options: PathOptions = {}): Promise<ValidationReport> {
  return (await checkPath(path, options)).report;
}

export interface PathOptions extends SituationOptions {
  limits?: ArchiveLimits;
}

export interface Named {
  /** What is checked, as the person named it. */
  subject?: string | undefined;
}

/** {@link validateFiles} for those who show the report to a person. */
export function checkFiles(
  files: WidgetFiles,
  { subject = 'the widget', ...options }: SituationOptions & Named = {},
): CheckedWidget {
  const named = { subject, path: null, kind: 'folder' } as const;
  return checkContents({ files, problems: [], complete: true }, named, options);
}

/** {@link validatePath} for those who show the report to a person. */
export async function checkPath(
  path: string,
  { subject = path, limits = defaultLimits, ...options }: PathOptions & Named = {},
): Promise<CheckedWidget> {
  const { contents, kind } = await readContents(path, limits);
  return checkContents(contents, { subject, path: resolve(path), kind }, options);
}

function checkContents(
  contents: ArchiveContents,
  named: Pick<CheckedWidget, 'subject' | 'path' | 'kind'>,
  options: SituationOptions,
): CheckedWidget {
  const view = createView(contents, options);
  const applicable = contents.complete ? rules : readingRules;
  const findings = applicable.flatMap((rule) => runRule(rule, view));
  return {
    ...named,
    report: makeReport(findings, view.situation),
    origin: originOf(options, view),
    sourceOf: sourcesOf(contents.files),
  };
}

function originOf({ target, audience }: SituationOptions, view: WidgetView): SituationOrigin {
  const manifest = view.manifest();
  const tells = manifest !== null && localeEntries(manifest).length > 0;
  return {
    target: target !== undefined ? 'option' : tells ? 'manifest' : 'default',
    audience: audience === undefined ? 'default' : 'option',
  };
}

async function readContents(
  path: string,
  limits: ArchiveLimits,
): Promise<{ contents: ArchiveContents; kind: CheckedWidget['kind'] }> {
  const stats = await statOrExplain(path);
  if (stats.isDirectory()) {
    const { readFolder } = await import('../archive/read-folder.js');
    return { contents: await orExplain(path, () => readFolder(path, { limits })), kind: 'folder' };
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
