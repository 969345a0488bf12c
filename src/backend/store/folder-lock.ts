import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreError } from './errors.js';
import { isRunning, ownIdentity, type ProcessIdentity } from './process-identity.js';

export interface FolderLock {
  release(): Promise<void>;
}

/** Whether a claim is held by a process that lives, as far as can be told. */
interface Claim extends ProcessIdentity {
  readonly name: string;
  readonly since: string;
  readonly isHeld: boolean;
}

/** Milliseconds between two signs of life, and those after which one without any is dead. */
const beat = 5000;
const silence = 30_000;

/**
 * Takes a folder for this process alone; throws a {@link StoreError} that names the holder where there is one. What a
 * dead process has left is taken over.
 *
 * Each process lays down a claim under a name of its own, which nobody else ever has, so that the claim of a dead one
 * can be removed without a race. It holds the folder once it has seen no other claim after laying down its own:
 *
 * | another living claim | this one                                                        |
 * | -------------------- | --------------------------------------------------------------- |
 * | holds the folder     | gives up                                                        |
 * | wants it, name lower | gives up                                                        |
 * | wants it, name higher| waits until that one has given up or, if it was first, holds it |
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const name = randomUUID();
  const claim = path.join(folder, name);
  const since = new Date().toISOString();
  await mkdir(folder, { recursive: true });
  // Under its name it is whole from the first moment.
  await writeFile(path.join(folder, `.${name}`), JSON.stringify({ ...(await ownIdentity()), since }));
  await rename(path.join(folder, `.${name}`), claim);
  const release = async (): Promise<void> => {
    clearInterval(beating);
    await rm(claim, { force: true });
    await rm(heldMark(claim), { force: true });
  };
  const beating = setInterval(() => {
    utimes(claim, new Date(), new Date()).catch(() => undefined);
  }, beat);
  beating.unref();
  try {
    await waitForTurn(folder, name);
    await writeFile(heldMark(claim), '');
    return { release };
  } catch (error) {
    await release();
    throw error;
  }
}

async function waitForTurn(folder: string, name: string): Promise<void> {
  for (;;) {
    const others = (await livingClaims(folder)).filter((claim) => claim.name !== name);
    const stronger = others.find((claim) => claim.isHeld || claim.name < name);
    if (stronger !== undefined) throw new StoreError(refusal(path.dirname(folder), stronger));
    if (others.length === 0) return;
    await pause(20);
  }
}

function refusal(folder: string, { pid, host, since }: Claim): string {
  return `The folder ${folder} is in use by another backend (process ${pid} on ${host}, since ${since}). Stop that one, choose another DATA_DIR, or set DATABASE_URL to let several share a PostgreSQL.`;
}

async function livingClaims(folder: string): Promise<Claim[]> {
  const names = await readdir(folder);
  const claims: Claim[] = [];
  for (const name of names.filter((one) => /^[0-9a-f-]{36}$/.test(one))) {
    const file = path.join(folder, name);
    const claim = await readClaim(file);
    if (claim === undefined) continue;
    if (await isAlive(claim, file)) {
      // Asked anew: it may have come to hold the folder since the list was read.
      const isHeld = (await stat(heldMark(file)).catch(() => undefined)) !== undefined;
      claims.push({ ...claim, name, isHeld });
    } else {
      await rm(file, { force: true });
      await rm(heldMark(file), { force: true });
    }
  }
  return claims;
}

async function readClaim(file: string): Promise<Omit<Claim, 'name' | 'isHeld'> | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Omit<Claim, 'name' | 'isHeld'>;
  } catch {
    // Cut off by a full disk or a crash of the machine: nobody's.
    await rm(file, { force: true });
    return undefined;
  }
}

async function isAlive(identity: ProcessIdentity, file: string): Promise<boolean> {
  const known = await isRunning(identity);
  if (known !== undefined) return known;
  const lastBeat = (await stat(file).catch(() => undefined))?.mtimeMs;
  return lastBeat !== undefined && Date.now() - lastBeat < silence;
}

function heldMark(claim: string): string {
  return `${claim}.held`;
}
