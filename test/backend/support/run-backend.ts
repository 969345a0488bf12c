import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { projectRoot } from '../../../scripts/build/paths.js';
import type { Config } from '../../../src/backend/index.js';
import type { Start } from './backend-process.js';

export interface RunningBackend {
  readonly url: string;
  readonly process: ChildProcess;
  /** What it has logged so far. */
  log(): string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to stop; how it ended and how many milliseconds that took. */
  terminate(): Promise<{ readonly exitCode: number | null; readonly milliseconds: number }>;
}

/** Starts a backend as a process of its own, and waits until it listens. */
export async function runBackend(
  config: Config,
  options: Start['options'] = { pollInterval: 50 },
): Promise<RunningBackend> {
  const child = fork(path.join(import.meta.dirname, 'backend-process.ts'), {
    cwd: projectRoot,
    execArgv: ['--import', 'tsx'],
    // For Buffers and Infinity.
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const ended = once(child, 'close');
  const start: Start = { config, options };
  child.send(start);
  const [answer] = (await Promise.race([
    once(child, 'message'),
    ended.then(() => {
      throw new Error(`The backend ended while it was starting:\n${output}`);
    }),
  ])) as [{ url: string }];
  return {
    url: answer.url,
    process: child,
    log: () => output,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async terminate() {
      const began = performance.now();
      child.kill('SIGTERM');
      await ended;
      return { exitCode: child.exitCode, milliseconds: performance.now() - began };
    },
  };
}
