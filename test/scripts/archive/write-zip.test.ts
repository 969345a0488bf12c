import { describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { readZip } from '../../../scripts/archive/read-zip.js';
import { writeZip } from '../../../scripts/archive/write-zip.js';

const entries: [string, Buffer][] = [
  ['manifest.json', Buffer.from('{}')],
  ['images/logo.png', Buffer.from([0, 255, 10, 13])],
  ['i18n/тест.json', Buffer.from('{"a": "ü"}')],
  ['empty.css', Buffer.alloc(0)],
  ['Z.js', Buffer.from('x'.repeat(100_000))],
];

describe('writeZip', () => {
  it('holds every file with its name and content, and no folders', async () => {
    const { files, problems, complete } = await readZip(await writeZip(new Map(entries)));
    expect(problems).toEqual([]);
    expect(complete).toBe(true);
    expect(files).toEqual(new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1))));
  });

  it('gives the same bytes whatever the order of the files, with names sorted by code unit', async () => {
    const zip = await writeZip(new Map(entries));
    expect((await writeZip(new Map([...entries].reverse()))).equals(zip)).toBe(true);
    const names: string[] = [];
    for await (const { fileName } of (await yauzl.fromBufferPromise(zip)).eachEntry()) names.push(fileName);
    expect(names).toEqual(['Z.js', 'empty.css', 'i18n/тест.json', 'images/logo.png', 'manifest.json']);
  });
});
