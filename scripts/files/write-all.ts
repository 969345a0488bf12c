import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { WidgetFiles } from '../archive/files.js';
import { onInterruption } from './interruption.js';
import { removeLeftovers, sibling } from './leftovers.js';
import { finalPlace } from './place.js';
import { moveAll, type Staged } from './move-all.js';
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
 * there, and when one can't be moved the others go back. An interruption leaves everything as it was; only a kill
 * that can't be handled, at the very moment between two moves, could part them. Throws a `UserError` when a place
 * can't be written.
 */
export async function writeAll(targets: Target[]): Promise<void> {
  const leftovers: string[] = [];
  const made: string[] = [];
  const cleanUp = (): void => {
    for (const leftover of leftovers) rmSync(leftover, { recursive: true, force: true });
  };
  const giveUp = (): void => {
    cleanUp();
    for (const folder of made.splice(0).reverse()) removeIfEmpty(folder);
  };
  const stop = onInterruption(giveUp);
  try {
    const staged: Staged[] = [];
    for (const [index, target] of targets.entries()) {
      staged.push(stage(target, index, { leftovers, made }));
      await target.verify?.(sibling(target.path, index, 'new'));
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

function stage(
  { path: wanted, content }: Target,
  index: number,
  { leftovers, made }: { leftovers: string[]; made: string[] },
): Staged {
  try {
    makeFolder(path.dirname(wanted), made);
    removeLeftovers(path.dirname(wanted));
    const isFolder = !Buffer.isBuffer(content);
    const to = finalPlace(wanted, isFolder);
    const from = sibling(wanted, index, 'new');
    const kept = sibling(wanted, index, 'old');
    leftovers.push(from, kept);
    if (isFolder) writeFolder(from, content);
    else writeThrough(from, content, modeOf(to));
    return { to, isFolder, from, kept };
  } catch (error) {
    throw writeError(error, wanted);
  }
}

function writeFolder(folder: string, files: WidgetFiles): void {
  mkdirSync(folder);
  for (const [name, bytes] of files) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}

/** Onto the disk at once: else the move, which some file systems hold up for that, would take milliseconds. */
function writeThrough(file: string, content: Buffer, mode: number | undefined): void {
  const descriptor = openSync(file, 'w');
  try {
    writeFileSync(descriptor, content);
    if (mode !== undefined) fchmodSync(descriptor, mode);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Who may do what with the file that is replaced; `undefined` when there is none. */
function modeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mode;
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
