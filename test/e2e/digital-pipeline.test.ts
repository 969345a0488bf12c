import { mkdir } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { type Host, startHost } from './host/server.js';
import { seriousFindings } from './support/axe.js';
import { launchBrowser, type TestBrowser } from './support/browser.js';
import { type KommoPage, noLeftovers, openKommo } from './support/kommo-page.js';
import { screenshotFolder } from './support/screenshots.js';

let browser: TestBrowser;
let host: Host;
let kommo: KommoPage & AsyncDisposable;

const editor = (bubble: Locator): Locator => bubble.getByRole('textbox', { name: 'Message' });
const marker = (bubble: Locator, tag: string): Locator =>
  bubble.getByRole('button', { name: tag, exact: true });
const onlyMain = (bubble: Locator): Locator =>
  bubble.getByRole('checkbox', { name: 'Only to the main contact' });
const active = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === document.activeElement);

beforeAll(async () => {
  browser = await launchBrowser();
  await mkdir(screenshotFolder, { recursive: true });
});

afterAll(() => browser.close());

beforeEach(async () => {
  host = await startHost({ widgetDir: inject('packedWidget') });
  kommo = await openKommo(host, browser);
});

afterEach(async () => {
  // Whatever a test does, the packed widget never writes to the console and never throws.
  expect(kommo.watched.console).toEqual([]);
  expect(kommo.watched.errors).toEqual([]);
  await kommo[Symbol.asyncDispose]();
  await host.close();
});

describe.each([1, 2] as const)('the trigger in markup revision %i', (revision) => {
  it('is typed, filled with a macro, ticked, saved and shown again', async () => {
    await kommo.openPipeline({ revision });
    const bubble = await kommo.openTrigger(1);
    await editor(bubble).waitFor();
    expect(await kommo.isTriggerSaveActive(1)).toBe(false);

    await editor(bubble).pressSequentially('Hello, !');
    await editor(bubble).press('ArrowLeft');
    await marker(bubble, '{{contact_first_name}}').click();
    expect(await editor(bubble).inputValue()).toBe('Hello, {{contact_first_name}}!');
    expect(await active(editor(bubble))).toBe(true);
    await editor(bubble).pressSequentially(' and');
    expect(await editor(bubble).inputValue()).toBe('Hello, {{contact_first_name}} and!');

    await onlyMain(bubble).check({ force: true });
    expect(await kommo.isTriggerSaveActive(1)).toBe(true);
    await kommo.saveTrigger(1);
    expect(kommo.storedSettings(1)).toEqual({
      message: 'Hello, {{contact_first_name}} and!',
      only_main: '1',
    });

    const again = await kommo.openTrigger(1);
    await editor(again).waitFor();
    expect(await editor(again).inputValue()).toBe('Hello, {{contact_first_name}} and!');
    expect(await onlyMain(again).isChecked()).toBe(true);
    await onlyMain(again).uncheck({ force: true });
    await kommo.saveTrigger(1);
    expect(kommo.storedSettings(1)).toMatchObject({ only_main: '' });
  });

  it('keeps line breaks, after a reload of the page too', async () => {
    await kommo.openPipeline({ revision });
    const bubble = await kommo.openTrigger(1);
    await editor(bubble).fill('First line\nsecond line');
    await kommo.saveTrigger(1);
    expect(kommo.storedSettings(1)).toMatchObject({ message: 'First line\nsecond line' });
    await kommo.openPipeline({ revision });
    const again = await kommo.openTrigger(1);
    await editor(again).waitFor();
    expect(await editor(again).inputValue()).toBe('First line\nsecond line');
  });

  it('is usable by keyboard alone, and Enter on a marker does not save the trigger', async () => {
    await kommo.openPipeline({ revision });
    const bubble = await kommo.openTrigger(1);
    await editor(bubble).focus();
    await kommo.page.keyboard.type('Hi ');
    await kommo.page.keyboard.press('Tab');
    expect(await active(marker(bubble, '{{contact_name}}'))).toBe(true);
    await kommo.page.keyboard.press('Enter');
    expect(await active(editor(bubble))).toBe(true);
    await kommo.page.keyboard.type('.');
    expect(await editor(bubble).inputValue()).toBe('Hi {{contact_name}}.');
    expect(await bubble.isVisible()).toBe(true);
    await kommo.page.keyboard.press('Control+z');
    await kommo.page.keyboard.press('Control+z');
    const undone = await editor(bubble).inputValue();
    expect(undone.trim()).toBe('Hi');
    expect(await kommo.field(1, 'message').inputValue()).toBe(undone);
  });

  it('counts, previews and points out a macro that does not exist', async () => {
    await kommo.openPipeline({ revision });
    const bubble = await kommo.openTrigger(1);
    await editor(bubble).fill('Hello!');
    await bubble.getByText('Characters: 6 · SMS: 1').waitFor();
    await editor(bubble).fill('Order {{lead_idd}} 🎉');
    await bubble.getByText('There is no macro {{lead_idd}}.').waitFor();
    await bubble.getByRole('button', { name: 'Replace' }).click();
    expect(await editor(bubble).inputValue()).toBe('Order {{lead_id}} 🎉');
    await bubble.getByText('Order 1024 🎉', { exact: true }).waitFor();
    expect(await bubble.getByText('There is no macro').count()).toBe(0);
  });

  it('keeps two open bubbles apart, and leaves that of another widget alone', async () => {
    await kommo.openPipeline({ revision });
    const other = await kommo.openTrigger(0);
    const first = await kommo.openTrigger(1);
    const second = await kommo.openTrigger(2);
    await editor(first).fill('one');
    await editor(second).fill('two');
    await onlyMain(second).check({ force: true });
    expect(await kommo.field(1, 'message').inputValue()).toBe('one');
    expect(await kommo.field(2, 'message').inputValue()).toBe('two');
    expect(await kommo.field(1, 'only_main').inputValue()).toBe('');
    expect(await other.locator('.pipeline-messenger').count()).toBe(0);
    await kommo.cancelTrigger(1);
    await kommo.saveTrigger(2);
    expect(kommo.storedSettings(1)).toBeUndefined();
    expect(kommo.storedSettings(2)).toEqual({ message: 'two', only_main: '1' });
  });

  it('changes nothing when dpSettings runs again', async () => {
    await kommo.openPipeline({ revision });
    const bubble = await kommo.openTrigger(1);
    await editor(bubble).fill('typed');
    await bubble.getByText('Characters: 5').waitFor();
    const before = await bubble.innerHTML();
    await kommo.repeat('dpSettings');
    await kommo.repeat('dpSettings');
    await kommo.page.waitForLoadState('networkidle');
    expect(await bubble.innerHTML()).toBe(before);
    expect(await editor(bubble).inputValue()).toBe('typed');
  });

  it('leaves nothing behind after destroy, with the bubble open, and restores Kommo’s own inputs', async () => {
    await kommo.openPipeline({ revision });
    const bubble = await kommo.openTrigger(1);
    await marker(bubble, '{{contact_name}}').waitFor();
    await kommo.leaveArea();
    expect(await kommo.leftovers()).toEqual(noLeftovers);
    expect(await kommo.field(1, 'message').getAttribute('type')).toBe('text');
    expect(await kommo.field(1, 'message').isVisible()).toBe(true);
    expect(await bubble.locator('.pipeline-messenger').count()).toBe(0);
  });
});

describe('the pipeline page', () => {
  it('loads nothing but script.js and the words until a bubble opens, and never React', async () => {
    await kommo.openPipeline();
    await kommo.page.waitForLoadState('networkidle');
    const loaded = (): string[] => [
      ...new Set(
        kommo.watched.requests
          .filter((url) => /\/widget\/.*\.(js|css|twig|json)/.test(url))
          .map((url) => url.replace(/.*\/widget\/|\?.*/g, '')),
      ),
    ];
    expect(loaded().sort()).toEqual(['i18n/en.json', 'script.js']);
    const bubble = await kommo.openTrigger(1);
    await marker(bubble, '{{contact_name}}').waitFor();
    expect(loaded().sort()).toEqual([
      'dp-form.js',
      'i18n/en.json',
      'script.js',
      'style.css',
      'templates/message-tools.twig',
    ]);
  });

  it('keeps Kommo’s own inputs and says so when the editor cannot be loaded', async () => {
    await kommo.page.route('**/dp-form.js*', (route) => route.fulfill({ status: 404, body: '' }));
    await kommo.openPipeline();
    await kommo.openTrigger(1);
    await expect.poll(() => kommo.notifications()).toHaveLength(1);
    expect(JSON.stringify(await kommo.notifications())).toContain('The message editor did not load.');
    await kommo.field(1, 'message').fill('typed by hand');
    await kommo.field(1, 'message').blur();
    await kommo.saveTrigger(1);
    expect(kommo.storedSettings(1)).toMatchObject({ message: 'typed by hand' });
    kommo.watched.console.length = 0;
  });

  it.each(['light', 'dark'] as const)(
    'is photographed in %s and has no serious finding of axe',
    async (theme) => {
      for (const language of ['en', 'es', 'pt', 'tr', 'id']) {
        await kommo.openPipeline({ theme, language });
        const bubble = await kommo.openTrigger(1);
        await bubble
          .locator('textarea')
          .fill('{{contact_nme}}: {{lead_name}}, {{lead_price}}\n{{lead_link}}');
        await bubble.locator('.pipeline-messenger__hint').waitFor();
        const width = await bubble.evaluate((element) => element.scrollWidth - element.clientWidth);
        expect(width, `${language} overflows`).toBeLessThanOrEqual(0);
        await kommo.page.screenshot({ path: `${screenshotFolder}/bubble-${theme}-${language}.png` });
      }
      expect(await seriousFindings(kommo.page, '.pipeline-messenger')).toEqual([]);
    },
  );
});
