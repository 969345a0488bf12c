import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../scripts/build/paths.js';
import { installations } from '../../../src/backend/installations/tables.js';
import { StoreError } from '../../../src/backend/store/errors.js';
import { inspectStore } from '../../../src/backend/store/inspect.js';
import { openStore } from '../../../src/backend/store/open.js';
import { createTestFolder, prepareStores } from '../support/stores.js';

prepareStores(['pglite']);

let place: string;

beforeEach(async () => {
  place = await mkdtemp(path.join(os.tmpdir(), 'pipeline-messenger-folder-'));
});

afterEach(async () => {
  await rm(place, { recursive: true, force: true });
});

async function refusal(dataDir: string): Promise<string> {
  const error: unknown = await openStore({ databaseUrl: undefined, dataDir }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StoreError);
  return (error as Error).message;
}

describe('the store in a folder', { timeout: 120_000 }, () => {
  it('refuses a folder of somebody else, and leaves it alone', async () => {
    await writeFile(path.join(place, 'photos.zip'), 'x');
    expect(await refusal(place)).toContain('it holds "photos.zip". Set DATA_DIR to an empty folder');
    expect(await readdir(place)).toEqual(['photos.zip']);
  });

  it('refuses what is no folder', async () => {
    const file = path.join(place, 'file');
    await writeFile(file, 'x');
    expect(await refusal(file)).toMatch(/cannot be used for the store: it is not a folder/);
    expect(await refusal(path.join(file, 'inside'))).toMatch(
      /cannot be used for the store: it is not a folder/,
    );
  });

  it('refuses the files of another PostgreSQL', async () => {
    const folder = await createTestFolder();
    await writeFile(path.join(folder, 'database/PG_VERSION'), '17\n');
    expect(await refusal(folder)).toContain('was made by PostgreSQL 17, and this version reads 18');
  });

  it('says that a damaged store is damaged, and lets go of its folder', async () => {
    const folder = await createTestFolder();
    await truncate(path.join(folder, 'database/global/pg_control'), 100);
    expect(await refusal(folder)).toMatch(/does not open .*Restore the folder from a copy/);
    expect(await readdir(path.join(folder, 'lock'))).toEqual([]);
    await rm(path.join(folder, 'database'), { recursive: true });
    expect(await refusal(folder)).toContain('is damaged: its database is missing');
  });

  it('begins anew after a first start that was interrupted, and keeps what that has left', async () => {
    await mkdir(path.join(place, 'database/base'), { recursive: true });
    const store = await openStore({ databaseUrl: undefined, dataDir: place });
    await store.ping();
    await store.close();
    expect((await readdir(place)).sort()).toEqual([
      'database',
      expect.stringMatching(/^database-unfinished-\d+$/),
      'lock',
      'ready',
    ]);
  });

  it('is open in one process alone', async () => {
    const folder = await createTestFolder();
    const store = await openStore({ databaseUrl: undefined, dataDir: folder });
    expect(await refusal(folder)).toContain(`in use by another backend (process ${process.pid} on `);
    expect(await inspectStore({ databaseUrl: undefined, dataDir: folder })).toMatchObject({ isFine: false });
    await store.close();
    expect(await inspectStore({ databaseUrl: undefined, dataDir: folder })).toMatchObject({ isFine: true });
  });

  it('has everything that was committed after kill -9', async () => {
    const folder = await createTestFolder();
    const script = path.join(import.meta.dirname, 'support/insert-until-killed.ts');
    let committed = 0;
    for (let round = 0; round < 3; round++) {
      const child = spawn(process.execPath, ['--import', 'tsx', script, folder, String(committed)], {
        cwd: projectRoot,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const closed = once(child, 'close');
      for await (const line of createInterface(child.stdout)) {
        committed = Number(line);
        if (committed >= (round + 1) * 40) child.kill('SIGKILL');
      }
      await closed;
      const store = await openStore({ databaseUrl: undefined, dataDir: folder });
      const kept = await store.db.$count(installations);
      await store.close();
      expect(kept).toBeGreaterThanOrEqual(committed);
      // What was committed and not told any more.
      committed = kept;
    }
  });
});
