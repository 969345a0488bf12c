import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { copyProject, type ProjectCopy, type Running } from '../support/project-copy.js';
import { png } from '../../scripts/validate/examples/pictures.js';
import { launchBrowser, type TestBrowser, type WatchedPage } from './support/browser.js';

let project: ProjectCopy;
let account: Running;
let browser: TestBrowser;
let watched: WatchedPage;
let bubble: Locator;

// One process, one page and one bubble with something typed in it for the whole file: each edit finds them as the one
// before has left them.
beforeAll(async () => {
  project = await copyProject();
  account = project.start('start', ['--no-open', '--port', '0']);
  const [, url = ''] = await account.output(/^ready (\S+)$/m);
  browser = await launchBrowser();
  watched = await browser.newPage();
  const { page } = watched;
  // A rebuild takes long on a machine that has other things to do.
  page.setDefaultTimeout(45_000);
  await page.goto(`${url}/settings/pipeline/leads`);
  const stage = page.getByRole('region', { name: 'Offer sent' });
  await stage.getByRole('button', { name: 'Add trigger' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Pipeline Messenger' }).click();
  bubble = stage.getByRole('group', { name: 'Pipeline Messenger' });
  await bubble.locator('textarea').fill('not saved yet');
});

afterAll(async () => {
  await browser.close();
  const { exitCode, stderr } = await account.stop();
  await project.remove();
  expect(exitCode, stderr).toBe(0);
});

async function edit(file: string, change: (text: string) => string): Promise<() => Promise<void>> {
  const place = path.join(project.root, file);
  const original = await readFile(place, 'utf8');
  await writeFile(place, change(original));
  return () => writeFile(place, original);
}

/** The page is drawn anew, and it is where it was: with the bubble open and what was typed in it. */
async function isAsBefore(): Promise<void> {
  await watched.page.locator('html[data-sandbox=ready]').waitFor();
  expect(new URL(watched.page.url()).pathname).toBe('/settings/pipeline/leads');
  await expect.poll(() => bubble.locator('textarea').inputValue()).toBe('not saved yet');
}

const notice = (): Locator => watched.page.locator('sandbox-bar').getByRole('alert');

it('an edit of TypeScript reaches the page', async () => {
  await edit('src/widget/script.ts', (text) => `${text}\ndocument.documentElement.id = 'edited-code';\n`);
  await watched.page.locator('html#edited-code').waitFor();
  await isAsBefore();
});

it('an edit of a template reaches the page', async () => {
  await edit('templates/message-tools.twig', (text) => `${text}<p>from the template</p>`);
  await bubble.getByText('from the template').first().waitFor();
  await isAsBefore();
});

it('an edit of the words reaches the page', async () => {
  await edit('i18n/en.json', (text) => text.replace('Only to the main contact', 'Main contact alone'));
  await bubble.getByText('Main contact alone').last().waitFor();
  await isAsBefore();
});

it('an edit of the styles reaches the page', async () => {
  await edit('src/widget/style.css', (text) => `${text}\n.pipeline-messenger { outline: 3px solid red; }\n`);
  const outline = (): Promise<string> =>
    bubble
      .locator('.pipeline-messenger')
      .first()
      .evaluate((element) => getComputedStyle(element).outlineWidth);
  await expect.poll(() => outline().catch(() => ''), { timeout: 15_000 }).toBe('3px');
  await isAsBefore();
});

it('an edit of the manifest reaches the page', async () => {
  await edit('widget/manifest.json', (text) =>
    text.replace(/("dp": \{\s*"settings": \{)/, '$1 "extra": { "name": "widget.name", "type": "text" },'),
  );
  await bubble.locator('input[name=extra]').waitFor({ state: 'attached' });
  await isAsBefore();
});

it('an edit of a picture reaches the page', async () => {
  await writeFile(path.join(project.root, 'widget/images/logo_dp.png'), png({ width: 175, height: 110 }));
  const width = (): Promise<number> =>
    watched.page.evaluate(
      () => document.querySelector<HTMLImageElement>('img[src*="logo_dp.png"]')?.naturalWidth ?? 0,
    );
  await expect.poll(() => width().catch(() => 0), { timeout: 15_000 }).toBe(175);
  await isAsBefore();
});

it.each([
  [
    'TypeScript',
    'src/widget/script.ts',
    (text: string) => `${text}\nconst = ;\n`,
    /src\/widget\/script\.ts:\d+:\d+/,
  ],
  [
    'words',
    'i18n/en.json',
    (text: string) => text.replace('{', '{,'),
    /i18n\/en\.json:1:2 JSON was expected/,
  ],
  [
    'a manifest',
    'widget/manifest.json',
    (text: string) => `${text}}`,
    /manifest\.json:\d+:\d+ JSON was expected/,
  ],
  [
    'a template',
    'templates/message-tools.twig',
    (text: string) => `${text}{% if open %}`,
    /templates\/message-tools\.twig This is no template/,
  ],
])(
  'a syntax error in %s stands in terminal and page, and heals by itself',
  async (_kind, file, change, fault) => {
    const told = account.output(new RegExp(`error .*${fault.source}`), { fromNowOn: true });
    const mend = await edit(file, change);
    await told;
    await expect.poll(() => notice().innerText(), { timeout: 15_000 }).toMatch(fault);

    const healed = account.output(/built in \d+ ms; its faults are gone/, { fromNowOn: true });
    await mend();
    await healed;
    await expect.poll(() => notice().innerText(), { timeout: 15_000 }).toBe('');
    await isAsBefore();
  },
);

it('an edit of something else does not hide that the TypeScript does not compile', async () => {
  const broken = account.output(/error .*script\.ts/, { fromNowOn: true });
  const mend = await edit('src/widget/script.ts', (text) => `${text}\nconst = ;\n`);
  await broken;
  const again = account.output(/error .*script\.ts/, { fromNowOn: true });
  await edit('src/widget/style.css', (text) => `${text}\n`);
  await again;
  expect(await notice().innerText()).toContain('script.ts');
  await mend();
  await expect.poll(() => notice().innerText(), { timeout: 15_000 }).toBe('');
});
