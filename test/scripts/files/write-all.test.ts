import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../scripts/cli/errors.js';
import { writeAll } from '../../../scripts/files/write-all.js';

let folder: string;
const at = (...parts: string[]): string => path.join(folder, ...parts);
const text = (file: string): Promise<string> => readFile(file, 'utf8');

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'write-all-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('writeAll', () => {
  it('writes files and folders, and makes the folders above them', async () => {
    await writeAll([
      { path: at('a', 'b', 'file.txt'), content: Buffer.from('file') },
      { path: at('tree'), content: new Map([['deep/er/x.txt', Buffer.from('x')]]) },
    ]);
    expect(await text(at('a', 'b', 'file.txt'))).toBe('file');
    expect(await text(at('tree', 'deep', 'er', 'x.txt'))).toBe('x');
    expect((await readdir(folder)).sort()).toEqual(['a', 'tree']);
  });

  it('replaces a folder whole, so that no older file stays in it', async () => {
    await writeAll([{ path: at('tree'), content: new Map([['old.txt', Buffer.from('old')]]) }]);
    await writeAll([{ path: at('tree'), content: new Map([['new.txt', Buffer.from('new')]]) }]);
    expect(await readdir(at('tree'))).toEqual(['new.txt']);
  });

  it('leaves everything as it was when a later place cannot be written', async () => {
    await writeFile(at('first.txt'), 'before');
    await mkdir(at('tree'));
    await writeFile(at('tree', 'kept.txt'), 'before');
    await writeFile(at('file'), 'a file where a folder is needed');
    const failing = writeAll([
      { path: at('first.txt'), content: Buffer.from('after') },
      { path: at('tree'), content: new Map([['other.txt', Buffer.from('after')]]) },
      { path: at('file', 'below.txt'), content: Buffer.from('after') },
    ]);
    await expect(failing).rejects.toThrow(UserError);
    await expect(failing).rejects.toThrow('a part of the path is a file');
    expect(await text(at('first.txt'))).toBe('before');
    expect(await readdir(at('tree'))).toEqual(['kept.txt']);
    expect((await readdir(folder)).sort()).toEqual(['file', 'first.txt', 'tree']);
  });

  it('takes back what was moved already when a later move fails', async () => {
    await writeFile(at('first.txt'), 'before');
    await mkdir(at('tree'));
    await mkdir(at('taken'));
    const failing = writeAll([
      { path: at('first.txt'), content: Buffer.from('after') },
      { path: at('new.txt'), content: Buffer.from('after') },
      { path: at('tree'), content: new Map([['a.txt', Buffer.from('after')]]) },
      {
        path: at('taken', 'x.txt'),
        content: Buffer.from('after'),
        // The last look is the last moment at which something can get into the way.
        verify: () => mkdir(at('taken', 'x.txt', 'y'), { recursive: true }).then(() => undefined),
      },
      {
        path: at('vanishing', 'z.txt'),
        content: Buffer.from('after'),
        verify: () => rm(at('vanishing'), { recursive: true }),
      },
    ]);
    await expect(failing).rejects.toThrow(UserError);
    expect(await text(at('first.txt'))).toBe('before');
    expect(await readdir(at('tree'))).toEqual([]);
    expect(await readdir(at('taken', 'x.txt'))).toEqual(['y']);
    expect((await readdir(folder)).sort()).toEqual(['first.txt', 'taken', 'tree']);
  });

  it('writes nothing when the last look finds fault', async () => {
    await writeFile(at('first.txt'), 'before');
    const failing = writeAll([
      { path: at('first.txt'), content: Buffer.from('after') },
      {
        path: at('second.txt'),
        content: Buffer.from('after'),
        verify: () => Promise.reject(new Error('a fault')),
      },
    ]);
    await expect(failing).rejects.toThrow('a fault');
    expect(await text(at('first.txt'))).toBe('before');
    expect(await readdir(folder)).toEqual(['first.txt']);
  });

  it('shows the last look the file as it was written', async () => {
    let seen = '';
    await writeAll([
      {
        path: at('file.txt'),
        content: Buffer.from('content'),
        verify: async (staged) => {
          seen = await text(staged);
        },
      },
    ]);
    expect(seen).toBe('content');
  });

  it('sweeps up after a killed process and leaves what a running one is writing', async () => {
    const dead = 2 ** 22 + 1;
    await writeFile(at(`.pipeline-messenger-${dead}-0.new`), 'left behind');
    await writeFile(at(`.pipeline-messenger-${process.ppid}-0.new`), 'being written');
    await writeAll([{ path: at('file.txt'), content: Buffer.from('content') }]);
    expect((await readdir(folder)).sort()).toEqual([`.pipeline-messenger-${process.ppid}-0.new`, 'file.txt']);
  });
});

describe('writeAll, in a place that is not what it seems', () => {
  it('refuses what is neither file nor folder, and writes through a link', async () => {
    await writeFile(at('real.zip'), 'before');
    await symlink(at('real.zip'), at('link.zip'));
    await symlink(at('nowhere'), at('dangling.zip'));
    await writeAll([{ path: at('link.zip'), content: Buffer.from('after') }]);
    expect(await text(at('real.zip'))).toBe('after');
    expect((await lstat(at('link.zip'))).isSymbolicLink()).toBe(true);

    const file = { content: Buffer.from('after') };
    await expect(writeAll([{ path: at('dangling.zip'), ...file }])).rejects.toThrow(
      'a link that leads nowhere',
    );
    await expect(writeAll([{ path: '/dev/null', ...file }])).rejects.toThrow('no regular file');
    await mkdir(at('folder'));
    await expect(writeAll([{ path: at('folder'), ...file }])).rejects.toThrow('it is a folder, not a file');
    expect((await readdir(folder)).sort()).toEqual(['dangling.zip', 'folder', 'link.zip', 'real.zip']);
  });

  it('says that a name is too long, and leaves nothing behind', async () => {
    const name = `${'x'.repeat(300)}.zip`;
    await expect(writeAll([{ path: at(name), content: Buffer.from('') }])).rejects.toThrow(
      'the name is too long',
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('puts everything back when the last place cannot be taken, though it could be written beside', async () => {
    await writeFile(at('first.txt'), 'before');
    await mkdir(at('tree'));
    await writeFile(at('tree', 'kept.txt'), 'before');
    await mkdir(at('last'));
    const failing = writeAll([
      { path: at('first.txt'), content: Buffer.from('after') },
      { path: at('tree'), content: new Map([['other.txt', Buffer.from('after')]]) },
      {
        path: at('last', 'z.txt'),
        content: Buffer.from('after'),
        // A folder with something in it cannot be overwritten by a file.
        verify: async () => {
          await mkdir(at('last', 'z.txt'));
          await writeFile(at('last', 'z.txt', 'y'), '');
        },
      },
    ]);
    await expect(failing).rejects.toThrow(UserError);
    expect(await text(at('first.txt'))).toBe('before');
    expect(await readdir(at('tree'))).toEqual(['kept.txt']);
    expect(await readdir(at('last', 'z.txt'))).toEqual(['y']);
    expect((await readdir(folder)).sort()).toEqual(['first.txt', 'last', 'tree']);
  });
});
