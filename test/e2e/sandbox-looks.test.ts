import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import type { Sandbox } from '../../src/sandbox/index.js';
import { ConnectionsBackend, goodToken } from '../support/connections-backend.js';
import { loadAxe, seriousFindings } from './support/axe.js';
import { type ServedBackend, serveConnections } from './support/connection-backend.js';
import { launchBrowser, type TestBrowser, type WatchedPage } from './support/browser.js';
import { startCast } from './support/sandbox-cast.js';
import { scenes } from './support/sandbox-scenes.js';
import { sharedHost } from './support/shared-host.js';

let browser: TestBrowser;
let sandbox: Sandbox;
let backend: ServedBackend;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  backend = await serveConnections(new ConnectionsBackend(), () => new URL(sandbox.url).origin);
  [browser, sandbox] = await Promise.all([
    launchBrowser(),
    startCast(inject('packedWidget'), backend.url, { hostFiles: sharedHost() }),
  ]);
  watched = await browser.newPage();
  ({ page } = watched);
  await page.goto(`${sandbox.url}/dashboard`);
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
  await backend.close();
});

/** Goes there within the document, as a link of the interface does. */
async function go(path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
  await page.locator('html[data-sandbox=ready]').waitFor();
}

async function setTheme(theme: 'light' | 'dark'): Promise<void> {
  const bar = page.getByRole('region', { name: 'Sandbox' });
  await bar.getByRole('combobox', { name: 'Theme' }).selectOption(theme);
  await page.locator(`html[data-color-scheme=${theme}]`).waitFor();
}

/** What is wider than the window, and what cannot be scrolled out from behind the sandbox's bar. */
function misplaced(): Promise<string[]> {
  return page.evaluate(async () => {
    // The page makes room for the bar when the bar has been drawn.
    for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
    const { scrollWidth, scrollHeight } = document.documentElement;
    const found = scrollWidth > innerWidth ? [`the page is ${scrollWidth} wide`] : [];
    scrollTo(0, scrollHeight);
    const bar = document.querySelector('sandbox-bar')?.getBoundingClientRect().top ?? innerHeight;
    for (const element of document.querySelectorAll('body, body *')) {
      const { position, overflowY, visibility } = getComputedStyle(element);
      const isScrolled = /auto|scroll/.test(overflowY) && element.scrollHeight > element.clientHeight;
      const { bottom, height } = element.getBoundingClientRect();
      const counts = element === document.body || position === 'fixed' || isScrolled;
      if (counts && height > 0 && visibility === 'visible' && bottom > bar + 1) {
        found.push(`${element.tagName}.${element.className} ends ${Math.round(bottom - bar)} below the bar`);
      }
    }
    scrollTo(0, 0);
    return found;
  });
}

describe('every page of the account', () => {
  it.each(scenes)('$name', async ({ path, arrange, tidy, said = [] }) => {
    watched.console.length = watched.errors.length = 0;
    await page.setViewportSize({ width: 1280, height: 800 });
    await go(path);
    await arrange?.(page, sandbox);
    await loadAxe(page);
    const found: string[] = [];
    // A menu shuts when the window gets another size.
    for (const width of [1280, 1920]) {
      await page.setViewportSize({ width, height: width * 0.625 });
      for (const theme of ['light', 'dark'] as const) {
        await setTheme(theme);
        const seen = [...(await misplaced()), ...(await seriousFindings(page, 'html'))];
        found.push(...seen.map((finding) => `${theme}, ${width}: ${finding}`));
      }
    }
    await tidy?.(page, sandbox);
    expect(found).toEqual([]);
    expect(watched.console).toEqual(said);
    expect(watched.errors).toEqual([]);
  });
});

/** Goes on with Tab, or back, until this has the focus. */
async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.waitFor();
  for (let steps = 0; steps < 120; steps++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${String(target)}.`);
}

async function press(target: Locator, key = 'Enter', direction: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await tabTo(target, direction);
  await page.keyboard.press(key);
}

async function type(target: Locator, text: string): Promise<void> {
  await tabTo(target);
  await page.keyboard.type(text);
}

const isFocused = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === document.activeElement);

describe('by keyboard alone', () => {
  const main = (): Locator => page.getByRole('main');
  const dialog = (): Locator => page.getByRole('dialog');
  const button = (place: Locator, name: string | RegExp): Locator => place.getByRole('button', { name });
  const keyboard = (): Page['keyboard'] => page.keyboard;

  it('the main menu is skipped', async () => {
    await go('/settings/salesbot');
    await page.reload();
    await page.locator('html[data-sandbox=ready]').waitFor();
    await keyboard().press('Tab');
    await keyboard().press('Enter');
    await keyboard().press('Tab');

    expect(await isFocused(button(main(), 'New bot'))).toBe(true);
  });

  it('a widget is installed and its settings are saved', async () => {
    await go('/settings/widgets');
    const tile = button(main(), /^Pipeline Messenger Not installed/);
    await press(tile);
    await press(button(dialog(), 'Install'));
    await press(button(dialog(), 'Access keys'));
    await type(dialog().getByLabel('Account ID'), 'AC0123');
    await type(dialog().getByLabel('Secret key'), goodToken);
    await keyboard().press('Enter');
    await dialog().getByRole('heading', { name: 'AC0123' }).waitFor();
    await press(button(dialog(), 'Save'));
    await dialog().waitFor({ state: 'detached' });

    expect(sandbox.server.context.account.widgets.get('tour')?.status).toBe('installed');
    const installed = main().locator('.widget-card[data-code=tour]');
    expect(await isFocused(installed)).toBe(true);
  });

  it('a trigger is added and saved', async () => {
    await go('/settings/pipeline/leads');
    const stage = page.getByRole('region', { name: 'Contract' });
    await press(button(stage, 'Add trigger'));
    await press(button(dialog(), 'Pipeline Messenger').first());
    await type(stage.locator('textarea'), 'Sent ');
    await press(button(stage, /lead_name/));
    await press(stage.getByRole('checkbox', { name: 'Only to the main contact' }), 'Space');
    await press(button(stage, 'Save'));

    const trigger = button(stage, /^Pipeline Messenger/);
    await expect.poll(() => isFocused(trigger)).toBe(true);
    expect([...sandbox.server.context.account.dp_triggers.values()].at(-1)?.settings).toMatchObject({
      message: 'Sent {{lead_name}}',
      only_main: '1',
    });
  });

  it('a lead is moved, its card opened and a note written', async () => {
    await go('/leads/pipeline');
    const card = page.getByRole('group', { name: 'Web sitesi çevirisi' });
    await press(card, 'Space');
    await keyboard().press('ArrowRight');
    await keyboard().press('Space');
    const stage = page.getByRole('region', { name: 'Contract' });
    await stage.getByRole('group', { name: 'Web sitesi çevirisi' }).waitFor();
    await press(stage.getByRole('link', { name: 'Web sitesi çevirisi' }));

    await page.getByRole('button', { name: 'Stage: Contract' }).waitFor();
    expect(await isFocused(main())).toBe(true);
    await type(page.getByRole('textbox', { name: 'Note' }), 'Signed');
    await press(button(main(), 'Send'));
    await page.getByRole('log', { name: 'Feed' }).getByText('Signed').waitFor();
  });

  it('the stage of a lead is chosen in a menu, which Escape leaves as it was', async () => {
    await go('/leads/detail/7002');
    const stage = button(main(), /^Stage/);
    await press(stage);
    await keyboard().press('ArrowDown');
    await keyboard().press('Escape');
    expect(await isFocused(stage)).toBe(true);
    expect(await stage.getAttribute('aria-label')).toBe('Stage: Offer sent');

    await keyboard().press('Enter');
    await keyboard().press('End');
    await keyboard().press('ArrowDown');
    await keyboard().press('ArrowDown');
    await keyboard().press('Enter');
    expect(await stage.getAttribute('aria-label')).toBe('Stage: New request');
    await press(button(main(), 'Cancel'));
  });

  it('rows are marked and an action chosen for them', async () => {
    await go('/leads/list');
    await press(page.getByRole('checkbox', { name: 'Select Spare parts for spring', exact: true }), 'Space');
    await press(page.getByRole('checkbox', { name: 'Select Hornos nuevos', exact: true }), 'Space');
    const action = button(page.getByRole('toolbar'), 'Phone desk');
    await press(action, 'Enter', 'Shift+Tab');
    const result = page.getByText('What was selected: 2');
    await result.waitFor();

    await keyboard().press('Escape');
    await result.waitFor({ state: 'hidden' });
    expect(await isFocused(action)).toBe(true);
  });

  it('the panels of the bar are reached from the page', async () => {
    await go('/dashboard');
    const bar = page.getByRole('region', { name: 'Sandbox' });
    const isInBar = (name: string): Promise<boolean> =>
      bar
        .getByRole('tab', { name })
        .evaluate((tab) => tab === (tab.getRootNode() as ShadowRoot).activeElement);
    for (let steps = 0; steps < 60 && !(await isInBar('Traffic')); steps++) await keyboard().press('Tab');
    await keyboard().press('ArrowRight');
    await keyboard().press('ArrowRight');
    await keyboard().press('Enter');
    await bar.getByRole('tabpanel', { name: 'Faults' }).waitFor();
    await keyboard().press('Escape');

    await bar.getByRole('tabpanel', { name: 'Faults' }).waitFor({ state: 'hidden' });
    expect(await isInBar('Faults')).toBe(true);
  });
});

describe('the palette', () => {
  const kit = createRequire(import.meta.url).resolve('@kommo-crm/crm-react-ui-kit/assets/theme.css');

  it.each(['light', 'dark'] as const)(
    'has every colour that the platform’s kit publishes, with its value, %s',
    async (theme) => {
      await setTheme(theme);
      await page.evaluate((scheme) => {
        document.documentElement.dataset['crmUiKitTheme'] = scheme === 'dark' ? 'alternative' : '';
      }, theme);
      const sheet = await page.addStyleTag({ path: kit });
      const pairs = await page.evaluate(
        (names) =>
          names.map((name) => {
            const value = (property: string): string =>
              getComputedStyle(document.documentElement).getPropertyValue(property).trim();
            return [name, value(`--palette-${name}`), value(`--crm-ui-kit-palette-${name}`)] as const;
          }),
        await namesIn(kit),
      );
      await sheet.evaluate((element) => {
        (element as HTMLElement).remove();
      });

      expect(pairs.length).toBeGreaterThan(50);
      expect(pairs.filter(([, ours, theirs]) => ours !== theirs)).toEqual([]);
    },
  );
});

async function namesIn(css: string): Promise<string[]> {
  const names = (await readFile(css, 'utf8')).matchAll(/--crm-ui-kit-palette-([a-z0-9-]+)\s*:/g);
  return [...new Set(Array.from(names, ([, name = '']) => name))];
}
