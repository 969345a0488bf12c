import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WidgetFiles } from '../../../scripts/archive/files.js';
import { writeZip } from '../../../scripts/archive/write-zip.js';
import { projectRoot } from '../../../scripts/build/paths.js';
import { runIn, startIn, type Running } from '../../support/project-copy.js';
import { widgetFiles } from '../../support/small-widget.js';

let folder: string;
let running: Running | undefined;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sandbox-'));
});

afterEach(async () => {
  await running?.stop();
  running = undefined;
  await rm(folder, { recursive: true });
});

async function writeFolder(name: string, files: WidgetFiles): Promise<string> {
  const place = path.join(folder, name);
  for (const [file, bytes] of files) {
    await mkdir(path.dirname(path.join(place, file)), { recursive: true });
    await writeFile(path.join(place, file), bytes);
  }
  return place;
}

async function start(paths: string[]): Promise<string> {
  running = startIn(projectRoot, 'sandbox', ['--no-open', '--port', '0', ...paths]);
  const [, url = ''] = await running.output(/^ready (\S+)$/m);
  return url;
}

async function widgetsOf(url: string): Promise<{ code: string; version: string; label: string }[]> {
  const session = (await (await fetch(`${url}/sandbox/session`)).json()) as { widgets: never };
  return session.widgets;
}

describe('npm run sandbox', { timeout: 60_000 }, () => {
  it('hosts folders and zips together, each under a code made of its name', async () => {
    const one = await writeFolder('first-widget', widgetFiles());
    const two = path.join(folder, '2 Second Widget.zip');
    await writeFile(two, await writeZip(widgetFiles({ script: '// second' })));
    const url = await start([one, two]);
    expect((await widgetsOf(url)).map(({ code }) => code)).toEqual(['first_widget', 'second_widget']);
    const script = await fetch(`${url}/upl/second_widget/widget/script.js`);
    expect(await script.text()).toContain('// second');
  });

  it('takes new files of a folder and of a zip without a higher version', async () => {
    const one = await writeFolder('first', widgetFiles());
    const two = path.join(folder, 'second.zip');
    await writeFile(two, await writeZip(widgetFiles()));
    const url = await start([one, two]);
    const scriptOf = async (code: string): Promise<string> =>
      (await fetch(`${url}/upl/${code}/widget/script.js`)).text();

    const first = running?.output(/loaded .*first in \d+ ms/, { fromNowOn: true });
    await writeFolder('first', widgetFiles({ script: '// changed folder' }));
    await first;
    expect(await scriptOf('first')).toContain('// changed folder');

    const second = running?.output(/loaded .*second\.zip in \d+ ms/, { fromNowOn: true });
    await writeFile(two, await writeZip(widgetFiles({ script: '// changed zip' })));
    await second;
    expect(await scriptOf('second')).toContain('// changed zip');
  });

  it('says why a widget was refused and goes on with the others', async () => {
    const bad = await writeFolder('bad', widgetFiles({ files: { 'manifest.json': '{' } }));
    const good = await writeFolder('good', widgetFiles());
    const url = await start([bad, good]);
    expect((await widgetsOf(url)).map(({ code }) => code)).toEqual(['good']);
    expect((await running?.stop())?.stderr).toMatch(/refused .*bad: manifest\.json:1:2 JSON was expected/);
  });

  it('lets a widget that was refused come alive when its folder is mended', async () => {
    const empty = path.join(folder, 'late');
    await mkdir(empty);
    const url = await start([empty, await writeFolder('good', widgetFiles())]);
    await running?.output(/refused .*late: manifest\.json: The archive has no manifest\.json/);
    expect((await widgetsOf(url)).map(({ code }) => code)).toEqual(['good']);

    const half = running?.output(/error .*late: manifest\.json:1:2 JSON was expected\./, { fromNowOn: true });
    await writeFolder('late', widgetFiles({ files: { 'manifest.json': '{"widget' } }));
    await half;

    const alive = running?.output(/loaded .*late in \d+ ms; its faults are gone/, { fromNowOn: true });
    await writeFolder('late', widgetFiles());
    await alive;
    expect((await widgetsOf(url)).map(({ code }) => code)).toEqual(['good', 'late']);
    expect((await running?.stop())?.exitCode).toBe(0);
  });

  it('keeps the last good version of half a zip, and takes the whole one', async () => {
    const zip = path.join(folder, 'one.zip');
    const whole = await writeZip(widgetFiles({ script: '// whole' }));
    await writeFile(zip, whole.subarray(0, 200));
    const url = await start([zip]);
    await running?.output(/refused .*one\.zip: damaged/);

    const alive = running?.output(/loaded .*; its faults are gone/, { fromNowOn: true });
    await writeFile(path.join(folder, 'next'), whole);
    await rename(path.join(folder, 'next'), zip);
    await alive;

    const broken = running?.output(/error /, { fromNowOn: true });
    await writeFile(zip, whole.subarray(0, 200));
    await broken;
    expect((await widgetsOf(url)).map(({ code }) => code)).toEqual(['one']);
    expect(await (await fetch(`${url}/upl/one/widget/script.js`)).text()).toContain('// whole');
  });

  it('follows a folder that is deleted and made again, or put in another one’s place', async () => {
    const place = await writeFolder('one', widgetFiles());
    const url = await start([place]);
    const scriptOf = async (): Promise<string> => (await fetch(`${url}/upl/one/widget/script.js`)).text();

    const gone = running?.output(/error .*one: there is nothing/, { fromNowOn: true });
    await rm(place, { recursive: true });
    await gone;
    expect(await widgetsOf(url)).toHaveLength(1);

    const again = running?.output(/loaded .*; its faults are gone/, { fromNowOn: true });
    await writeFolder('one', widgetFiles({ script: '// made again' }));
    await again;
    expect(await scriptOf()).toContain('// made again');

    const other = running?.output(/loaded/, { fromNowOn: true });
    const next = await writeFolder('next', widgetFiles({ script: '// in its place' }));
    await rename(place, path.join(folder, 'old'));
    await rename(next, place);
    await other;
    expect(await scriptOf()).toContain('// in its place');
  });

  it('tells of a script and a template that will not run, until they will', async () => {
    const files = { 'script.js': 'define(function () {\n  return ;;) });', 'templates/a.twig': '{% if a %}' };
    await start([await writeFolder('one', widgetFiles({ files }))]);
    await running?.output(/error .*one: script\.js:2 Unexpected token/);
    await running?.output(
      /templates\/a\.twig This is no template that twig can read: Unable to find an end tag/,
    );
    const mended = running?.output(/loaded .*; its faults are gone/, { fromNowOn: true });
    await writeFolder('one', widgetFiles({ files: { 'templates/a.twig': '{% if a %}a{% endif %}' } }));
    await mended;
  });

  it.each([
    [[], 'The folder or the zip of at least one widget was expected.'],
    [['nowhere'], 'nowhere: there is nothing.'],
    [['nowhere', '--port', '70000'], 'error --port takes a number from 0 to 65535; it got "70000".'],
  ])('refuses %j in a line', async (args, message) => {
    const { exitCode, stderr } = await runIn(projectRoot, 'sandbox', args);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(exitCode).toBe(2);
  });
});
