import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readUploaded, validate } from '../../../scripts/validate/index.js';
import {
  type Json,
  temporaryFolder,
  widgetFiles,
  type WidgetParts,
  writeArchive,
  writeFolder,
} from '../../support/widget-folder.js';
import { runValidate } from './support/run-validate.js';

const ofVersion = (version: string): WidgetParts => ({ manifest: { widget: { version } } });

async function codesWith(version: string, options: Parameters<typeof validate>[1]): Promise<string[]> {
  const folder = await writeFolder(widgetFiles(ofVersion(version)));
  return (await validate(folder, options)).findings.map(({ code }) => code);
}

const notRaised = ['manifest/version-not-raised'];

describe('validate, with what was uploaded last', () => {
  it('looks at the version alone where that is said, and at nothing where nothing is', async () => {
    expect(await codesWith('1.4.2', { uploaded: '1.4.2' })).toEqual(notRaised);
    expect(await codesWith('1.4.3', { uploaded: '1.4.2' })).toEqual([]);
    expect(await codesWith('1.4.2', {})).toEqual([]);
  });

  it('reads the version from the archive, whether the widget is at its root or in a folder', async () => {
    const files = widgetFiles(ofVersion('1.10.0'));
    const inFolder = new Map([...files].map(([name, bytes]) => [`widget/${name}`, bytes]));
    for (const archive of [await writeArchive(files), await writeArchive(inFolder)]) {
      expect(await codesWith('1.9.0', { uploaded: archive })).toEqual(notRaised);
      expect(await codesWith('1.11.0', { uploaded: archive })).toEqual([]);
    }
  });

  it('says nothing beside an archive without a version: any is higher', async () => {
    const archive = await writeArchive(widgetFiles({ manifest: { widget: { version: 1 } } }));

    expect(await readUploaded(archive)).toEqual({ version: null, code: null });
    expect(await codesWith('0.0.1', { uploaded: archive })).toEqual([]);
  });

  it('follows the configuration, whose paths begin where it lies, unless an option says otherwise', async () => {
    const root = await temporaryFolder();
    const folder = path.join(root, 'deep/mine');
    for (const [name, bytes] of widgetFiles(ofVersion('1.0.0'))) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), bytes);
    }
    const archive = await writeArchive(widgetFiles(ofVersion('2.0.0')));
    const codesFor = async (said: Json, options: Parameters<typeof validate>[1] = {}): Promise<string[]> => {
      await writeFile(path.join(root, 'deep/widget.config.json'), JSON.stringify({ uploaded: said }));
      return (await validate(folder, { cwd: root, ...options })).findings.map(({ code }) => code);
    };

    expect(await codesFor('1.0.0')).toEqual(notRaised);
    expect(await codesFor('0.9')).toEqual([]);
    expect(await codesFor(path.relative(path.join(root, 'deep'), archive))).toEqual(notRaised);
    expect(await codesFor('1.0.0', { uploaded: '0.9' })).toEqual([]);
  });

  it.each([
    ['is not there', 'nowhere.zip', /cannot be looked at: There is no folder or archive/],
    ['is no version and no zip', 'latest', /must be a version such as 1\.4\.2, or the path/],
  ])('ends with a line for the user where it %s', async (_what, said, message) => {
    await expect(codesWith('1.0.0', { uploaded: said })).rejects.toThrow(message);
  });

  it('ends with a line for the user where the archive has no manifest that can be read', async () => {
    const [none, broken] = [
      await writeArchive(new Map([['script.js', Buffer.from('')]])),
      await writeArchive(widgetFiles({ files: { 'manifest.json': '{' } })),
    ];
    for (const archive of [none, broken]) {
      await expect(readUploaded(archive)).rejects.toThrow(/tells no version: it has no manifest\.json/);
    }
  });
});

describe('npm run validate -- --uploaded', { timeout: 60_000 }, () => {
  it('takes a version, or an archive from where the command was typed', async () => {
    const cwd = await temporaryFolder();
    const folder = await writeFolder(widgetFiles(ofVersion('1.4.2')));
    await copyFile(await writeArchive(widgetFiles(ofVersion('1.4.1'))), path.join(cwd, 'last.zip'));
    const raised = await runValidate([folder, '--uploaded', 'last.zip', '--fail-level', 'warning'], { cwd });
    const same = await runValidate([folder, '--uploaded', '1.4.2', '--fail-level', 'warning'], { cwd });

    expect(raised.stderr).toBe('');
    expect(raised.exitCode).toBe(0);
    expect(same.stdout).toContain('Version "1.4.2" is the one that was uploaded last: raise it.');
    expect(same.exitCode).toBe(1);
  });

  it('ends with 2 and one line for what is neither', async () => {
    const { exitCode, stdout, stderr } = await runValidate(['--uploaded', 'v1.4.2']);

    expect(stderr.split('\n').slice(0, 2)).toEqual([
      'error --uploaded must be a version such as 1.4.2, or the path of the zip archive; it is "v1.4.2".',
      '      See what it takes: npm run validate -- --help',
    ]);
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
  });
});
