import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixFiles } from '../../../scripts/validate/fix/fix-files.js';
import { fixFolders, validate } from '../../../scripts/validate/index.js';
import {
  type Content,
  temporaryFolder,
  widgetFiles,
  writeArchive,
  writeFolder,
} from '../../support/widget-folder.js';
import { english } from './support/english.js';

/** What becomes of a file, and what is said of it; the file as it is when nothing is. */
function fixOf(name: string, files: Record<string, Content>): { text: string; done: readonly string[] } {
  const all = widgetFiles({ files: { 'i18n/en.json': english, 'i18n/es.json': english, ...files } });
  const fix = fixFiles(all).get(name);
  return { text: (fix?.bytes ?? all.get(name) ?? '').toString(), done: fix?.done ?? [] };
}

describe('fixFiles', () => {
  it('takes out byte order marks and carriage returns', () => {
    const { text, done } = fixOf('style.css', { 'style.css': '\uFEFF.my-a {}\r\n.my-b {}\r.my-c {}\n' });

    expect(text).toBe('.my-a {}\n.my-b {}\n.my-c {}\n');
    expect(done).toEqual(['byte order mark taken out', 'line ends made LF']);
    expect(fixOf('manifest.json', { 'manifest.json': '\uFEFF{\r\n}' }).text).toBe('{\n}');
  });

  it('leaves alone what is in order, what is not UTF-8, what is no text and what is ignored', () => {
    for (const content of [
      '.my-a {}\n',
      Buffer.from('.my-a {}\r\n', 'utf16le'),
      Buffer.from([0x61, 0xff, 0x0d, 0x0a]),
      Buffer.from('a\0\r\n'),
      '.my-a {} /* widget-ignore text/line-ends because it is another library */\r\n',
    ]) {
      expect(fixOf('style.css', { 'style.css': content }).done).toEqual([]);
    }
    expect(fixOf('images/logo.bin', { 'images/logo.bin': 'a\r\n' }).done).toEqual([]);
  });

  it('copies missing keys where the first language has them, and marks them', () => {
    const { text, done } = fixOf('i18n/es.json', {
      'i18n/es.json':
        '{\n\t"widget": {\n\t\t"name": "Env\\u00edos",\n\t\t"description": "d",\n\t\t"tour_description": "t"\n\t}\n}\n',
    });

    expect(text).toBe(
      '{\n\t"widget": {\n\t\t"name": "Env\\u00edos",\n\t\t"description": "d",\n' +
        '\t\t"short_description": "[translate from en] Parcels",\n\t\t"tour_description": "t"\n\t},\n' +
        '\t"settings": {\n\t\t"login": "[translate from en] Login"\n\t}\n}\n',
    );
    expect(done).toEqual(['2 missing texts copied from en and marked']);
  });

  it('puts keys into the order of the first language, and those that it lacks behind them', () => {
    const { name, ...rest } = english.widget;
    const { text, done } = fixOf('i18n/es.json', {
      'i18n/es.json': { settings: english.settings, extra: 'x', widget: { ...rest, 10: 'y', name } },
    });

    expect(text).toBe(
      `${JSON.stringify({ ...english, extra: 'x' }, null, 2)}\n`.replace(
        '"Follow parcels"',
        '"Follow parcels",\n    "10": "y"',
      ),
    );
    expect(done).toEqual(['keys put in the order of en']);
  });

  it.each<[what: string, es: Content]>([
    ['does not parse', '{ "widget": '],
    ['has a key twice', '{ "settings": {}, "settings": {} }'],
    ['has comments', '{ /* soon */ }'],
    ['is no object', []],
  ])('leaves a language file alone that %s', (_what, es) => {
    expect(fixOf('i18n/es.json', { 'i18n/es.json': es }).done).toEqual([]);
  });

  it('touches no language when the first one cannot be read, and never the first one', () => {
    expect(fixOf('i18n/es.json', { 'i18n/en.json': '{', 'i18n/es.json': {} }).done).toEqual([]);
    expect(fixOf('i18n/en.json', { 'i18n/en.json': {} }).done).toEqual([]);
  });

  it('copies no empty texts, no numbers, and no groups with such', () => {
    const files = { 'i18n/en.json': { ...english, empty: '', odd: { text: 'x', number: 1 }, group: {} } };

    expect(fixOf('i18n/es.json', files).done).toEqual([]);
  });

  it('mends a widget inside a folder under the names that it has there', () => {
    const files = widgetFiles({ files: { 'style.css': '.my-a {}\r\n' } });
    const inside = new Map([...files].map(([name, bytes]) => [`widget/${name}`, bytes]));

    expect([...fixFiles(inside).keys()]).toEqual(['widget/style.css']);
  });
});

describe('fixFolders', () => {
  const crooked = { 'style.css': '.my-a {}\r\n', 'i18n/es.json': '{}' };

  it('writes what it mends, keeps everything else, and says what it did', async () => {
    const folder = await writeFolder(widgetFiles({ files: crooked }));
    await chmod(path.join(folder, 'style.css'), 0o640);
    await writeFile(path.join(folder, 'widget.config.json'), '{}\r\n');
    const names = await readdir(folder);
    const said = await fixFolders([{ path: folder, subject: 'mine' }]);

    expect(said).toBe(
      '✔ mine: mended\n  style.css: line ends made LF\n  i18n/es.json: 5 missing texts copied from en and marked\n',
    );
    expect(await readFile(path.join(folder, 'style.css'), 'utf8')).toBe('.my-a {}\n');
    expect((await stat(path.join(folder, 'style.css'))).mode & 0o777).toBe(0o640);
    expect(await readFile(path.join(folder, 'widget.config.json'), 'utf8')).toBe('{}\r\n');
    expect(await readdir(folder)).toEqual(names);
    expect((await validate(folder)).findings.map(({ code, line }) => [code, line])).toEqual([
      ['i18n/copied-text', 2],
      ['i18n/copied-text', 8],
    ]);
    expect(await fixFolders([{ path: folder, subject: 'mine' }])).toBe('✔ mine: nothing to mend\n');
  });

  it('leaves what the configuration ignores', async () => {
    const folder = await writeFolder(widgetFiles({ files: crooked }));
    const ignore = ['text/line-ends', 'i18n/missing-key'].map((code) => ({ code, because: 'so it came' }));
    await writeFile(path.join(folder, 'widget.config.json'), JSON.stringify({ ignore }));

    expect(await fixFolders([{ path: folder, subject: 'mine' }])).toBe('✔ mine: nothing to mend\n');
  });

  it('changes nothing when a file of one folder cannot be read', async () => {
    const good = await writeFolder(widgetFiles({ files: crooked }));
    const bad = await writeFolder(widgetFiles({ files: crooked }));
    await writeFile(path.join(bad, 'huge.bin'), Buffer.alloc(17 * 1024 * 1024));
    const folders = [good, bad].map((folder) => ({ path: folder, subject: path.basename(folder) }));

    await expect(fixFolders(folders)).rejects.toThrow(
      `${path.basename(bad)}/huge.bin cannot be read (more than 16 MB).`,
    );
    expect(await readFile(path.join(good, 'style.css'), 'utf8')).toBe('.my-a {}\r\n');
  });

  it('changes nothing for an archive, and for a configuration with faults', async () => {
    const folder = await writeFolder(widgetFiles({ files: crooked }));
    const archive = await writeArchive(widgetFiles());
    const both = [folder, archive].map((one) => ({ path: one, subject: one }));

    await expect(fixFolders(both)).rejects.toThrow(`--fix mends folders; ${archive} is an archive.`);
    await writeFile(path.join(folder, 'widget.config.json'), '{ "x": 1 }');
    await expect(fixFolders(both.slice(0, 1))).rejects.toThrow('There is no key "x" here.');
    expect(await readFile(path.join(folder, 'style.css'), 'utf8')).toBe('.my-a {}\r\n');
  });

  it('follows no links out of the folder', async () => {
    const outside = await temporaryFolder();
    await writeFile(path.join(outside, 'theirs.css'), '.my-a {}\r\n');
    const folder = await writeFolder(widgetFiles());
    await mkdir(path.join(folder, 'css'));
    await symlink(path.join(outside, 'theirs.css'), path.join(folder, 'css/theirs.css'));

    expect(await fixFolders([{ path: folder, subject: 'mine' }])).toBe('✔ mine: nothing to mend\n');
    expect(await readFile(path.join(outside, 'theirs.css'), 'utf8')).toBe('.my-a {}\r\n');
  });
});
