import { dirname, resolve } from 'node:path';
import { ignorableCodes } from '../registry.js';
import { type AppliedIgnore, configuredIgnores } from '../ignores/configured.js';
import { type Configuration, readConfiguration } from './configuration.js';
import { namesArchive } from '../uploaded/said.js';
import { type ConfigurationFile, findConfiguration } from './place.js';

/** A configuration that was found and read. */
export interface LoadedConfiguration extends Omit<Configuration, 'ignore'> {
  /** Absolute. */
  readonly path: string;
  /** What was uploaded last: a version, or the absolute path of the archive. */
  readonly uploaded?: string | undefined;
  readonly ignores: readonly AppliedIgnore[];
}

export interface ConfigurationOptions {
  /** The path of the one to take, or `null` for none; by default it is looked for, see {@link findConfiguration}. */
  readonly configuration?: string | null | undefined;
  /** Where it is looked for at last; by default the working directory. */
  readonly cwd?: string | undefined;
  /** How the person calls a path. */
  readonly nameOf?: (path: string) => string;
}

/**
 * The configuration of a folder or archive, given by its absolute path; `null` when there is none. Throws a
 * `UserError` when it has faults. Of several widgets with the same configuration, `known` keeps it to be one.
 */
export async function loadConfiguration(
  subject: string,
  { configuration, cwd = process.cwd(), nameOf = (path) => path }: ConfigurationOptions = {},
  known = new Map<string, LoadedConfiguration>(),
): Promise<LoadedConfiguration | null> {
  if (configuration === null) return null;
  const file = await findConfiguration(subject, { named: configuration, cwd });
  if (file === null) return null;
  const before = known.get(file.path);
  if (before !== undefined) return before;
  const loaded = readLoaded(file, nameOf(file.path));
  known.set(file.path, loaded);
  return loaded;
}

/** Reads a configuration that was found; `name` is its path as the person knows it. Throws as {@link loadConfiguration}. */
export function readLoaded({ path, bytes }: ConfigurationFile, name: string): LoadedConfiguration {
  const { ignore, uploaded, ...rest } = readConfiguration(bytes, {
    name,
    codes: ignorableCodes,
  });
  const isPath = uploaded !== undefined && namesArchive(uploaded);
  return {
    ...rest,
    uploaded: isPath ? resolve(dirname(path), uploaded) : uploaded,
    path,
    ignores: configuredIgnores(ignore),
  };
}
