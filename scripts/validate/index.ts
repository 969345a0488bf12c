import { resolve } from 'node:path';
import type { WidgetFiles } from '../archive/files.js';
import { check, type CheckOptions, unusedIgnores } from './check.js';
import { checkPaths, type ValidateOptions } from './check-paths.js';
import type { CheckedWidget } from './checked-widget.js';
import type { ValidationReport } from './finding.js';

export { checkPaths, type NamedPath, type PathsOptions, type ValidateOptions } from './check-paths.js';
export { type CheckedWidget, fails, type SituationOrigin } from './checked-widget.js';
export { fixFolders } from './fix/index.js';
export { type LoadedConfiguration, loadConfiguration } from './configuration/load.js';
export type { Finding, Severity, ValidationReport } from './finding.js';
export { findSubjects } from './subjects.js';
export { readUploaded } from './uploaded/read.js';
export type { Uploaded } from './uploaded/uploaded.js';
export type { Audience, SituationOptions, Target } from './situation.js';
export { type Format, formatReport, formats, type ReportOptions } from './report/index.js';

/**
 * Checks a widget, a folder or a zip archive, as `npm run validate` does.
 *
 * By default the target is that of the manifest's locales, the audience `private`, and the configuration the
 * `widget.config.json` in the folder, else beside it, else in the working directory; what the options say goes
 * before what it says, and `configuration: null` is for none. Whatever is wrong inside the widget is a finding of the
 * report. Rejects with a `UserError`, one line with the next step, for a path that is neither a folder nor an archive
 * or cannot be read, and for a configuration with faults.
 */
export async function validate(path: string, options: ValidateOptions = {}): Promise<ValidationReport> {
  return (await checkPath(path, options)).report;
}

/** {@link validate} for those who show the report to a person, who knows the path as `subject`. */
export async function checkPath(
  path: string,
  { subject = path, ...options }: ValidateOptions & Named = {},
): Promise<CheckedWidget> {
  const [widget] = await checkPaths([{ path: resolve(path), subject }], options);
  if (widget === undefined) throw new Error(`${path} was not checked`);
  return widget;
}

export interface Named {
  /** What is checked, as the person named it. */
  readonly subject?: string | undefined;
}

export interface FilesOptions extends CheckOptions {
  /**
   * The path of the configuration as the person knows it: what is said of ignores that met nothing stands there.
   * Absent where the files are not all that it is for: then nothing is said of them.
   */
  readonly configurationFile?: string | undefined;
}

/** Checks the files of a widget. Never throws, whatever the files hold. */
export function validateFiles(files: WidgetFiles, options: FilesOptions = {}): ValidationReport {
  return checkFiles(files, options).report;
}

/** {@link validateFiles} for those who show the report to a person. */
export function checkFiles(
  files: WidgetFiles,
  { subject = 'the widget', configurationFile, ...options }: FilesOptions & Named = {},
): CheckedWidget {
  const named = { subject, path: null, kind: 'folder' } as const;
  const done = check({ files, problems: [], complete: true }, named, options);
  const { configuration = null } = options;
  if (configuration === null || configurationFile === undefined) return done.finish([], '');
  return done.finish(unusedIgnores(configuration, [done]), configurationFile);
}
