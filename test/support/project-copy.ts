import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, link, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { projectRoot } from '../../scripts/build/paths.js';
import { fakeTerminal } from './fake-terminal.js';

/** What a command left behind when it ended. */
export interface Outcome {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** A command that goes on until it is stopped. */
export interface Running {
  /** Resolves with the first match in what it prints, or has printed; `fromNowOn` leaves out the latter. */
  output(pattern: RegExp, options?: { fromNowOn?: boolean }): Promise<RegExpExecArray>;
  readonly pid: number;
  /** Types into its terminal; only for one that was started in a terminal. */
  press(keys: string): void;
  /** Resolves when it ends by itself. */
  readonly ended: Promise<Outcome>;
  /** Sends SIGTERM, once, and waits for the end. */
  stop(): Promise<Outcome>;
}

/** A copy of the project in a temporary folder, in which commands can be run for real. */
export interface ProjectCopy {
  root: string;
  /** Runs a command of `scripts/` as a process of its own, e.g. `run('pack', ['--dry-run'])`. */
  run(script: string, args?: string[], options?: RunOptions): Promise<Outcome>;
  start(script: string, args?: string[]): Running;
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
    run: (script, args = [], options = {}) => runIn(root, script, args, options),
    start: (script, args = []) => startIn(root, script, args),
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

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

export interface StartOptions {
  env?: NodeJS.ProcessEnv;
  /** Whether its standard streams are a terminal's. A real one would take an addon or a program that may not be there. */
  inTerminal?: boolean;
}

function spawnScript(
  root: string,
  script: string,
  args: string[],
  { env = {}, inTerminal = false }: StartOptions = {},
): Child {
  const imports = inTerminal ? ['--import', fakeTerminal] : [];
  const child = spawn(process.execPath, [...imports, ...commandLine(root, script), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  if (!inTerminal) child.stdin.end();
  child.stdout.setEncoding('utf8');
  child.stderr.setEncoding('utf8');
  return child;
}

/** As `package.json` starts it: from a bundle, or from its sources. */
function commandLine(root: string, script: string): string[] {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
  };
  return Object.values(scripts).includes(`node scripts/run.mjs ${script}`)
    ? [path.join(root, 'scripts/run.mjs'), script]
    : ['--import', 'tsx', path.join(root, 'scripts', `${script}.ts`)];
}

/** Collects what a process prints until it ends. */
async function outcomeOf(child: Child): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: string) => (stdout += chunk));
  child.stderr.on('data', (chunk: string) => (stderr += chunk));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('close', resolve).on('error', reject);
  });
  return { exitCode, stdout, stderr };
}

/** Runs a command of the project in this folder; it should not write there. */
export async function runIn(
  root: string,
  script: string,
  args: string[] = [],
  { env, kill }: RunOptions = {},
): Promise<Outcome> {
  const child = spawnScript(root, script, args, env === undefined ? {} : { env });
  if (kill !== undefined) {
    void waitFor(child, new RegExp(kill.after)).then(
      () => setTimeout(() => child.kill(kill.signal), kill.delay ?? 0),
      () => undefined,
    );
  }
  return outcomeOf(child);
}

/** Starts a command of the project in this folder that goes on until it is stopped. */
export function startIn(
  root: string,
  script: string,
  args: string[] = [],
  options: StartOptions = {},
): Running {
  const child = spawnScript(root, script, args, options);
  const ended = outcomeOf(child);
  let printed = '';
  const collect = (chunk: string): void => {
    printed += chunk;
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return {
    pid: child.pid ?? Number.NaN,
    output: (pattern, { fromNowOn = false } = {}) => waitFor(child, pattern, fromNowOn ? '' : printed),
    press(keys) {
      child.stdin.write(keys);
    },
    ended,
    stop() {
      if (child.exitCode === null) child.kill('SIGTERM');
      return ended;
    },
  };
}

/** The first match in what a process prints, after `printed`. Rejects when the process ends without one. */
function waitFor(child: Child, pattern: RegExp, printed = ''): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = printed;
    const leave = (): void => {
      for (const stream of [child.stdout, child.stderr]) stream.off('data', look);
      child.off('close', onClose);
    };
    const look = (chunk: string): void => {
      text += chunk;
      const match = pattern.exec(text);
      if (match === null) return;
      leave();
      resolve(match);
    };
    const onClose = (): void => {
      reject(new Error(`The process ended without printing ${String(pattern)}:\n${text}`));
    };
    for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
    child.on('close', onClose);
    look('');
  });
}
