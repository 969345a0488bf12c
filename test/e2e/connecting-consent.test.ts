import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { questionWords } from '../../src/backend/connections/question-words.js';
import { attempt as attemptSchema } from '../../src/contract/connections-api.js';
import { seriousFindings } from './support/axe.js';
import { type ConnectedAccount, useFreshAccount } from './support/connected-account.js';
import { screenshotFolder } from './support/screenshots.js';

const current = useFreshAccount();
let account: ConnectedAccount;
/** Browsers of other people. */
let others: BrowserContext[];

beforeAll(() => mkdir(screenshotFolder, { recursive: true }));
beforeEach(() => {
  account = current();
  others = [];
});
afterEach(() => Promise.all(others.map((context) => context.close())));

const business = 'Green Leaf Cafe';
const panel = (): Locator => account.page.getByRole('dialog').locator('.pipeline-messenger');
const channel = (): Locator => panel().getByRole('heading', { name: business, exact: true });
const attempt = (): Locator => panel().getByRole('group', { name: 'Connect Demo chat' });

/** Installs the widget and opens the service's page, as an administrator does. */
async function begin(): Promise<Page> {
  await account.open('/settings/widgets/ours');
  await account.page.getByRole('dialog').getByRole('button', { name: 'Install', exact: true }).click();
  await panel()
    .getByRole('group', { name: 'Demo chat', exact: true })
    .getByRole('button', { name: 'Sign in' })
    .click();
  return openWindow();
}

async function openWindow(): Promise<Page> {
  const popup = account.page.waitForEvent('popup');
  await attempt()
    .getByRole('button', { name: /^Sign in/ })
    .click();
  const window = await popup;
  await window.getByRole('button', { name: 'Allow' }).waitFor();
  return window;
}

async function agree(window: Page): Promise<void> {
  await window.getByRole('radio', { name: new RegExp(business) }).check();
  await window.getByRole('button', { name: 'Allow' }).click();
}

/** A page in the browser of somebody else. */
async function stranger(options: BrowserContextOptions = {}): Promise<Page> {
  const browser = account.page.context().browser();
  if (browser === null) throw new Error('The page has no browser.');
  const context = await browser.newContext({ viewport: { width: 600, height: 600 }, ...options });
  others.push(context);
  return context.newPage();
}

const question = (page: Page): Locator =>
  page.getByRole('heading', { name: 'Connect Demo chat to this Kommo account?' });

/** What the page tells of the account that would get the channel. */
async function expectAccount(page: Page): Promise<void> {
  const { name } = account.sandbox.server.context.account;
  expect(await page.getByRole('definition').allInnerTexts()).toEqual([
    name,
    new URL(account.sandbox.url).host,
  ]);
}

describe('a sign-in at a chat service', () => {
  it('is done without a further click in the window that the panel has opened', async () => {
    const window = await begin();
    const sent: string[] = [];
    window.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/callback'))
        sent.push(request.postData() ?? '');
    });
    const closed = window.waitForEvent('close');
    await agree(window);
    await channel().waitFor();
    await closed;
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain('decision=proven');
  });

  // In six languages and two themes.
  it(
    'asks somebody who was sent the service’s page which account would get the channel',
    { timeout: 120_000 },
    async () => {
      const window = await begin();
      const page = await stranger();
      await page.goto(window.url());
      await agree(page);
      await question(page).waitFor();
      expect(new URL(page.url()).search).toBe('');
      await expectAccount(page);
      expect(await channel().count()).toBe(0);

      for (const [language, { question: words }] of Object.entries(questionWords)) {
        await page.setExtraHTTPHeaders({ 'accept-language': language });
        await page.reload();
        const { title } = words;
        const shown = title.replace('{service}', 'Demo chat').replace('{platform}', 'Kommo');
        await page.getByRole('heading', { name: shown }).waitFor();
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          expect(await seriousFindings(page, 'html')).toEqual([]);
          await page.screenshot({
            path: path.join(screenshotFolder, `consent-${language}-${colorScheme}.png`),
          });
        }
        const isWide = await page.evaluate(
          () => document.documentElement.scrollWidth > globalThis.innerWidth,
        );
        expect(isWide).toBe(false);
      }
      await page.setExtraHTTPHeaders({ 'accept-language': 'en' });
      await page.reload();
      await question(page).waitFor();

      // Nothing but the button connects, and the keyboard reaches it first.
      await page.keyboard.press('Tab');
      const connect = page.getByRole('button', { name: 'Connect', exact: true });
      expect(await connect.evaluate((element) => element === document.activeElement)).toBe(true);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Demo chat is connected' }).waitFor();
      await channel().waitFor();

      // Sent again, the form is of no use.
      await page.reload();
      await page.getByRole('heading', { name: 'This sign-in is over' }).waitFor();
    },
  );

  it('does not believe a page of another origin that has opened the window', async () => {
    const begun = account.page.waitForResponse(
      (response) =>
        response.url().endsWith('/connections/attempts') && response.request().method() === 'POST',
    );
    const window = await begin();
    // Whoever has begun the attempt knows all that their panel knows.
    const { id, prompt } = attemptSchema.parse(await (await begun).json());
    const proof = prompt?.kind === 'oauth' ? prompt.proof : '';
    const page = await stranger();
    const evil = 'https://evil.example.com/';
    await page
      .context()
      .route(`${evil}**`, (route) =>
        route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>A gift</title>' }),
      );
    await page.goto(evil);
    const popup = page.waitForEvent('popup');
    await page.evaluate(
      ({ url, message }) => {
        const heard: unknown[] = [];
        const opened = globalThis.open(url, '_blank', 'popup=yes');
        addEventListener('message', ({ data }) => heard.push(data));
        setInterval(() => opened?.postMessage(message, '*'), 20);
        Object.assign(globalThis, { heard });
      },
      {
        url: window.url(),
        message: { type: 'pipeline-messenger:connection-proof', attempt_id: id, proof },
      },
    );
    const victim = await popup;
    await agree(victim);
    await question(victim).waitFor();
    await expectAccount(victim);
    expect(await page.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard)).toEqual([]);

    await victim.getByRole('button', { name: 'Cancel', exact: true }).click();
    await victim.getByRole('heading', { name: 'Nothing was connected' }).waitFor();
    await attempt().getByText('Access was not allowed. Sign in again and allow access.').waitFor();
    expect(await channel().count()).toBe(0);
  });

  it('asks where the service cuts its window off from the panel, and connects then', async () => {
    // The service's page wants no opener (HTML, "cross-origin opener policies").
    await account.page.context().route('**/oauth/authorize**', async (route) => {
      const response = await route.fetch({ maxRedirects: 0 });
      const headers = { ...response.headers(), 'cross-origin-opener-policy': 'same-origin' };
      await route.fulfill({ response, headers });
    });
    const window = await begin();
    await agree(window);
    await question(window).waitFor();
    await expectAccount(window);
    // For the panel a window that was cut off is a closed one.
    await attempt().getByText('If you still see it, finish there').waitFor();
    expect(await channel().count()).toBe(0);
    await window.getByRole('button', { name: 'Connect', exact: true }).click();
    await channel().waitFor();
  });

  it('needs no script to ask, and tells both ends when the service does not answer then', async () => {
    const window = await begin();
    const page = await stranger({ javaScriptEnabled: false });
    await page.goto(window.url());
    await agree(page);
    await page.getByRole('button', { name: 'Continue' }).click();
    await question(page).waitFor();
    await expectAccount(page);
    await fetch(`${account.sandbox.url}/sandbox/phone/settings`, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ faults: [{ to: null, mode: 'unavailable', seconds: 0 }] }),
    });
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByRole('heading', { name: 'Demo chat did not answer as expected' }).waitFor();
    await attempt()
      .getByText(/^The chat service does not respond/)
      .waitFor();
    expect(await channel().count()).toBe(0);
  });
});
