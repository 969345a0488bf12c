import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { isDynamicPattern, glob } from 'tinyglobby';
import { UserError } from '../cli/errors.js';
import type { NamedPath } from './check-paths.js';

/**
 * The folders and archives that a person means, each once, in the order of what was typed. A name that is there is
 * that file or folder; any other with `*`, `?`, `{}` or `[]` is a pattern:
 *
 * | matches                  | `widgets/*`  | `widgets/**` (any depth)       |
 * | ------------------------ | ------------ | ------------------------------ |
 * | a file named `*.zip`     | is checked   | is checked                     |
 * | a folder                 | is checked   | is checked if it has a manifest |
 * | any other file           | is left out  | is left out                    |
 *
 * Throws a {@link UserError} when a pattern matches nothing of that. `cwd` is what relative paths start from.
 */
export async function findSubjects(typed: readonly string[], { cwd }: { cwd: string }): Promise<NamedPath[]> {
  const found = new Map<string, NamedPath>();
  for (const name of typed) {
    for (const subject of isPattern(name, cwd) ? await matches(name, cwd) : [name]) {
      const absolute = path.resolve(cwd, subject);
      if (!found.has(absolute)) found.set(absolute, { path: absolute, subject });
    }
  }
  return [...found.values()];
}

function isPattern(name: string, cwd: string): boolean {
  return !existsSync(path.resolve(cwd, name)) && isDynamicPattern(name);
}

async function matches(pattern: string, cwd: string): Promise<string[]> {
  const forward = path.sep === '\\' ? pattern.replaceAll('\\', '/') : pattern;
  const names = await glob(forward, {
    cwd,
    onlyFiles: false,
    expandDirectories: false,
    ignore: ['**/node_modules/**'],
  });
  const subjects = names
    .map((name) => name.replace(/(?<=.)\/$/, ''))
    .filter((name) => isSubject(path.resolve(cwd, name), forward.includes('**')))
    .sort();
  if (subjects.length > 0) return subjects;
  throw new UserError(`No folder and no zip archive matches ${pattern}.`, {
    nextStep: `Check the pattern and put it in quotes; it is looked for in ${cwd}.`,
  });
}

function isSubject(file: string, anyDepth: boolean): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) return !anyDepth || existsSync(path.join(file, 'manifest.json'));
  return stats?.isFile() === true && /\.zip$/i.test(file);
}
