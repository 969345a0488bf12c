import { relative, resolve, sep } from 'node:path';
import type { ArchiveLimits } from '../archive/files.js';
import { type Check, checkBeside, unusedIgnores } from './check.js';
import type { CheckedWidget } from './checked-widget.js';
import {
  type ConfigurationOptions,
  type LoadedConfiguration,
  loadConfiguration,
} from './configuration/load.js';
import type { Severity } from './finding.js';
import { readSubject } from './read.js';
import type { SituationOptions } from './situation.js';
import { readUploaded } from './uploaded/read.js';
import type { Uploaded } from './uploaded/uploaded.js';

export interface ValidateOptions extends SituationOptions, ConfigurationOptions {
  readonly limits?: ArchiveLimits | undefined;
  /**
   * What was uploaded last: a version such as `1.4.2`, or the path of the zip archive. By default what the
   * configuration says.
   */
  readonly uploaded?: string | undefined;
}

export interface PathsOptions extends ValidateOptions {
  /** From which severity on findings make the check fail; by default what the configuration says, else `error`. */
  readonly failLevel?: Severity | undefined;
}

/** A folder or archive, and how the person named it. */
export interface NamedPath {
  readonly path: string;
  readonly subject: string;
}

/**
 * Checks folders and archives, each with the configuration that belongs to it. What is wrong inside is a finding;
 * a path that is no widget and a configuration with faults are `UserError`s. An ignore that met a finding in one
 * of the widgets is in use; the first of its widgets tells of one that is not.
 */
export async function checkPaths(
  paths: readonly NamedPath[],
  { limits, uploaded, ...options }: PathsOptions = {},
): Promise<CheckedWidget[]> {
  const known = new Map<string, LoadedConfiguration>();
  const checks: { path: string; configuration: LoadedConfiguration | null; check: Check }[] = [];
  // Configurations first: with a fault in one of them nothing is checked.
  for (const { path } of paths) await loadConfiguration(resolve(path), options, known);
  const last = new Map<string, Uploaded>();
  for (const { path: given, subject } of paths) {
    const path = resolve(given);
    const configuration = await loadConfiguration(path, options, known);
    const { contents, kind } = await readSubject(given, {
      ...(limits === undefined ? {} : { limits }),
      configuration: configuration?.path ?? null,
    });
    const said = uploaded ?? configuration?.uploaded;
    if (said !== undefined && !last.has(said)) last.set(said, await readUploaded(said));
    const done = await checkBeside(
      contents,
      { subject, path, kind },
      { ...options, configuration, uploaded: said === undefined ? null : last.get(said) },
    );
    checks.push({ path, configuration, check: done });
  }
  const told = new Set<LoadedConfiguration>();
  return checks.map(({ path, configuration, check: { finish } }) => {
    if (configuration === null || told.has(configuration)) return finish([], '');
    told.add(configuration);
    const same = checks.filter((other) => other.configuration === configuration);
    return finish(
      unusedIgnores(
        configuration,
        same.map(({ check: one }) => one),
      ),
      pathFrom(path, configuration.path),
    );
  });
}

function pathFrom(folder: string, file: string): string {
  return relative(folder, file).split(sep).join('/');
}
