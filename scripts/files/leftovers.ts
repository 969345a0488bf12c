import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const pattern = /^\.pipeline-messenger-(\d+)-\d+\.(?:new|old)$/;

/**
 * Where something waits beside its place, hence mostly on the same disk; hidden, so that nobody takes it for the
 * thing itself. Its name is short whatever the other's length.
 */
export function sibling(target: string, index: number, role: 'new' | 'old'): string {
  return path.join(path.dirname(target), `.pipeline-messenger-${process.pid}-${index}.${role}`);
}

/** Removes what a killed process left in a folder; that of a process which still runs is its own. */
export function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = pattern.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) {
      rmSync(path.join(folder, name), { recursive: true, force: true });
    }
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
