import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WidgetFiles } from '../../../scripts/archive/files.js';
import { readZip } from '../../../scripts/archive/read-zip.js';
import { copyProject, type ProjectCopy } from '../../support/project-copy.js';

interface Manifest {
  widget: { version: string; locale: string[] };
  locations: string[];
  tour: { tour_images: Record<string, string[]> };
}

let project: ProjectCopy;
const at = (...parts: string[]): string => path.join(project.root, ...parts);
const unpack = async (...parts: string[]): Promise<WidgetFiles> =>
  (await readZip(await readFile(at('dist', ...parts)))).files;
const manifestIn = (files: WidgetFiles): Manifest =>
  JSON.parse(files.get('manifest.json')?.toString() ?? 'null') as Manifest;
const sourceText = (): Promise<string> => readFile(at('widget', 'manifest.json'), 'utf8');
const sourceVersion = async (): Promise<string> =>
  (JSON.parse(await sourceText()) as Manifest).widget.version;

beforeAll(async () => {
  project = await copyProject();
  const original = await sourceText();
  await writeFile(
    at('widget', 'manifest.json'),
    original.replace('"settings", "digital_pipeline"', '"settings", "ai_agent", "digital_pipeline"'),
  );
  for (const name of await readdir(at('i18n'))) {
    const text = await readFile(at('i18n', name), 'utf8');
    const [before = '', after = ''] = text.split(/(?<="widget": \{)/);
    await writeFile(at('i18n', name), `${before}\n    "ai_agent_description": "Channels",${after}`);
  }
}, 120_000);

afterAll(() => project.remove());

describe('npm run pack -- --target amocrm', { timeout: 120_000 }, () => {
  it('packs the version of Kommo’s archive for amoCRM, beside it and without raising it', async () => {
    await project.run('pack', ['--bump', '1.2.0', '--target', 'kommo']);
    const before = await readFile(at('dist', 'widget.zip'));
    const { exitCode, stdout, stderr } = await project.run('pack', ['--target', 'amocrm']);

    expect(stderr).not.toMatch(/error|bug/);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('packed version 1.2.0,');
    expect(stdout).toContain(path.join('dist', 'amocrm', 'widget.zip'));
    expect(await sourceVersion()).toBe('1.2.0');
    expect((await readdir(at('dist', 'amocrm'))).sort()).toEqual([
      'kommo-pipeline-messenger-1.2.0.zip',
      'widget.zip',
    ]);
    expect((await readFile(at('dist', 'widget.zip'))).equals(before)).toBe(true);
    expect(await readdir(at('dist', 'widget', 'i18n'))).not.toContain('ru.json');
  });

  it('holds the languages, the pictures and the locations of amoCRM', async () => {
    const files = await unpack('amocrm', 'widget.zip');
    const { widget, locations, tour } = manifestIn(files);

    expect(widget).toMatchObject({ version: '1.2.0', locale: ['en', 'es', 'pt', 'ru'] });
    expect(locations).toEqual(['settings', 'digital_pipeline']);
    expect(Object.keys(tour.tour_images)).toEqual(['en', 'es', 'pt', 'ru']);
    expect(tour.tour_images['ru']).toEqual([1, 2, 3].map((number) => `/images/tour/ru/${number}.png`));
    const names = [...files.keys()];
    expect(names.filter((name) => name.startsWith('i18n/'))).toEqual(
      ['en', 'es', 'pt', 'ru'].map((language) => `i18n/${language}.json`),
    );
    for (const picture of Object.values(tour.tour_images).flat()) expect(names).toContain(picture.slice(1));
    expect(names.filter((name) => /tour\/(?:tr|id)\//.test(name))).toEqual([]);
  });

  it('leaves everything else of the two archives alike', async () => {
    const [kommo, amo] = [await unpack('widget.zip'), await unpack('amocrm', 'widget.zip')];
    const differing = /^(?:manifest\.json|i18n\/(?:tr|id|ru)\.json|images\/tour\/(?:tr|id|ru)\/.*)$/;
    const shared = (files: WidgetFiles): string[] =>
      [...files.keys()].filter((name) => !differing.test(name));

    expect(manifestIn(kommo)).toMatchObject({
      widget: { locale: ['en', 'es', 'pt', 'tr', 'id'] },
      locations: ['settings', 'ai_agent', 'digital_pipeline'],
    });
    expect(shared(amo)).toEqual(shared(kommo));
    for (const name of shared(amo))
      expect(amo.get(name)?.equals(kommo.get(name) ?? Buffer.alloc(0))).toBe(true);
  });

  it('raises the version when this one was packed for amoCRM before', async () => {
    const dry = await project.run('pack', ['--target', 'amocrm', '--dry-run']);
    expect(dry.stdout).toContain('would pack version 1.2.0 → 1.2.1');
    const { stdout } = await project.run('pack', ['--target', 'amocrm', '--bump', 'minor']);
    expect(stdout).toContain('packed version 1.2.0 → 1.3.0');
    expect(await sourceVersion()).toBe('1.3.0');
    expect(manifestIn(await unpack('amocrm', 'widget.zip')).widget.version).toBe('1.3.0');
  });

  it('says what the archive must be named when it gets another name', async () => {
    const { stdout } = await project.run('pack', ['--target', 'amocrm', '--out', at('mine.zip')]);
    expect(stdout).toContain('amoCRM takes the archive only under the name widget.zip');
  });

  it('is checked as a widget of amoCRM, and nothing is packed that has errors', async () => {
    const russian = await readFile(at('i18n', 'ru.json'), 'utf8');
    await writeFile(at('i18n', 'ru.json'), russian.replace('"channels"', '"chanels"'));
    try {
      const version = await sourceVersion();
      const archive = await readFile(at('dist', 'amocrm', 'widget.zip'));
      const { exitCode, stderr } = await project.run('pack', ['--target', 'amocrm']);
      expect(stderr).toContain('i18n/ru.json');
      expect(stderr).toContain('nothing was packed');
      expect(exitCode).toBe(1);
      expect(await sourceVersion()).toBe(version);
      expect((await readFile(at('dist', 'amocrm', 'widget.zip'))).equals(archive)).toBe(true);
    } finally {
      await writeFile(at('i18n', 'ru.json'), russian);
    }
  });

  it('answers an unknown platform in one line', async () => {
    const { exitCode, stderr } = await project.run('pack', ['--target', 'amo']);
    expect(stderr).toContain('--target takes kommo or amocrm; it got "amo".');
    expect(exitCode).toBe(2);
  });
});
