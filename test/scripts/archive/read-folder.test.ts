import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readFolder } from '../../../scripts/archive/read-folder.js';
import { temporaryFolder } from '../../support/widget-folder.js';

const limits = { totalBytes: 100, fileBytes: 50, entries: 5 };

describe('readFolder', () => {
  it('reads files below with forward slashes and in code-unit order', async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, 'images/empty'), { recursive: true });
    await writeFile(path.join(folder, 'images/a.png'), 'a');
    await writeFile(path.join(folder, 'images.txt'), 'b');
    await writeFile(path.join(folder, 'Z.txt'), 'c');

    const { files, problems, complete } = await readFolder(folder);

    expect([...files].map(([name, content]) => [name, content.toString()])).toEqual([
      ['Z.txt', 'c'],
      ['images.txt', 'b'],
      ['images/a.png', 'a'],
    ]);
    expect(problems).toEqual([]);
    expect(complete).toBe(true);
  });

  it('follows no symbolic link, so that loops and other folders stay outside', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'file'), 'x');
    await symlink(folder, path.join(folder, 'loop'));
    await symlink('/etc', path.join(folder, 'outside'));
    await symlink('nowhere', path.join(folder, 'broken'));

    const { files, problems } = await readFolder(folder);

    expect(problems.map(({ kind, file }) => `${kind} ${file ?? ''}`)).toEqual([
      'symlink broken',
      'symlink loop',
      'symlink outside',
    ]);
    expect([...files.keys()]).toEqual(['file']);
  });

  it('does not wait for a named pipe', async () => {
    const folder = await temporaryFolder();
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);

    expect((await readFolder(folder)).problems).toEqual([
      { kind: 'special-file', file: 'pipe', found: 'a named pipe' },
    ]);
  });

  it('names a folder that the system does not let it open', async () => {
    const folder = await temporaryFolder();
    const name = 'x'.repeat(250);
    onTestFinished(() => {
      execFileSync('rm', ['-rf', folder]);
    });
    execFileSync('bash', ['-c', `for i in {1..18}; do mkdir ${name} && cd ${name} || exit; done`], {
      cwd: folder,
    });

    const { problems, complete } = await readFolder(folder);

    expect(problems).toMatchObject([{ kind: 'unreadable', found: 'ENAMETOOLONG' }]);
    expect(complete).toBe(true);
  });

  it('names what an archive could not hold', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'a\\b.txt'), 'x');

    expect((await readFolder(folder)).problems).toMatchObject([{ kind: 'backslash-name', file: 'a\\b.txt' }]);
  });

  it('stops at the limits', async () => {
    const large = await temporaryFolder();
    for (const name of ['a', 'b', 'c']) await writeFile(path.join(large, name), 'x'.repeat(40));
    await writeFile(path.join(large, 'aa'), 'x'.repeat(60));
    const many = await temporaryFolder();
    for (let index = 0; index < 6; index += 1) await writeFile(path.join(many, `${index}`), '');

    const [first, second] = [await readFolder(large, { limits }), await readFolder(many, { limits })];

    expect(first.problems.map(({ kind }) => kind)).toEqual(['file-too-large', 'too-large']);
    expect(second.problems.map(({ kind }) => kind)).toEqual(['too-many-entries']);
    expect([first.complete, second.complete]).toEqual([false, false]);
  });

  it('throws what the system says when there is no such folder', async () => {
    await expect(readFolder(path.join(await temporaryFolder(), 'nowhere'))).rejects.toThrow('ENOENT');
  });
});
