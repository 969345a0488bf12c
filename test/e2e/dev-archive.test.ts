import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WidgetFiles } from '../../scripts/archive/files.js';
import { readZip } from '../../scripts/archive/read-zip.js';
import { copyProject, type ProjectCopy, type Running } from '../support/project-copy.js';
import { triggers, useWidgetAccount, type WidgetAccount } from './support/widget-account.js';

let project: ProjectCopy;
let dev: Running;
let url: string;
let files: WidgetFiles;
const start = useWidgetAccount();
let account: WidgetAccount;

beforeAll(async () => {
  project = await copyProject();
  dev = project.start('dev', ['--port', '0']);
  url = (await dev.output(/^ready (http:\S+)$/m))[1] ?? '';
  const { exitCode, stderr } = await project.run('pack', ['--dev', '--url', url]);
  expect(exitCode, stderr).toBe(0);
  ({ files } = await readZip(await readFile(path.join(project.root, 'dist', 'widget-dev.zip'))));
});

afterAll(async () => {
  await dev.stop();
  await project.remove();
});

beforeEach(async () => {
  account = await start({ files });
});

const openBubble = async (): Promise<Locator> => {
  await account.openPipeline();
  return account.openTrigger(triggers.first);
};
const fromDevServer = (): string[] => account.watched.requests.filter((request) => request.startsWith(url));

describe('the development archive', () => {
  it('takes scripts, words, templates and styles from the development server', async () => {
    const bubble = await openBubble();
    await bubble.getByText('Click to insert').waitFor();
    const taken = new Set(fromDevServer().map((request) => new URL(request).pathname));
    expect([...taken].sort()).toEqual([
      '/dp-form.js',
      '/i18n/en.json',
      '/script.js',
      '/style.css',
      '/templates/message-tools.twig',
    ]);
    await account.openSettings();
    await account.settings().getByText('What it does').waitFor();
    expect(fromDevServer().some((request) => request.includes('/vendor.js'))).toBe(true);
  });

  it('shows an edit after a reload', async () => {
    const words = path.join(project.root, 'i18n', 'en.json');
    const built = dev.output(/built in \d+ ms/, { fromNowOn: true });
    await writeFile(
      words,
      (await readFile(words, 'utf8')).replace('Click to insert', 'Put it in with a click'),
    );
    await built;
    const bubble = await openBubble();
    await bubble.getByText('Put it in with a click').waitFor();
  });

  it('says what is wrong with an edit that does not compile, and heals with the next one', async () => {
    const source = path.join(project.root, 'src', 'widget', 'dp-form', 'counter.ts');
    const good = await readFile(source, 'utf8');
    const failed = dev.output(/error .*counter\.ts/, { fromNowOn: true });
    await writeFile(source, `${good}\nconst = ;\n`);
    await failed;
    const healed = dev.output(/built in \d+ ms/, { fromNowOn: true });
    await writeFile(source, good.replace('about}${smsSize', "about}${'# '}${smsSize"));
    await healed;
    const bubble = await openBubble();
    await bubble.locator('textarea').fill('Hello');
    await bubble.getByText('SMS: # 1').waitFor();
  });

  it('runs the packed widget when the development server is not running', async () => {
    expect((await dev.stop()).exitCode).toBe(0);
    const bubble = await openBubble();
    await bubble.getByText('Click to insert').waitFor();
    expect(account.watched.requests.some((request) => request.includes('/widget/packed.js'))).toBe(true);
  });
});
