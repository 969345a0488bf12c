import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { projectRoot } from '../build/paths.js';

/**
 * Runs a program of an installed package as a process in the project's root, its output passed on. Resolves with
 * its exit code, `null` when a signal ended it.
 */
export function runPackage(
  packageName: string,
  file: string,
  args: string[],
  { env = process.env }: { env?: NodeJS.ProcessEnv } = {},
): Promise<number | null> {
  const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  const child = spawn(process.execPath, [path.join(path.dirname(manifest), file), ...args], {
    cwd: projectRoot,
    stdio: 'inherit',
    env,
  });
  return new Promise((resolve, reject) => {
    child.on('close', resolve).on('error', reject);
  });
}
