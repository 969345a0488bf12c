import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';

export interface Outcome {
  /** True when the process ended with 0 within the time. */
  ok: boolean;
  /** Why it was not: what it said, or that it took too long or could not be started. */
  reason: string;
}

/** How long a process may take to end after it was asked to, in milliseconds. */
const gracePeriod = 5_000;

/**
 * Runs a program to its end, without a shell and without input. It never rejects.
 *
 * @param options.timeout in milliseconds; after that the process is ended and the outcome is not ok
 */
export async function run(
  file: string,
  args: readonly string[],
  { env = process.env, timeout }: { env?: NodeJS.ProcessEnv; timeout: number },
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        if (line.trim() !== '') lines.push(stripVTControlCharacters(line).trim());
      });
    }

    let late = false;
    const deadline = setTimeout(() => {
      late = true;
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), gracePeriod).unref();
    }, timeout);

    const end = (outcome: Outcome): void => {
      clearTimeout(deadline);
      child.stdout.destroy();
      child.stderr.destroy();
      resolve(outcome);
    };
    child.on('error', (error) => {
      end({ ok: false, reason: error.message });
    });
    // When the time is over, a grandchild may still hold the pipes open, and "close" would wait for it.
    child.on('exit', () => {
      if (late) end({ ok: false, reason: `it took longer than ${timeout / 1000} s` });
    });
    child.on('close', (code, signal) => {
      if (code === 0) end({ ok: true, reason: '' });
      else end({ ok: false, reason: complaint(lines) ?? `it ended with ${signal ?? code ?? 'nothing'}` });
    });
  });
}

/** The line that names the cause: programs print it first and details or advice after it. */
function complaint(lines: string[]): string | undefined {
  return lines.find((line) => /^(e:|error|fatal)|\berror:/i.test(line)) ?? lines.at(-1);
}
