import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { projectRoot } from '../../build/paths.js';

export interface Started {
  /** Milliseconds from the start of the process to its line `ready <url>`. */
  readonly milliseconds: number;
  readonly url: string;
  stop(): Promise<void>;
}

/** Runs `npm start` as a process of its own until its account is ready. */
export async function startAccount(): Promise<Started> {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', path.join('scripts', 'start.ts'), '--no-open', '--port', '0'],
    {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const url = await readyLine(child);
  return {
    milliseconds: performance.now() - began,
    url,
    async stop() {
      const ended = once(child, 'close');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Milliseconds that `npm start` needs until its account is ready; it is ended then. */
export async function measureStart(): Promise<number> {
  const account = await startAccount();
  await account.stop();
  return account.milliseconds;
}

function readyLine(child: ChildProcessByStdio<null, Readable, Readable>): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const read = (chunk: Buffer): void => {
      printed += chunk.toString('utf8');
      const url = /^ready (\S+)$/m.exec(printed)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject).on('close', (exitCode) => {
      reject(new Error(`npm start ended with ${String(exitCode)}:\n${printed}`));
    });
  });
}
