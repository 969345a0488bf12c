import { spawn } from 'node:child_process';
import { cp, link, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../scripts/build/paths.js';

/** What a command left behind when it ended. */
export interface Outcome {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** A copy of the project in a temporary folder, in which commands can be run for real. */
export interface ProjectCopy {
  root: string;
  /** Runs a command of `scripts/` as a process of its own, e.g. `run('pack', ['--dry-run'])`. */
  run(script: string, args?: string[], options?: RunOptions): Promise<Outcome>;
  remove(): Promise<void>;
}

export interface RunOptions {
  env?: NodeJS.ProcessEnv;
  /** Sends this signal as soon as the standard error holds `after`, and `delay` milliseconds on. */
  kill?: { signal: NodeJS.Signals; after: string; delay?: number };
}

const sources = [
  'widget',
  'i18n',
  'templates',
  'src',
  'scripts',
  'package.json',
  'tsconfig.json',
  'webpack.config.js',
];

/** Copies the sources; the packages are linked file by file, so that the copy is a place of its own to webpack. */
export async function copyProject(): Promise<ProjectCopy> {
  const root = await mkdtemp(path.join(tmpdir(), 'pipeline-messenger-'));
  for (const source of sources)
    await cp(path.join(projectRoot, source), path.join(root, source), { recursive: true });
  await linkTree(path.join(projectRoot, 'node_modules'), path.join(root, 'node_modules'));
  return {
    root,
    run: (script, args = [], options = {}) => runScript(root, script, args, options),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

async function linkTree(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.name === '.cache' || entry.name === '.bin') continue;
    if (entry.isDirectory()) await linkTree(source, target);
    else await link(source, target).catch(() => cp(source, target, { verbatimSymlinks: true }));
  }
}

async function runScript(
  root: string,
  script: string,
  args: string[],
  { env, kill }: RunOptions,
): Promise<Outcome> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', path.join(root, 'scripts', `${script}.ts`), ...args],
    {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  let killing = false;
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
    if (kill === undefined || killing || !stderr.includes(kill.after)) return;
    killing = true;
    setTimeout(() => child.kill(kill.signal), kill.delay ?? 0);
  });
  const closed = new Promise<number | null>((resolve, reject) => {
    child.on('close', resolve).on('error', reject);
  });
  return { exitCode: await closed, stdout, stderr };
}
