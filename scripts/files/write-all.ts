import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { WidgetFiles } from '../archive/files.js';
import { writeError } from './write-error.js';

export interface Target {
  path: string;
  /** The content of a file, or the files of a folder, which replaces all that was in it. */
  content: Buffer | WidgetFiles;
  /** A last look at what was written, beside its place. What it throws stops everything. */
  verify?: (staged: string) => Promise<void>;
}

/**
 * Writes files and folders, all or none. Each is written in full beside its place first; then all are moved
 * there, and when one can't be moved the others go back. An interruption leaves everything as it was. Throws a
 * `UserError` when a place can't be written.
 */
export async function writeAll(targets: Target[]): Promise<void> {
  const staged = targets.map((target) => ({
    ...target,
    from: sibling(target.path, 'new'),
    kept: sibling(target.path, 'old'),
  }));
  const leftovers: string[] = [];
  const cleanUp = (): void => {
    for (const leftover of leftovers) rmSync(leftover, { recursive: true, force: true });
  };
  const made: string[] = [];
  const giveUp = (): void => {
    cleanUp();
    for (const folder of made.splice(0).reverse()) removeIfEmpty(folder);
  };
  const stop = onInterruption(giveUp);
  try {
    for (const { path: to, content, from, kept, verify } of staged) {
      attempt(to, () => {
        makeFolder(path.dirname(to), made);
        removeLeftovers(to);
        refuseOtherKind(to, content);
        leftovers.push(from, kept);
        stage(from, content);
      });
      await verify?.(from);
    }
    // Synchronous, so that no signal handler runs half-way.
    moveAll(staged);
  } catch (error) {
    giveUp();
    throw error;
  } finally {
    cleanUp();
    stop();
  }
}

/** Node's own recursive `mkdir` never returns on Linux for a folder below `/proc`, so this goes step by step. */
function makeFolder(folder: string, made: string[]): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder), made);
  mkdirSync(folder);
  made.push(folder);
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody else has put something into it since.
  }
}

/** Beside the place, hence on the same disk; hidden, so that nobody takes it for the thing itself. */
function sibling(target: string, role: 'new' | 'old'): string {
  return path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.${role}`);
}

function stage(from: string, content: Target['content']): void {
  if (Buffer.isBuffer(content)) {
    writeThrough(from, content);
    return;
  }
  mkdirSync(from);
  for (const [name, bytes] of content) {
    const file = path.join(from, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}

/** Onto the disk at once: else the move, which some file systems hold up for that, would take milliseconds. */
function writeThrough(file: string, content: Buffer): void {
  const descriptor = openSync(file, 'w');
  try {
    writeFileSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A file never takes the place of a folder, nor a folder that of a file: that place was meant for something else. */
function refuseOtherKind(to: string, content: Target['content']): void {
  if (!existsSync(to) || statSync(to).isDirectory() !== Buffer.isBuffer(content)) return;
  throw Object.assign(new Error(to), { code: Buffer.isBuffer(content) ? 'EISDIR' : 'ENOTDIR' });
}

interface Staged extends Target {
  from: string;
  kept: string;
}

/** What can take long happens before the first move, so that a killed process hardly ever stops between two. */
function moveAll(staged: Staged[]): void {
  const undo: (() => void)[] = [];
  for (const { path: to, content, kept } of staged) {
    attempt(to, () => {
      refuseOtherKind(to, content);
      if (Buffer.isBuffer(content) && existsSync(to)) copyFileSync(to, kept);
    });
  }
  try {
    for (const { path: to, content, from, kept } of staged) {
      attempt(to, () => {
        const before = existsSync(to);
        // A folder can't be replaced in one step; the place of a file is never empty.
        if (before && !Buffer.isBuffer(content)) renameSync(to, kept);
        undo.unshift(() => {
          if (!before || !Buffer.isBuffer(content)) rmSync(to, { recursive: true, force: true });
          if (before) renameSync(kept, to);
        });
        renameSync(from, to);
      });
    }
  } catch (error) {
    for (const step of undo) step();
    throw error;
  }
}

function attempt(file: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw writeError(error, file);
  }
}

/** What a killed process left beside the place; that of a process which still runs is its own. */
function removeLeftovers(target: string): void {
  const folder = path.dirname(target);
  const prefix = `.${path.basename(target)}.`;
  for (const name of readdirSync(folder)) {
    const pid = name.startsWith(prefix)
      ? /^(\d+)\.(?:new|old)$/.exec(name.slice(prefix.length))?.[1]
      : undefined;
    if (pid !== undefined && !isRunning(Number(pid)))
      rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Cleans up before a signal ends the process. Returns what takes the handlers away. */
function onInterruption(cleanUp: () => void): () => void {
  const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  const handlers = Object.entries(signals).map(([signal, exitCode]) => {
    const handler = (): void => {
      cleanUp();
      process.exit(exitCode);
    };
    process.on(signal, handler);
    return () => process.off(signal, handler);
  });
  return () => {
    for (const remove of handlers) remove();
  };
}
