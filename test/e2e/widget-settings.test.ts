import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Locator } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { ConnectionsBackend } from '../support/connections-backend.js';
import { seriousFindings } from './support/axe.js';
import { screenshotFolder } from './support/screenshots.js';
import {
  ourFiles,
  useWidgetAccount,
  type WidgetAccount,
  type WidgetAccountOptions,
} from './support/widget-account.js';

/** The backend of a widget that was packed without an address. */
const placeholder = 'https://set-the-webhook-url.example.com';

const start = useWidgetAccount();
let account: WidgetAccount;

/** An account in which our widget is not installed, unless the options say so. */
async function enter(options: WidgetAccountOptions = {}): Promise<void> {
  account = await start({ installed: false, ...options });
  await account.page.route(`${placeholder}/**`, (route) =>
    route.fulfill({
      headers: { 'access-control-allow-origin': '*' },
      json: new ConnectionsBackend().handle({ method: 'GET', path: '/connections', body: undefined }).body,
    }),
  );
}

/** Opens the modal and leaves the tour, which stands before the settings until the widget is installed. */
async function openSettings(): Promise<void> {
  await account.openSettings();
  await account.page.locator('.js-widget-skip-tour').click();
}

const panel = (): Locator => account.settings().locator('.pipeline-messenger');
const button = (name: string): Locator => account.settings().getByRole('button', { name, exact: true });

beforeAll(() => mkdir(screenshotFolder, { recursive: true }));

afterEach(() => {
  // Whatever a test does, the packed widget never writes to the console and never throws.
  expect(account.watched.console).toEqual([]);
  expect(account.watched.errors).toEqual([]);
});

describe('the settings', () => {
  it('ask for React only when the modal opens', async () => {
    await enter();
    await account.openIntegrations();
    await account.page.waitForLoadState('networkidle');
    const asked = () =>
      account.watched.requests.filter((url) => /\/widget\/(vendor|settings)\.(js|css)/.test(url)).length;
    expect(asked()).toBe(0);
    await openSettings();
    await panel().getByText('Not configured').waitFor();
    expect(asked()).toBe(3);
  });

  it('open, close and open again, and run twice, with one panel each time', async () => {
    await enter({ installed: true });
    await account.openIntegrations();
    for (let round = 0; round < 2; round += 1) {
      await account.page.getByRole('main').getByRole('button', { name: 'Pipeline Messenger' }).click();
      await panel().getByText('What it does').waitFor();
      await account.repeat('settings');
      await panel().getByText('What it does').waitFor();
      expect(await panel().count()).toBe(1);
      await account.closeSettings();
    }
  });

  it('leave nothing behind when the modal closes and another page is opened', async () => {
    await enter({ installed: true });
    await account.openSettings();
    await panel().getByText('What it does').waitFor();
    await account.closeSettings();
    expect(await account.leave()).toEqual([]);
  });

  it('leave nothing behind when another page is opened over the open modal', async () => {
    await enter({ installed: true });
    await account.openSettings();
    await panel().getByText('What it does').waitFor();
    expect(await account.leave()).toEqual([]);
  });

  it('take the panel out of the open modal at destroy, which may come twice', async () => {
    await enter({ installed: true });
    await account.openSettings();
    await panel().getByText('What it does').waitFor();
    await account.repeat('destroy');
    await expect.poll(() => panel().count()).toBe(0);
    await account.repeat('destroy');
    expect(await account.leave()).toEqual([]);
  });

  it.each(['settings.js', 'vendor.js'])('say that %s did not load, and try again on demand', async (file) => {
    await enter();
    let broken = true;
    await account.page.route(`${ourFiles}/${file}*`, (route) =>
      broken ? route.fulfill({ status: 503, body: '' }) : route.continue(),
    );
    await openSettings();
    await panel().getByRole('alert').waitFor();
    broken = false;
    await panel().getByRole('button', { name: 'Try again' }).click();
    await panel().getByText('What it does').waitFor();
    // The browser itself reports the failed request.
    account.watched.console.length = 0;
  });

  it('lead to the support that the manifest names', async () => {
    await enter();
    await openSettings();
    const link = panel().getByRole('link', { name: 'Contact support' });
    expect(await link.getAttribute('href')).toBe('https://pipeline-messenger.example.com/support');
  });

  it('have the kit’s look inside of the panel, ours before the kit’s, and none of it outside', async () => {
    await enter();
    await openSettings();
    await panel().getByText('Not configured').waitFor();
    const styleOf = (selector: string, name: string): Promise<string> =>
      account.page
        .locator(selector)
        .first()
        .evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), name);
    const callout = '.pipeline-messenger [class*="_wrapper_"]';
    expect([await styleOf(callout, 'display'), await styleOf(callout, 'position')]).toEqual([
      'flex',
      'relative',
    ]);
    expect(await styleOf('.pipeline-messenger [class*="_list_"]', 'padding-left')).toBe('20px');
    expect(
      await account.page.evaluate((selector) => {
        const copy = document.createElement('div');
        copy.className = document.querySelector(selector)?.className ?? '';
        document.body.append(copy);
        const { display } = getComputedStyle(copy);
        copy.remove();
        return display;
      }, callout),
    ).toBe('block');
  });

  it('keep Kommo’s Save below everything', async () => {
    await enter({ installed: true });
    await account.openSettings();
    await panel().getByText('What it does').waitFor();
    const save = await button('Save').boundingBox();
    const own = await panel().boundingBox();
    expect(save?.y ?? 0).toBeGreaterThan((own?.y ?? 0) + (own?.height ?? 0));
  });

  it.each(['light', 'dark'] as const)(
    'are photographed in %s and have no serious finding of axe',
    async (theme) => {
      await enter({ switches: { theme } });
      for (const language of ['en', 'es', 'pt', 'tr', 'id', 'ru']) {
        account.speak(language);
        await openSettings();
        await panel().locator('h2, h3, h4').first().waitFor();
        await account.page.screenshot({ path: `${screenshotFolder}/settings-${theme}-${language}.png` });
      }
      expect(await seriousFindings(account.page, '.widget-settings__modal')).toEqual([]);
    },
  );
});

describe('what is loaded', () => {
  const gzipped = async (file: string): Promise<number> =>
    gzipSync(await readFile(path.join(inject('packedWidget'), file)), { level: 9 }).length;

  it('is at most 6 KB of script.js, since Kommo loads it on nearly every page for every user', async () => {
    expect(await gzipped('script.js')).toBeLessThanOrEqual(6 * 1024);
  });

  it('is at most 75 KB in all when the settings open, so that they open at once on a slow line', async () => {
    const files = ['script.js', 'settings.js', 'vendor.js', 'style.css', 'vendor.css'];
    const sizes = await Promise.all(files.map(gzipped));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(75 * 1024);
  });
});
