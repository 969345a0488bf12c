import { readFile, readlink } from 'node:fs/promises';
import os from 'node:os';

/** What tells a process from every other one, also from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** The machine since its last start and, within it, the space in which process numbers count. */
  readonly machine: string;
  /** Ticks from the start of the machine to that of the process; null where the system does not say. */
  readonly started: string | null;
}

export async function ownIdentity(): Promise<ProcessIdentity> {
  return {
    pid: process.pid,
    host: os.hostname(),
    machine: await machine(),
    started: (await startOf(process.pid)) ?? null,
  };
}

/** Whether that process runs; undefined when it cannot be told from here, as for one in another container. */
export async function isRunning({
  pid,
  machine: where,
  started,
}: ProcessIdentity): Promise<boolean | undefined> {
  if (where !== (await machine())) return undefined;
  if (!exists(pid)) return false;
  const now = await startOf(pid);
  // It may be another process that was given the number since.
  return started === null || now === undefined ? undefined : now === started;
}

async function machine(): Promise<string> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => os.hostname());
  const space = await readlink('/proc/self/ns/pid').catch(() => '');
  return `${boot.trim()} ${space}`.trim();
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal, but there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function startOf(pid: number): Promise<string | undefined> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The name in brackets may hold anything; the start is the 20th value after it. A dead one that nobody has
  // waited for (Z) still has a number.
  const fields = status?.slice(status.lastIndexOf(')') + 2).split(' ');
  return fields?.[0] === 'Z' ? 'ended' : fields?.[19];
}
