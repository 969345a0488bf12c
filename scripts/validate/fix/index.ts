import path from 'node:path';
import pc from 'picocolors';
import { readFile } from 'node:fs/promises';
import type { ArchiveContents } from '../../archive/files.js';
import type { Colors } from '../../cli/colors.js';
import { UserError } from '../../cli/errors.js';
import { printable } from '../../cli/printable.js';
import { type Target, writeAll } from '../../files/write-all.js';
import type { NamedPath } from '../check-paths.js';
import { type ConfigurationOptions, loadConfiguration } from '../configuration/load.js';
import { readSubject } from '../read.js';
import { type FixedFile, fixFiles } from './fix-files.js';

interface FixedFolder extends NamedPath {
  readonly contents: ArchiveContents;
  readonly fixed: ReadonlyMap<string, FixedFile>;
}

/**
 * Mends what is safe to mend in folders and says what was done: byte order marks, line ends, and in language files
 * missing keys and the order of the keys. All files are written or none. Throws a `UserError`, with nothing changed,
 * for an archive, for a file that cannot be read or written, and for a configuration with faults.
 */
export async function fixFolders(
  folders: readonly NamedPath[],
  { colors = pc.createColors(false), ...options }: ConfigurationOptions & { colors?: Colors } = {},
): Promise<string> {
  const fixed: FixedFolder[] = [];
  for (const folder of folders) fixed.push(await prepare(folder, options));
  await writeAll(fixed.flatMap(targetsOf));
  return fixed.map((folder) => tell(folder, colors)).join('');
}

async function prepare(
  { path: folder, subject }: NamedPath,
  options: ConfigurationOptions,
): Promise<FixedFolder> {
  const configuration = await loadConfiguration(folder, options);
  const { contents, kind } = await readSubject(folder, { configuration: configuration?.path ?? null });
  if (kind === 'archive') {
    throw new UserError(`--fix mends folders; ${subject} is an archive.`, {
      nextStep: 'Unpack it, mend the folder, and pack it again. Nothing was changed.',
    });
  }
  const unread = contents.problems.find(({ kind: problem }) => keepsFromReading.includes(problem));
  if (unread !== undefined || !contents.complete) {
    const what = unread?.file == null ? subject : path.join(subject, unread.file);
    throw new UserError(`${what} cannot be read${unread?.found == null ? '' : ` (${unread.found})`}.`, {
      nextStep: 'Make everything in the folder readable, then run --fix again. Nothing was changed.',
    });
  }
  const fixed = fixFiles(contents.files, { ignores: configuration?.ignores ?? [] });
  return { path: folder, subject, contents, fixed };
}

const keepsFromReading: readonly string[] = ['unreadable', 'file-too-large', 'too-large', 'too-many-entries'];

function targetsOf({ path: folder, contents, fixed }: FixedFolder): Target[] {
  return [...fixed].map(([name, { bytes }]) => {
    const file = path.join(folder, name);
    return {
      path: file,
      content: bytes,
      async verify() {
        const before = contents.files.get(name);
        if (before !== undefined && (await readFile(file)).equals(before)) return;
        throw new UserError(`${file} was changed while it was being mended.`, {
          nextStep: 'Nothing was changed. Run the command again.',
        });
      },
    };
  });
}

function tell({ subject, fixed }: FixedFolder, colors: Colors): string {
  const name = colors.bold(printable(subject));
  if (fixed.size === 0) return `${colors.green('✔')} ${name}: nothing to mend\n`;
  const lines = [...fixed].map(([file, { done }]) => `  ${printable(file)}: ${done.join(', ')}\n`);
  return `${colors.green('✔')} ${name}: mended\n${lines.join('')}`;
}
