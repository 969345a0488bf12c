import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StoreError } from './errors.js';
import { type FolderLock, lockFolder } from './folder-lock.js';

/** A folder that this process holds, with PGlite's files inside. */
export interface PgliteFolder {
  /** For PGlite. */
  readonly database: string;
  /** Says that its tables have been made: from here on it is a store. */
  markReady(): Promise<void>;
  release(): Promise<void>;
}

/** The major version of PostgreSQL that PGlite is, and whose files it reads. */
const postgresVersion = '18';

/**
 * Takes a folder for the store. Inside are `database` for PGlite, `lock`, and `ready`, which tells a store from what an
 * interrupted first start has left behind. Throws a {@link StoreError} for a folder of somebody else.
 */
export async function takeFolder(dataDir: string): Promise<PgliteFolder> {
  const folder = path.resolve(dataDir);
  const database = path.join(folder, 'database');
  const ready = path.join(folder, 'ready');
  let lock: FolderLock;
  try {
    await mkdir(folder, { recursive: true });
    await refuseForeign(folder);
    lock = await lockFolder(path.join(folder, 'lock'));
  } catch (error) {
    throw error instanceof StoreError ? error : new StoreError(unusable(folder, error), { cause: error });
  }
  try {
    if (await exists(ready)) await refuseOtherVersion(folder, database);
    else if (await exists(database)) await rename(database, `${database}-unfinished-${Date.now()}`);
  } catch (error) {
    await lock.release();
    throw error;
  }
  return {
    database,
    markReady: () => writeFile(ready, `PostgreSQL ${postgresVersion}\n`),
    release: () => lock.release(),
  };
}

/** Beside our own names, what the system puts into a volume. */
const ownNames = /^(database(-unfinished-\d+)?|lock|ready|lost\+found)$/;

async function refuseForeign(folder: string): Promise<void> {
  const foreign = (await readdir(folder)).find((name) => !ownNames.test(name) && !name.startsWith('.'));
  if (foreign === undefined) return;
  throw new StoreError(
    `The folder ${folder} is not a store of this backend: it holds "${foreign}". Set DATA_DIR to an empty folder or to one that the backend has made.`,
  );
}

async function refuseOtherVersion(folder: string, database: string): Promise<void> {
  const version = (await readFile(path.join(database, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (version === postgresVersion) return;
  throw new StoreError(
    version === ''
      ? `The store in ${folder} is damaged: its database is missing. ${restore}`
      : `The store in ${folder} was made by PostgreSQL ${version.slice(0, 10)}, and this version reads ${postgresVersion}. Run the version of the backend that made it.`,
  );
}

/** What to do about a store that does not open. */
export const restore = 'Restore the folder from a copy, or move it away to begin with an empty store.';

function unusable(folder: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    EACCES: 'this user may not write there',
    EPERM: 'this user may not write there',
    EROFS: 'its file system is read-only',
    ENOTDIR: 'it is not a folder',
    EEXIST: 'it is not a folder',
    ENOSPC: 'the disk is full',
  };
  return `The folder ${folder} cannot be used for the store: ${reasons[code ?? ''] ?? message}. Set DATA_DIR to a folder that can be written.`;
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}
