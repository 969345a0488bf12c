import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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

    const first = running?.output(/built/, { fromNowOn: true });
    await writeFolder('first', widgetFiles({ script: '// changed folder' }));
    await first;
    expect(await scriptOf('first')).toContain('// changed folder');

    const second = running?.output(/built/, { fromNowOn: true });
    await writeFile(two, await writeZip(widgetFiles({ script: '// changed zip' })));
    await second;
    expect(await scriptOf('second')).toContain('// changed zip');
  });

  it('says why a widget was refused and goes on with the others', async () => {
    const bad = await writeFolder('bad', widgetFiles({ files: { 'manifest.json': '{' } }));
    const good = await writeFolder('good', widgetFiles());
    const url = await start([bad, good]);
    expect((await widgetsOf(url)).map(({ code }) => code)).toEqual(['good']);
    expect((await running?.stop())?.stderr).toMatch(/refused .*bad: manifest\.json: JSON was expected/);
  });

  it.each([
    [[], 'The folder or the zip of at least one widget was expected.'],
    [['nowhere'], 'nowhere: there is nothing.'],
  ])('refuses %j in a line', async (args, message) => {
    const { exitCode, stderr } = await runIn(projectRoot, 'sandbox', args);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(exitCode).toBe(2);
  });
});
