import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { deflateRawSync } from 'node:zlib';
import { ZipArchive } from 'archiver';
import { describe, expect, it } from 'vitest';
import { readZip } from '../../../scripts/archive/read-zip.js';
import { type RawEntry, rawZip } from '../../support/raw-zip.js';
import { temporaryFolder } from '../../support/widget-folder.js';

const limits = { totalBytes: 40_000, fileBytes: 10_000, entries: 20 };
const text = (content: string): Buffer => Buffer.from(content, 'utf8');
const good: RawEntry = { name: 'good.txt', data: text('good') };

describe('readZip', () => {
  it('reads what another program packed, folders left out, in code-unit order', async () => {
    const file = path.join(await temporaryFolder(), 'a.zip');
    const archive = new ZipArchive({ zlib: { level: 9 } });
    archive.append('', { name: 'images/' });
    archive.append('small', { name: 'i18n/en.json' });
    archive.append('big', { name: 'Z.txt', store: true });
    const written = pipeline(archive, createWriteStream(file));
    await archive.finalize();
    await written;

    const { files, problems, complete } = await readZip(await readFile(file));

    expect([...files].map(([name, content]) => [name, content.toString()])).toEqual([
      ['Z.txt', 'big'],
      ['i18n/en.json', 'small'],
    ]);
    expect(problems).toEqual([]);
    expect(complete).toBe(true);
  });

  it.each([
    ['that is a text file', text('manifest.json, but not packed'), 'not-a-zip'],
    ['that is empty', Buffer.alloc(0), 'not-a-zip'],
    ['that is cut off in the middle', rawZip([good, { ...good, name: 'b' }]).subarray(0, 60), 'damaged'],
    ['that lost its end', rawZip([good]).subarray(0, -10), 'damaged'],
  ])('stops at an archive %s', async (_what, bytes, kind) => {
    const { files, problems, complete } = await readZip(bytes);

    expect(problems).toMatchObject([{ kind }]);
    expect(files.size).toBe(0);
    expect(complete).toBe(false);
  });

  it.each([
    ['wrong checksum', { crc32: 1 }],
    ['wrong size', { size: 3 }],
    ['bytes that cannot be inflated', { deflated: Buffer.from('ffffffff', 'hex') }],
  ])('stops at an entry with a %s', async (_what, stored) => {
    const { problems, complete } = await readZip(rawZip([{ name: 'a.txt', data: text('good'), stored }]));

    expect(problems).toMatchObject([{ kind: 'damaged', file: 'a.txt' }]);
    expect(complete).toBe(false);
  });

  it.each([
    ['../evil.js', 'leaves the archive'],
    ['images/../../evil.js', 'leaves the archive'],
    ['/etc/evil', 'absolute'],
    ['C:/evil', 'drive letter'],
    ['..\\evil.js', 'leaves the archive'],
    ['a\u202Egnp.js', 'direction of writing'],
    ['a\u2066b', 'direction of writing'],
    ['./script.js', '"." step'],
    ['a//b', '"." step'],
    ['a\u0000b', 'control character'],
    [Buffer.from('caf\xe9', 'latin1'), 'not UTF-8'],
  ])('leaves out the name %s and reads on', async (name, reason) => {
    const { files, problems, complete } = await readZip(rawZip([{ name, data: text('evil') }, good]));

    expect(problems).toMatchObject([
      { kind: 'unsafe-name', found: expect.stringContaining(reason) as string },
    ]);
    expect([...files.keys()]).toEqual(['good.txt']);
    expect(complete).toBe(true);
  });

  it('keeps the first of two entries with one name', async () => {
    const { files, problems } = await readZip(rawZip([good, { name: 'good.txt', data: text('evil') }]));

    expect(problems).toMatchObject([{ kind: 'duplicate-name', file: 'good.txt' }]);
    expect(files.get('good.txt')?.toString()).toBe('good');
  });

  it('reads names with backslashes as what they mean, and says once that they are there', async () => {
    const names = ['i18n\\', 'i18n\\en.json', 'images\\logo.png', 'script.js'];
    const { files, problems, complete } = await readZip(
      rawZip(names.map((name) => ({ name, data: name.endsWith('\\') ? Buffer.alloc(0) : text(name) }))),
    );

    expect([...files.keys()]).toEqual(['i18n/en.json', 'images/logo.png', 'script.js']);
    expect(problems).toEqual([{ kind: 'backslash-name', file: 'i18n\\', found: 'i18n\\ and 2 more' }]);
    expect(complete).toBe(true);
  });

  it('leaves out an entry whose own header has another name', async () => {
    const { files, problems } = await readZip(
      rawZip([{ ...good, name: 'script.js', stored: { localName: 'evil.js' } }, good]),
    );

    expect(problems).toEqual([{ kind: 'different-name', file: 'script.js', found: 'evil.js' }]);
    expect([...files.keys()]).toEqual(['good.txt']);
  });

  it.each([
    [
      'by its files',
      [good, { name: 'good.txt!', data: text('x') }, { name: 'good.txt/inner', data: text('x') }],
    ],
    ['by an empty folder', [good, { name: 'good.txt/' }]],
  ])('names a file that is a folder as well, %s', async (_how, entries) => {
    const { problems } = await readZip(rawZip(entries));

    expect(problems).toMatchObject([{ kind: 'file-and-folder', file: 'good.txt' }]);
  });

  it.each([
    [12, 'bzip2'],
    [14, 'LZMA'],
    [77, 'method 77'],
  ])('leaves out what is compressed by the method %i and reads on', async (method, found) => {
    const { files, problems, complete } = await readZip(
      rawZip([{ name: 'a.txt', data: text('a'), stored: { method } }, good]),
    );

    expect(problems).toEqual([{ kind: 'unsupported-compression', file: 'a.txt', found }]);
    expect([...files.keys()]).toEqual(['good.txt']);
    expect(complete).toBe(true);
  });

  it('leaves out symbolic links and stops at encrypted entries', async () => {
    const link = { name: 'link', data: text('/etc/passwd'), stored: { unixMode: 0o120777 } };
    const locked = { name: 'locked', data: text('x'), stored: { flags: 0x0801 } };
    const { files, problems, complete } = await readZip(rawZip([link, good, locked]));

    expect(problems.map(({ kind, file }) => [kind, file])).toEqual([
      ['symlink', 'link'],
      ['encrypted', 'locked'],
    ]);
    expect([...files.keys()]).toEqual(['good.txt']);
    expect(complete).toBe(false);
  });

  it('stops inflating an entry at the limit, whatever size it claims', async () => {
    const bomb = Buffer.alloc(200 * 1024 * 1024);
    const deflated = deflateRawSync(bomb);
    expect(deflated.byteLength).toBeLessThan(250_000);
    const honest = rawZip([
      { name: 'bomb', data: Buffer.alloc(0), stored: { deflated, size: bomb.byteLength } },
    ]);
    const modest = rawZip([{ name: 'bomb', data: Buffer.alloc(0), stored: { deflated, size: 10 } }]);

    const [first, second] = [await readZip(honest), await readZip(modest)];

    expect(first.problems).toMatchObject([{ kind: 'file-too-large', file: 'bomb' }]);
    expect(second.problems).toMatchObject([{ kind: 'damaged', file: 'bomb' }]);
    expect(first.files.size + second.files.size).toBe(0);
  });

  it('stops when all files together are too large, or too many', async () => {
    const file = (name: string, size: number): RawEntry => ({ name, data: Buffer.alloc(size, name) });
    const large = await readZip(rawZip(Array.from({ length: 9 }, (_item, index) => file(`${index}`, 9000))), {
      limits,
    });
    const many = await readZip(rawZip(Array.from({ length: 21 }, (_item, index) => file(`${index}`, 1))), {
      limits,
    });
    const heavy = await readZip(Buffer.alloc(50_000), { limits });

    expect(large.problems).toMatchObject([{ kind: 'too-large', file: null }]);
    expect(many.problems).toMatchObject([{ kind: 'too-many-entries', file: null }]);
    expect(heavy.problems).toMatchObject([{ kind: 'too-large', file: null }]);
    expect([large, many, heavy].map(({ complete }) => complete)).toEqual([false, false, false]);
  });

  it('gives up on a row of entries that are too large each, without inflating all of them', async () => {
    const entries = Array.from({ length: 15 }, (_item, index) => ({
      name: `${index}`,
      data: Buffer.alloc(20_000),
    }));
    const { problems, complete } = await readZip(rawZip(entries), { limits });

    expect(problems.length).toBeLessThanOrEqual(5);
    expect(problems.at(-1)).toMatchObject({ kind: 'too-large' });
    expect(complete).toBe(false);
  });
});
