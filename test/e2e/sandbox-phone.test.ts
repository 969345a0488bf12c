import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { widgetFiles } from '../support/small-widget.js';
import { seriousFindings } from './support/axe.js';
import { launchBrowser, type TestBrowser, type WatchedPage } from './support/browser.js';
import { sharedHost } from './support/shared-host.js';

const olivia = '+12025550101';
const james = '+12125550103';

let browser: TestBrowser;
let sandbox: Sandbox;
let watched: WatchedPage;
let page: Page;
let bar: Locator;
let phone: Locator;
let keys = 0;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  sandbox = await startSandbox({
    widgets: [{ files: widgetFiles(), label: 'small' }],
    hostFiles: sharedHost(),
    demoChat: { deliveredAfterMs: 20 },
  });
  watched = await browser.newPage();
  ({ page } = watched);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${sandbox.url}/leads/pipeline`);
  await ready(page);
  bar = page.getByRole('region', { name: 'Sandbox' });
  phone = bar.getByRole('region', { name: 'Phone' });
});
afterEach(async () => {
  const { errors } = watched;
  await page.context().close();
  await sandbox.close();
  expect(errors).toEqual([]);
});

const ready = (on: Page): Promise<unknown> => on.locator('html[data-sandbox=ready]').waitFor();
const button = (): Locator => bar.getByRole('button', { name: /^Phone/ });
const expectButton = (name: string): Promise<void> =>
  expect.poll(() => bar.getByRole('button', { name, exact: true }).count()).toBe(1);
const rows = (on: Page | Locator): Locator =>
  on.getByRole('list', { name: 'Conversations' }).getByRole('button');
const bubbles = (on: Page | Locator): Locator => on.locator('.bubble');
const isFocused = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === (element.getRootNode() as ShadowRoot | Document).activeElement);

/** Sends as a backend does; answers with the status. */
async function send(text: string, to = olivia): Promise<number> {
  const { url, apiKey } = sandbox.demoChat;
  const { status } = await fetch(`${url}/messages`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${apiKey}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': `e2e-${++keys}`,
    },
    body: JSON.stringify({ to, text }),
  });
  return status;
}

async function setTheme(theme: 'light' | 'dark', on: Page = page): Promise<void> {
  await bar.getByRole('combobox', { name: 'Theme' }).selectOption(theme);
  await on.locator(`html[data-color-scheme=${theme}]`).waitFor();
}

/** Animations over, since axe measures colours that are half transparent otherwise. */
const settled = (on: Page): Promise<unknown> =>
  on.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));

describe('the phone of the bar', () => {
  it('tells of a message while it is closed, opens at it, and the message becomes read', async () => {
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    const top = async () => (await bar.getByRole('tablist').boundingBox())?.y;
    const left = async () => (await bar.getByRole('tablist').boundingBox())?.x;
    const before = [await width(), await top(), await left()];
    await send(`Your order is ready.\n${'Come and take it. '.repeat(20)}`);
    const notice = bar.getByRole('group', { name: 'New message' });
    await expect.poll(() => notice.innerText()).toMatch(/Olivia Bennett\nYour order is ready\. Come and.*…/);
    await expectButton('Phone 1 unread message');
    expect([await width(), await top(), await left()]).toEqual(before);

    await notice.getByRole('button', { name: 'Open the phone' }).click();
    await expect.poll(() => phone.getByRole('heading', { name: 'Olivia Bennett' }).isVisible()).toBe(true);
    await expect.poll(() => bubbles(phone).innerText()).toMatch(/Come and take it\..*\d\d:\d\d\s+Read$/s);
    await expectButton('Phone');
    expect(await notice.isVisible()).toBe(false);
    expect([await width(), await top(), await left()]).toEqual(before);
  });

  it('shows who got what, the newest first, and messages as they come, the newest at the bottom', async () => {
    await button().click();
    expect(await phone.innerText()).toContain('No messages yet');
    await send('First');
    await send('To James', james);
    await send('To a stranger', '+15559990000');
    await expect.poll(() => rows(phone).count()).toBe(3);
    await send('Second');
    await expect.poll(() => rows(phone).first().innerText()).toContain('Second');
    expect((await rows(phone).allInnerTexts()).map((text) => text.split('\n')[1])).toEqual([
      'Olivia Bennett',
      '+15559990000',
      'James Walker',
    ]);
    await expectButton('Phone 4 unread messages');

    await phone.getByRole('button', { name: /^Olivia Bennett.*2 unread messages/ }).click();
    for (let number = 1; number <= 12; number++) await send(`Message ${number} of many`);
    await expect.poll(() => bubbles(phone).count()).toBe(14);
    const texts = await bubbles(phone).locator('.bubble-text').allInnerTexts();
    expect(texts.slice(0, 3)).toEqual(['First', 'Second', 'Message 1 of many']);
    const scroller = phone.getByRole('group', { name: 'Messages of Olivia Bennett' });
    await expect
      .poll(() =>
        scroller.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight),
      )
      .toBeLessThan(2);
    await expectButton('Phone 2 unread messages');
    expect(await bar.getByRole('group', { name: 'New message' }).isVisible()).toBe(false);
  });

  it('is used by keyboard, and is there again after a reload', async () => {
    await send('Hello');
    await expectButton('Phone 1 unread message');
    await button().press('Enter');
    expect(await button().getAttribute('aria-expanded')).toBe('true');
    const own = phone.getByRole('link', { name: 'The phone in a window of its own' });
    for (let steps = 0; steps < 6 && !(await isFocused(own)); steps++) await page.keyboard.press('Tab');
    for (const name of ['Close the phone', 'Scan code', 'Accounts', 'New message']) {
      await page.keyboard.press('Tab');
      expect(await isFocused(phone.getByRole('button', { name }))).toBe(true);
    }
    await page.keyboard.press('Tab');
    expect(await isFocused(rows(phone))).toBe(true);
    await page.keyboard.press('Enter');
    const back = phone.getByRole('button', { name: 'All conversations' });
    expect(await isFocused(back)).toBe(true);

    await page.reload();
    await ready(page);
    await expect.poll(() => bubbles(phone).count()).toBe(1);
    await back.press('Enter');
    await expect.poll(() => isFocused(rows(phone))).toBe(true);
    await page.keyboard.press('Escape');
    expect(await phone.isVisible()).toBe(false);
    expect(await isFocused(button())).toBe(true);
  });

  it('reads new messages out, open and closed', async () => {
    const region = bar.locator('[role=status].hidden');
    await send('While it is closed');
    await expect.poll(() => region.textContent()).toBe('New message to Olivia Bennett: While it is closed');
    await button().click();
    await send('While it is open', james);
    await expect.poll(() => region.textContent()).toBe('New message to James Walker: While it is open');
  });

  it('leads to the contact’s card, and follows another name', async () => {
    await send('Hello');
    await button().click();
    await rows(phone).click();
    await phone.getByRole('link', { name: 'Olivia Bennett' }).click();
    await expect.poll(() => page.url()).toMatch(/\/contacts\/detail\/\d+$/);
    expect(await phone.isVisible()).toBe(true);

    const id = Number(page.url().split('/').at(-1));
    await page.evaluate(
      (contact) =>
        fetch(`/api/v4/contacts/${contact}`, {
          method: 'PATCH',
          headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'XMLHttpRequest' },
          body: '{"name":"Olivia Marsh"}',
        }),
      id,
    );
    await expect
      .poll(() => phone.getByRole('heading', { level: 2 }).allInnerTexts())
      .toContain('Olivia Marsh');
  });

  it('is empty after a reset of the account', async () => {
    await send('Hello');
    await expectButton('Phone 1 unread message');
    await button().click();
    const loaded = page.waitForEvent('load');
    await page.evaluate(() =>
      fetch('/sandbox/reset', { method: 'POST', headers: { 'X-Requested-With': 'XMLHttpRequest' } }),
    );
    await loaded;
    await ready(page);
    await expect.poll(() => phone.innerText()).toContain('No messages yet');
    await expectButton('Phone');
  });

  it.each(['light', 'dark'] as const)('has no serious findings of axe, %s', async (theme) => {
    await setTheme(theme);
    const found: string[] = [];
    const look = async (): Promise<void> => {
      await settled(page);
      found.push(...(await seriousFindings(page, 'html')));
    };
    await button().click();
    await look();
    await button().click();
    await send('Hello', james);
    await send('Hello');
    await bar.getByRole('group', { name: 'New message' }).waitFor();
    await look();
    await button().click();
    await look();
    await rows(phone).first().click();
    await bar.getByRole('tab', { name: /Faults/ }).click();
    await bar.getByRole('combobox', { name: 'How messages fail' }).selectOption('fails_later');
    await bar.getByRole('button', { name: 'Let them fail' }).click();
    await bar.getByText('Everybody: taken, fails on its way').waitFor();
    await send('Never there');
    await phone.getByText('The phone could not be reached.').waitFor();
    await look();
    expect(found).toEqual([]);
  });
});

describe('faults of the demo chat', () => {
  it('are set for everybody and for a number, counted, and taken away', async () => {
    await bar.getByRole('tab', { name: /Faults/ }).click();
    const panel = bar.getByRole('tabpanel', { name: /Faults/ });
    const mode = panel.getByRole('combobox', { name: 'How messages fail' });
    const add = panel.getByRole('button', { name: 'Let them fail' });
    const list = panel.getByRole('list', { name: 'Faults of the demo chat' }).getByRole('listitem');
    await mode.selectOption('unavailable');
    await add.click();
    await expect.poll(() => list.count()).toBe(1);
    expect(await send('Hello')).toBe(503);

    await panel.getByRole('textbox', { name: /^Number/ }).fill('+1 (202) 555-0101');
    await mode.selectOption('not_on_service');
    await add.click();
    await expect.poll(() => list.count()).toBe(2);
    expect(await send('Hello')).toBe(422);
    expect(await send('Hello', james)).toBe(503);
    await expect.poll(() => bar.getByRole('tab', { name: 'Faults 2 switched on' }).count()).toBe(1);

    await panel.getByRole('textbox', { name: /^Number/ }).fill('12');
    await add.click();
    await expect.poll(() => bar.getByRole('alert').innerText()).toContain('a number such as +15550100');
    for (const left of [1, 0]) {
      await list.first().getByRole('button').click();
      await expect.poll(() => list.count()).toBe(left);
    }
    expect(await send('Hello')).toBe(201);
    await expect.poll(() => bar.getByRole('tab', { name: 'Faults', exact: true }).count()).toBe(1);
  });

  it('say when messages become read', async () => {
    await bar.getByRole('tab', { name: /Faults/ }).click();
    await bar.getByRole('combobox', { name: 'Messages become read' }).selectOption('never');
    await expect
      .poll(async () => (await fetch(`${sandbox.url}/sandbox/phone/settings`)).text())
      .toBe('{"reading":"never","faults":[]}');
    await send('Hello');
    await button().click();
    await rows(phone).click();
    await expectButton('Phone');
    await expect.poll(() => bubbles(phone).innerText()).toContain('Delivered');
  });
});

describe('the phone on a page of its own', () => {
  it.each(['light', 'dark'] as const)('shows messages live and lets them become read, %s', async (theme) => {
    await setTheme(theme);
    const own = await page.context().newPage();
    const errors: string[] = [];
    own.on('pageerror', ({ message }) => errors.push(message));
    await own.setViewportSize({ width: 500, height: 700 });
    await own.goto(`${sandbox.url}/sandbox/phone`);
    await ready(own);
    expect(await own.locator('html').getAttribute('data-color-scheme')).toBe(theme);
    await own.getByText('No messages yet').waitFor();

    await send('Hello');
    await send('The second');
    await expect.poll(() => own.title()).toBe('(2) Phone of the sandbox');
    expect(await seriousFindings(own, 'html')).toEqual([]);
    await own.bringToFront();
    await rows(own).click();
    await expect.poll(() => bubbles(own).last().innerText()).toContain('Read');
    await expect.poll(() => own.title()).toBe('Phone of the sandbox');
    await settled(own);
    expect(await seriousFindings(own, 'html')).toEqual([]);
    expect(await own.evaluate(() => document.documentElement.scrollWidth)).toBe(500);

    await own.reload();
    await ready(own);
    expect(await bubbles(own).count()).toBe(2);
    await expectButton('Phone');
    await setTheme(theme === 'light' ? 'dark' : 'light', own);
    expect(errors).toEqual([]);
  });
});
