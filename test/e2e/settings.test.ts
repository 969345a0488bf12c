import { mkdir } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { type Host, startHost } from './host/server.js';
import { seriousFindings } from './support/axe.js';
import { launchBrowser, type TestBrowser } from './support/browser.js';
import { type KommoPage, noLeftovers, openKommo } from './support/kommo-page.js';
import { screenshotFolder } from './support/screenshots.js';

let browser: TestBrowser;
let host: Host;
let kommo: KommoPage & AsyncDisposable;

beforeAll(async () => {
  browser = await launchBrowser();
  await mkdir(screenshotFolder, { recursive: true });
});

afterAll(() => browser.close());

beforeEach(async () => {
  host = await startHost({
    widgetDir: inject('packedWidget'),
    installation: { status: 'install', active: false, settings: {} },
  });
  kommo = await openKommo(host, browser);
});

afterEach(async () => {
  expect(kommo.watched.console.filter((line) => !line.startsWith('verbose:'))).toEqual([]);
  expect(kommo.watched.errors).toEqual([]);
  await kommo[Symbol.asyncDispose]();
  await host.close();
});

const panel = () => kommo.settings().locator('.pipeline-messenger');

/** React leaves one listener on the document for as long as the page lives. */
const afterReact = { ...noLeftovers, listeners: ['document selectionchange'] };

describe('the settings', () => {
  it('show that the integration is not configured, take what is missing, and show that it is installed', async () => {
    await kommo.openSettings({});
    await panel().getByText('Not configured').waitFor();
    await kommo.setting('sender').fill('+1 202 555 0100');
    await kommo.setting('sender').blur();
    const { result } = await kommo.install();
    expect(result).toBe('saved');
    await kommo.openSettings({});
    await panel().getByText('Installed', { exact: true }).waitFor();
    expect(await kommo.setting('sender').inputValue()).toBe('+1 202 555 0100');
  });

  it('are refused with words in the user’s language while the sender is blank', async () => {
    await kommo.openSettings({ language: 'es' });
    await kommo.setting('sender').fill('   ');
    await kommo.setting('sender').blur();
    const { result } = await kommo.install();
    expect(result).not.toBe('saved');
    if (result === 'refused') {
      const [call] = await kommo.notifications();
      expect(call?.name).toBe('show_message_error');
      expect(JSON.stringify(call?.arguments)).toContain('Remitente');
    }
  });

  it('ask for React only when the modal opens', async () => {
    await kommo.openIntegrations();
    await kommo.page.waitForLoadState('networkidle');
    const asked = () =>
      kommo.watched.requests.filter((url) => /\/widget\/(vendor|settings)\.(js|css)/.test(url)).length;
    expect(asked()).toBe(0);
    await kommo.openSettings();
    await panel().getByText('Not configured').waitFor();
    expect(asked()).toBe(3);
  });

  it('open, close and open again, and run twice, with one panel each time', async () => {
    for (let round = 0; round < 2; round += 1) {
      await kommo.openSettings({});
      await panel().getByText('What it does').waitFor();
      await kommo.repeat('settings');
      await panel().getByText('What it does').waitFor();
      expect(await panel().count()).toBe(1);
      await kommo.closeSettings();
    }
  });

  it('leave nothing behind when the modal closes and the area changes', async () => {
    await kommo.openSettings({});
    await panel().getByText('What it does').waitFor();
    await kommo.closeSettings();
    await kommo.leaveArea();
    expect(await kommo.leftovers()).toEqual(afterReact);
  });

  it('leave nothing behind when destroy comes with the modal open', async () => {
    await kommo.openSettings({});
    await panel().getByText('What it does').waitFor();
    await kommo.leaveArea();
    expect(await kommo.leftovers()).toEqual(afterReact);
  });

  it.each(['settings.js', 'vendor.js'])('say that %s did not load, and try again on demand', async (file) => {
    let broken = true;
    await kommo.page.route(`**/widget/${file}*`, (route) =>
      broken ? route.fulfill({ status: 503, body: '' }) : route.continue(),
    );
    await kommo.openSettings({});
    await panel().getByRole('alert').waitFor();
    broken = false;
    await panel().getByRole('button', { name: 'Try again' }).click();
    await panel().getByText('What it does').waitFor();
    // The browser itself reports the failed request.
    kommo.watched.console.length = 0;
  });

  it('lead to the support that the manifest names', async () => {
    await kommo.openSettings({});
    const link = panel().getByRole('link', { name: 'Contact support' });
    expect(await link.getAttribute('href')).toBe('https://pipeline-messenger.example.com/support');
  });

  it('have the kit’s look inside of the panel, ours before the kit’s, and none of it outside', async () => {
    await kommo.openSettings({});
    await panel().getByText('Not configured').waitFor();
    const styleOf = (selector: string, name: string): Promise<string> =>
      kommo.page
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
      await kommo.page.evaluate((selector) => {
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
    host.account.installation = { status: 'installed', active: true, settings: { sender: 'Shop' } };
    await kommo.openSettings({});
    await panel().getByText('What it does').waitFor();
    const save = await kommo.settings().locator('.js-widget-save').boundingBox();
    const own = await panel().boundingBox();
    expect(save?.y ?? 0).toBeGreaterThan((own?.y ?? 0) + (own?.height ?? 0));
  });

  it.each(['light', 'dark'] as const)(
    'are photographed in %s and have no serious finding of axe',
    async (theme) => {
      for (const language of ['en', 'es', 'pt', 'tr', 'id']) {
        await kommo.openSettings({ theme, language });
        await panel().locator('h2, h3, h4').first().waitFor();
        await kommo.page.screenshot({ path: `${screenshotFolder}/settings-${theme}-${language}.png` });
      }
      expect(await seriousFindings(kommo.page, '.pipeline-messenger')).toEqual([]);
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
