import path from 'node:path';
import { readFileStart } from '../../archive/read-file.js';
import { UserError } from '../../cli/errors.js';
import { maxJsonBytes } from '../json-flaws.js';

/** How the configuration is called wherever it is looked for. It is never a part of the widget. */
export const configurationName = 'widget.config.json';

/** A configuration that was found, not yet read for sense. */
export interface ConfigurationFile {
  /** Absolute. */
  readonly path: string;
  readonly bytes: Buffer;
}

/**
 * Finds the configuration of a folder or archive. The first of these that is there counts, alone:
 *
 * 1. the file that was named,
 * 2. `widget.config.json` in the folder,
 * 3. `widget.config.json` beside the folder or archive,
 * 4. `widget.config.json` in `cwd`.
 *
 * `null` when there is none. Throws a {@link UserError} when the named one is not there and when one cannot be read.
 */
export async function findConfiguration(
  subject: string,
  { named, cwd }: { named?: string | undefined; cwd: string },
): Promise<ConfigurationFile | null> {
  if (named !== undefined) {
    const bytes = await read(named);
    if (bytes !== null) return { path: named, bytes };
    throw new UserError(`There is no configuration at ${named}.`, {
      nextStep: `Give the path of a file such as ${configurationName}.`,
    });
  }
  for (const folder of new Set([subject, path.dirname(subject), cwd])) {
    const place = path.join(folder, configurationName);
    const bytes = await read(place);
    if (bytes !== null) return { path: place, bytes };
  }
  return null;
}

async function read(file: string): Promise<Buffer | null> {
  try {
    // A byte more than is allowed, so that a file which is too large is seen to be so.
    return (await readFileStart(file, maxJsonBytes + 1)).bytes;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new UserError(`The configuration ${file} cannot be read (${code ?? 'unknown error'}).`, {
      nextStep: 'Give it a place where it can be read, or take it away.',
    });
  }
}
