import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfiguration } from '../../../scripts/validate/configuration/configuration.js';
import { checkPaths, validate } from '../../../scripts/validate/index.js';
import {
  type Json,
  temporaryFolder,
  widgetFiles,
  type WidgetParts,
  writeArchive,
  writeFolder,
} from '../../support/widget-folder.js';

const broken: WidgetParts = { manifest: { locations: ['settings', 'lcards-1'] } };
const newLocation = { code: 'manifest/unknown-location', because: 'Kommo has it since last week' };

function read(value: Json): ReturnType<typeof readConfiguration> {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  const codes = ['manifest/unknown-location', 'styles/global-selector'];
  return readConfiguration(Buffer.from(text), { name: 'widget.config.json', codes });
}

/** A folder with widgets by their names and the configuration beside them. */
async function workspace(widgets: Record<string, WidgetParts>, configuration?: Json): Promise<string> {
  const root = await temporaryFolder();
  for (const [name, parts] of Object.entries(widgets)) {
    for (const [file, bytes] of widgetFiles(parts)) {
      await mkdir(path.dirname(path.join(root, name, file)), { recursive: true });
      await writeFile(path.join(root, name, file), bytes);
    }
  }
  if (configuration !== undefined) await configure(root, configuration);
  return root;
}

async function configure(folder: string, value: Json): Promise<string> {
  const file = path.join(folder, 'widget.config.json');
  await writeFile(file, JSON.stringify(value, null, 2));
  return file;
}

describe('readConfiguration', () => {
  it('takes all that there is to say, and nothing', () => {
    expect(
      read({
        target: 'amocrm',
        audience: 'public',
        failLevel: 'notice',
        uploaded: '1.4.2',
        ignore: [{ ...newLocation, file: 'manifest.json' }],
      }),
    ).toEqual({
      target: 'amocrm',
      audience: 'public',
      failLevel: 'notice',
      uploaded: '1.4.2',
      ignore: [{ ...newLocation, file: 'manifest.json', line: 7, column: 5 }],
    });
    expect(read({})).toMatchObject({ ignore: [] });
    expect(read('\uFEFF{}\r\n')).toMatchObject({ ignore: [] });
  });

  it.each<[fault: string, value: Json, said: string]>([
    ['no JSON', '{ "target": }', ':1:13: A value is missing here.'],
    ['a comment', '{\n  // none\n}', ':2:3: JSON has no comments'],
    ['an empty file', '', ':1:1: The file is empty.'],
    ['a list', '[]', ':1:1: The file must hold an object; it holds an empty list.'],
    ['a key twice', '{ "target": "kommo", "target": "kommo" }', ':1:22: The key "target" stands twice'],
    ['a misspelt key', { ignroe: [] }, ':2:3: There is no key "ignroe" here. Did you mean "ignore"?'],
    [
      'an unknown key',
      { rules: {} },
      'It can be "target", "audience", "failLevel", "uploaded", "ignore" or "$schema".',
    ],
    [
      'an unknown target',
      { target: 'komo' },
      ':2:13: "target" must be "kommo" or "amocrm"; it is the text "komo". Did you mean "kommo"?',
    ],
    [
      'an audience that is no text',
      { audience: 1 },
      '"audience" must be "private" or "public"; it is the number 1.',
    ],
    ['an unknown level', { failLevel: 'fatal' }, '"failLevel" must be "error", "warning" or "notice"'],
    [
      'a version in numbers',
      { uploaded: 1.4 },
      ':2:15: "uploaded" must be a version such as 1.4.2, or the path of the zip archive; it is the number 1.4.',
    ],
    [
      'a schema that is no address',
      { $schema: 1 },
      '"$schema" must be the address of the schema; it is the number 1.',
    ],
    ['a version that is none', { uploaded: 'the last one' }, 'it is the text "the last one".'],
    [
      'ignores that are no list',
      { ignore: {} },
      ':2:13: "ignore" must be a list of objects; it is an object.',
    ],
    [
      'an ignore that is no object',
      { ignore: ['x'] },
      ':3:5: An ignore must be an object with "code", "because"',
    ],
    ['no reason', { ignore: [{ code: 'styles/global-selector' }] }, ':3:5: The key "because" is missing'],
    [
      'an empty reason',
      { ignore: [{ code: 'styles/global-selector', because: ' ' }] },
      ':5:18: "because" must be the reason',
    ],
    ['no code', { ignore: [{ because: 'x' }] }, ':3:5: The key "code" is missing'],
    [
      'an unknown code',
      { ignore: [{ code: 'styles/global-selectors', because: 'x' }] },
      ':4:15: There is no rule "styles/global-selectors". Did you mean "styles/global-selector"?',
    ],
    [
      'a file that is no text',
      { ignore: [{ ...newLocation, file: null }] },
      '"file" must be the path of a file',
    ],
    [
      'a misspelt key of an ignore',
      { ignore: [{ ...newLocation, files: 'x' }] },
      'no key "files" here. Did you mean "file"?',
    ],
  ])('says where and what is wrong with %s', (_fault, value, said) => {
    expect(() => read(value)).toThrow(said);
    expect(() => read(value)).toThrow(/^widget\.config\.json:\d+:\d+: /);
  });

  it('tells all faults at once, in their order', () => {
    expect(() => read({ target: 'x', ignore: [{ code: 'y' }], z: 1 })).toThrow(
      /:2:13: "target"[^]*:4:5: The key "because"[^]*:5:15: There is no rule "y"[^]*:8:3: There is no key "z"/,
    );
  });
});

describe('validate, with widget.config.json', () => {
  it('finds it in the folder, else beside it, else in the working directory, and follows one alone', async () => {
    const root = await workspace({ 'widgets/one': broken });
    const one = path.join(root, 'widgets/one');
    const audience = async (): Promise<string> => (await validate(one, { cwd: root })).audience;

    expect(await audience()).toBe('private');
    await configure(root, { audience: 'public', target: 'amocrm' });
    expect(await audience()).toBe('public');
    await configure(path.join(root, 'widgets'), { audience: 'private' });
    expect(await validate(one, { cwd: root })).toMatchObject({ audience: 'private', target: 'kommo' });
    await configure(one, { audience: 'public' });
    expect(await audience()).toBe('public');
    expect((await validate(one, { cwd: root, configuration: null })).audience).toBe('private');
  });

  it('never takes it for a part of the widget, though an archive must not hold it', async () => {
    const files = new Map([...widgetFiles(), ['widget.config.json', Buffer.from('{}')]] as const);

    expect((await validate(await writeFolder(files))).findings).toEqual([]);
    expect((await validate(await writeArchive(files))).findings).toMatchObject([
      { code: 'archive/leftover-file', file: 'widget.config.json' },
    ]);
  });

  it('does what the options say before what it says', async () => {
    const root = await workspace({ one: {} }, { target: 'amocrm', audience: 'public', failLevel: 'notice' });
    const paths = [{ path: path.join(root, 'one'), subject: 'one' }];
    const [followed] = await checkPaths(paths, { cwd: root });
    const [overruled] = await checkPaths(paths, {
      cwd: root,
      target: 'kommo',
      audience: 'private',
      failLevel: 'error',
    });

    expect(followed).toMatchObject({
      report: { target: 'amocrm', audience: 'public' },
      origin: { target: 'config', audience: 'config' },
      failLevel: 'notice',
      configuration: path.join(root, 'widget.config.json'),
    });
    expect(overruled).toMatchObject({
      report: { target: 'kommo', audience: 'private' },
      origin: { target: 'option', audience: 'option' },
      failLevel: 'error',
    });
  });

  it('leaves out what is ignored, in all files, in one, and in those that a pattern matches', async () => {
    const root = await workspace({ one: broken });
    const one = path.join(root, 'one');
    const codesWith = async (file?: string): Promise<string[]> => {
      await configure(root, { ignore: [{ ...newLocation, ...(file === undefined ? {} : { file }) }] });
      return (await validate(one)).findings.map(({ code }) => code);
    };

    expect(await codesWith()).toEqual([]);
    expect(await codesWith('manifest.json')).toEqual([]);
    expect(await codesWith('./manifest.json')).toEqual([]);
    expect(await codesWith('*.json')).toEqual([]);
    expect(await codesWith('**')).toEqual([]);
    expect(await codesWith('i18n/*.json')).toEqual(['config/unused-ignore', 'manifest/unknown-location']);
  });

  it('means files below the folder of the widget when an archive has that folder', async () => {
    const root = await temporaryFolder();
    await configure(root, { ignore: [{ ...newLocation, file: 'manifest.json' }] });
    const files = new Map([...widgetFiles(broken)].map(([name, bytes]) => [`widget/${name}`, bytes]));
    const archive = await writeArchive(files);

    expect((await validate(archive, { cwd: root })).findings.map(({ code }) => code)).toEqual([
      'archive/top-folder',
    ]);
  });

  it('reports an ignore that met nothing where it stands', async () => {
    const root = await workspace({ one: {} }, { ignore: [newLocation] });

    expect((await validate(path.join(root, 'one'))).findings).toMatchObject([
      {
        code: 'config/unused-ignore',
        severity: 'warning',
        file: '../widget.config.json',
        line: 3,
        column: 5,
      },
    ]);
  });

  it('takes an ignore for used when one of several widgets needs it, and tells once of one that none does', async () => {
    const unused = { code: 'images/missing', because: 'they come later' };
    const root = await workspace({ one: {}, two: broken }, { ignore: [newLocation, unused] });
    const widgets = await checkPaths(
      ['one', 'two'].map((subject) => ({ path: path.join(root, subject), subject })),
    );

    expect(widgets.map(({ report }) => report.findings.map(({ code, line }) => [code, line]))).toEqual([
      [['config/unused-ignore', 7]],
      [],
    ]);
  });

  it('checks nothing when one of several configurations has a fault', async () => {
    const root = await workspace({ one: {}, two: {} });
    await configure(path.join(root, 'two'), { targets: 'kommo' });
    const paths = ['one', 'two'].map((subject) => ({ path: path.join(root, subject), subject }));

    await expect(checkPaths(paths)).rejects.toThrow('There is no key "targets" here. Did you mean "target"?');
  });
});
