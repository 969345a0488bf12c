import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../scripts/build/paths.js';
import { anyFreePort } from '../../scripts/sandbox/free-port.js';
import { startIn, type Running } from '../support/project-copy.js';
import { dragLead, messagesOf } from '../support/story.js';
import { launchBrowser, type TestBrowser, type WatchedPage } from './support/browser.js';

const waiting = { timeout: 90_000, interval: 100 };

let browser: TestBrowser;
let running: Running;
let url = '';
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  const ports = ['--port', '0', '--backend-port', String(await anyFreePort())];
  running = startIn(projectRoot, 'start', ['--no-open', ...ports]);
  [, url = ''] = await running.output(/^ready (\S+)$/m);
  await running.output(/^connected /m);
  watched = await browser.newPage();
  ({ page } = watched);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await running.stop();
});

const phone = (): Locator => page.getByRole('region', { name: 'Phone' });
const feed = (): Locator => page.locator('.feed-chat');

async function open(path: string): Promise<void> {
  await page.goto(url + path);
  await page.locator('html[data-sandbox=ready]').waitFor();
}

async function openPhone(): Promise<void> {
  if (!(await phone().isVisible())) await page.getByRole('button', { name: /^Phone/ }).click();
}

describe('a conversation in npm start', { timeout: 300_000 }, () => {
  it('goes from a scanned code to an incoming lead, an answer in its card, and a message of the pipeline', async () => {
    await open('/settings/widgets');
    await page.getByText('Pipeline Messenger').first().click();
    await page.getByRole('button', { name: 'QR code' }).click();
    await openPhone();
    await phone().getByRole('button', { name: 'Pipeline Messenger shows a code to scan' }).click(waiting);
    await phone()
      .getByRole('radio', { name: /Green Leaf Cafe/ })
      .check();
    await phone()
      .getByRole('button', { name: /^Pipeline Messenger.*Scan$/ })
      .click();
    await phone().getByText('Pipeline Messenger is connected with Green Leaf Cafe.').waitFor();
    await page.getByRole('button', { name: 'Close the phone' }).click();
    const pipeline = page.getByRole('combobox', { name: /Green Leaf Cafe/ });
    await pipeline.selectOption({ label: 'Sales' }, waiting);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached', ...waiting });

    await open('/leads/pipeline');
    await openPhone();
    await phone().getByRole('button', { name: 'New message' }).click();
    await phone().getByRole('textbox', { name: 'Name' }).fill('Ada Park');
    await phone().getByRole('combobox', { name: 'To' }).selectOption('Green Leaf Cafe');
    await phone().getByRole('textbox', { name: 'Message to the business' }).fill('Do you <b>deliver</b>?');
    await phone().getByRole('button', { name: 'Send', exact: true }).click();
    const accept = page.getByRole('button', { name: /^Accept: .*Ada Park$/ });
    await accept.click(waiting);
    await accept.waitFor({ state: 'detached' });
    const [lead] = await page
      .locator('.board-card', { hasText: 'Ada Park' })
      .evaluateAll((cards) => cards.map((card) => Number(card.getAttribute('data-id'))));

    await open(`/leads/detail/${lead ?? 0}`);
    await expect.poll(() => feed().innerText(), waiting).toContain('Do you <b>deliver</b>?');
    await page.getByRole('textbox', { name: /^Chat: Ada Park/ }).fill('Of course, on Saturday.');
    await page
      .getByRole('region', { name: 'Write to the feed' })
      .getByRole('button', { name: 'Send', exact: true })
      .click();
    await expect
      .poll(
        async () => (await messagesOf(url)).map(({ by, text, account }) => [by, text, account.name]),
        waiting,
      )
      .toEqual([
        ['business', 'Of course, on Saturday.', 'Green Leaf Cafe'],
        ['client', 'Do you <b>deliver</b>?', 'Green Leaf Cafe'],
      ]);
    await expect
      .poll(() => feed().last().innerText(), waiting)
      .toMatch(/Of course, on Saturday\.\n+(Delivered|Read)$/);

    await dragLead(url, 7001, 502);
    await expect
      .poll(
        async () => (await messagesOf(url)).find(({ text }) => text.startsWith('Hello, Olivia!'))?.account,
        waiting,
      )
      .toMatchObject({ name: 'Green Leaf Cafe' });
    expect(watched.errors).toEqual([]);
  });
});
