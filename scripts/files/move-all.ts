import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { writeError } from './write-error.js';

export interface Staged {
  to: string;
  isFolder: boolean;
  /** What is finished, and where that which it replaces is kept meanwhile. */
  from: string;
  kept: string;
}

/**
 * Moves all to their places, or none: when one can't be moved, those before it go back. What can take long happens
 * before the first move, so that a killed process hardly ever stops between two.
 */
export function moveAll(staged: Staged[]): void {
  const undo: (() => void)[] = [];
  for (const { to, isFolder, kept } of staged) {
    attempt(to, () => {
      if (!isFolder && existsSync(to)) copyFileSync(to, kept);
    });
  }
  try {
    for (const one of staged) {
      attempt(one.to, () => {
        move(one, undo);
      });
    }
  } catch (error) {
    for (const step of undo.reverse()) tryTo(step);
    throw error;
  }
}

/** Notes for each step that is done what takes it back. */
function move({ to, isFolder, from, kept }: Staged, undo: (() => void)[]): void {
  const replaces = existsSync(to);
  if (isFolder && replaces) {
    renameSync(to, kept);
    undo.push(() => {
      renameSync(kept, to);
    });
  }
  renameSync(from, to);
  undo.push(() => {
    // A file is overwritten by its copy in one step; its place is never empty.
    if (!isFolder && replaces) renameSync(kept, to);
    else rmSync(to, { recursive: true, force: true });
  });
}

/** One step back that fails must not keep the others from being taken. */
function tryTo(step: () => void): void {
  try {
    step();
  } catch {
    // The first failure is the one to report.
  }
}

function attempt(file: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw writeError(error, file);
  }
}
