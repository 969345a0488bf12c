import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { projectRoot } from '../build/paths.js';

export interface RunPackageOptions {
  env?: NodeJS.ProcessEnv;
  /** Takes what it prints, standard error included; without it the output is passed on as it comes. */
  collect?: (text: string) => void;
}

/**
 * Runs a program of an installed package as a process in the project's root. Resolves with its exit code, `null` when
 * a signal ended it.
 */
export function runPackage(
  packageName: string,
  file: string,
  args: string[],
  { env = process.env, collect }: RunPackageOptions = {},
): Promise<number | null> {
  const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  const child = spawn(process.execPath, [path.join(path.dirname(manifest), file), ...args], {
    cwd: projectRoot,
    stdio: collect === undefined ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    env,
  });
  if (collect !== undefined) {
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', collect);
  }
  return new Promise((resolve, reject) => {
    child.on('close', resolve).on('error', reject);
  });
}
