import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { projectRoot } from '../build/paths.js';

/** The median of what several runs report, in milliseconds. */
export async function median(runs: number, run: () => Promise<number>): Promise<number> {
  const figures: number[] = [];
  for (let index = 0; index < runs; index += 1) figures.push(await run());
  figures.sort((a, b) => a - b);
  return figures[Math.floor(figures.length / 2)] ?? Number.NaN;
}

/** Runs a command of `scripts/` as a whole process, as `npm run` starts it. Milliseconds from start to end. */
export async function runScript(script: string, args: string[] = []): Promise<number> {
  const started = performance.now();
  const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
    cwd: projectRoot,
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: path.sep === '\\',
  });
  const [exitCode, complaint] = await Promise.all([
    new Promise<number | null>((resolve, reject) => {
      child.on('close', resolve).on('error', reject);
    }),
    text(child.stderr),
  ]);
  if (exitCode !== 0) throw new Error(`npm run ${script} ended with ${String(exitCode)}:\n${complaint}`);
  return performance.now() - started;
}
