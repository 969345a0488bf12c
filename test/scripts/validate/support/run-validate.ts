import { execFile } from 'node:child_process';
import path from 'node:path';
import { projectRoot } from '../../../../scripts/build/paths.js';

export interface Outcome {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs the command as a process of its own; `cwd` is where a person has typed it, `timeout` in milliseconds. */
export function runValidate(
  args: readonly string[],
  { env = {}, cwd, timeout = 30_000 }: { env?: NodeJS.ProcessEnv; cwd?: string; timeout?: number } = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [path.join(projectRoot, 'scripts/run.mjs'), 'validate', ...args],
      {
        cwd: projectRoot,
        timeout,
        maxBuffer: 64 * 1024 * 1024,
        killSignal: 'SIGKILL',
        env: { PATH: process.env['PATH'], ...(cwd === undefined ? {} : { INIT_CWD: cwd }), ...env },
      },
      (error, stdout, stderr) => {
        resolve({
          exitCode: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1,
          stdout,
          stderr,
        });
      },
    );
  });
}
