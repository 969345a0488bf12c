import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../../../src/backend/store/folder-lock.js';
import { ownIdentity } from '../../../src/backend/store/process-identity.js';

let place: string;
let folder: string;
let script: string;
const started: ChildProcessWithoutNullStreams[] = [];

beforeAll(async () => {
  // Built once: twenty processes start at the same moment only when each is quick.
  script = path.join(await mkdtemp(path.join(os.tmpdir(), 'pipeline-messenger-lock-')), 'hold.mjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'support/hold-folder.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
});

afterAll(async () => {
  await rm(path.dirname(script), { recursive: true, force: true });
});

beforeEach(async () => {
  place = await mkdtemp(path.join(os.tmpdir(), 'pipeline-messenger-lock-'));
  folder = path.join(place, 'lock');
});

afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  await rm(place, { recursive: true, force: true });
});

interface Holder {
  child: ChildProcessWithoutNullStreams;
  said: string;
}

async function start(): Promise<Holder> {
  const child = spawn(process.execPath, [script, folder]);
  started.push(child);
  const [said] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, said };
}

async function end(child: ChildProcessWithoutNullStreams, how: 'kill' | 'release'): Promise<void> {
  const closed = once(child, 'close');
  if (how === 'kill') child.kill('SIGKILL');
  else child.stdin.end();
  await closed;
}

describe('the lock of a folder', { timeout: 60_000 }, () => {
  it('is held by one process, and tells the other who has it', async () => {
    const holder = await start();
    expect(holder.said).toBe('held');
    await expect(lockFolder(folder)).rejects.toThrow(
      new RegExp(
        `^The folder ${place} is in use by another backend \\(process ${holder.child.pid} on .+, since 2.+Z\\)`,
      ),
    );
    expect((await start()).said).toContain(`process ${holder.child.pid}`);
  });

  it.each(['kill', 'release'] as const)('is free after its holder has ended (%s)', async (how) => {
    await end((await start()).child, how);
    const lock = await lockFolder(folder);
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('goes to exactly one of many that start at once, over and over', async () => {
    for (let round = 0; round < 4; round++) {
      const all = await Promise.all(Array.from({ length: 12 }, start));
      const holders = all.filter(({ said }) => said === 'held');
      expect(holders).toHaveLength(1);
      // Some leave a claim of a dead process behind, for the next round to clear up.
      await Promise.all(holders.map(({ child }) => end(child, 'kill')));
    }
    expect((await start()).said).toBe('held');
  });

  it('is taken over when another process has the number of the dead one', async () => {
    const name = randomUUID();
    await end((await start()).child, 'kill');
    await rm(folder, { recursive: true });
    await (await lockFolder(folder)).release();
    const claim = { ...(await ownIdentity()), started: '1', since: new Date().toISOString() };
    await writeFile(path.join(folder, name), JSON.stringify(claim));
    await writeFile(path.join(folder, `${name}.held`), '');
    await (await lockFolder(folder)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is not taken from a process of another machine that gives signs of life, and is from a silent one', async () => {
    const name = randomUUID();
    await (await lockFolder(folder)).release();
    const claim = { ...(await ownIdentity()), machine: 'another', host: 'elsewhere', since: 'then' };
    const file = path.join(folder, name);
    await writeFile(file, JSON.stringify(claim));
    await writeFile(`${file}.held`, '');
    await expect(lockFolder(folder)).rejects.toThrow('on elsewhere, since then');
    const { utimes } = await import('node:fs/promises');
    const long = new Date(Date.now() - 60_000);
    await utimes(file, long, long);
    await (await lockFolder(folder)).release();
  });

  it('ignores a claim that was cut off', async () => {
    await (await lockFolder(folder)).release();
    const file = path.join(folder, randomUUID());
    await writeFile(file, '{"pid":');
    await (await lockFolder(folder)).release();
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });
});
