import { mkdir } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from './support/axe.js';
import { screenshotFolder } from './support/screenshots.js';
import {
  isSaveActive,
  ourFiles,
  ours,
  triggers,
  useWidgetAccount,
  type WidgetAccount,
} from './support/widget-account.js';

const { first, second, ofNeighbour } = triggers;
const start = useWidgetAccount();
let account: WidgetAccount;

// Until the editor is loaded, Kommo's own input has its name.
const editor = (bubble: Locator): Locator =>
  bubble.getByRole('textbox', { name: 'Message' }).and(bubble.locator('textarea'));
const marker = (bubble: Locator, tag: string): Locator =>
  bubble.getByRole('button', { name: tag, exact: true });
const onlyMain = (bubble: Locator): Locator =>
  bubble.getByRole('checkbox', { name: 'Only to the main contact' });
const isFocused = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === document.activeElement);

beforeAll(() => mkdir(screenshotFolder, { recursive: true }));

afterEach(() => {
  // Whatever a test does, the packed widget never writes to the console and never throws.
  expect(account.watched.console).toEqual([]);
  expect(account.watched.errors).toEqual([]);
});

describe.each([1, 2] as const)('the trigger in markup revision %i', (revision) => {
  const open = async (): Promise<void> => {
    account = await start({ switches: { revision } });
    await account.openPipeline();
  };

  it('is typed, filled with a macro, ticked, saved and shown again', async () => {
    await open();
    const bubble = await account.openTrigger(first);
    await editor(bubble).waitFor();
    expect(await isSaveActive(bubble)).toBe(false);

    await editor(bubble).pressSequentially('Hello, !');
    await editor(bubble).press('ArrowLeft');
    await marker(bubble, '{{contact_first_name}}').click();
    expect(await editor(bubble).inputValue()).toBe('Hello, {{contact_first_name}}!');
    expect(await isFocused(editor(bubble))).toBe(true);
    await editor(bubble).pressSequentially(' and');
    expect(await editor(bubble).inputValue()).toBe('Hello, {{contact_first_name}} and!');

    await onlyMain(bubble).press('Space');
    expect(await isSaveActive(bubble)).toBe(true);
    await account.saveTrigger(first);
    expect(account.storedTrigger(first)).toEqual({
      message: 'Hello, {{contact_first_name}} and!',
      only_main: '1',
    });

    const again = await account.openTrigger(first);
    await editor(again).waitFor();
    expect(await editor(again).inputValue()).toBe('Hello, {{contact_first_name}} and!');
    expect(await onlyMain(again).isChecked()).toBe(true);
    await onlyMain(again).press('Space');
    await account.saveTrigger(first);
    expect(account.storedTrigger(first)).toMatchObject({ only_main: '' });
  });

  it('keeps line breaks, after a reload of the page too', async () => {
    await open();
    const bubble = await account.openTrigger(first);
    await editor(bubble).fill('First line\nsecond line');
    await account.saveTrigger(first);
    expect(account.storedTrigger(first)).toMatchObject({ message: 'First line\nsecond line' });
    await account.openPipeline();
    const again = await account.openTrigger(first);
    await editor(again).waitFor();
    expect(await editor(again).inputValue()).toBe('First line\nsecond line');
  });

  it('is usable by keyboard alone, and Enter on a marker does not save the trigger', async () => {
    await open();
    const bubble = await account.openTrigger(first);
    const { keyboard } = account.page;
    await editor(bubble).focus();
    await keyboard.type('Hi ');
    await keyboard.press('Tab');
    expect(await isFocused(marker(bubble, '{{contact_name}}'))).toBe(true);
    await keyboard.press('Enter');
    expect(await isFocused(editor(bubble))).toBe(true);
    await keyboard.type('.');
    expect(await editor(bubble).inputValue()).toBe('Hi {{contact_name}}.');
    expect(await bubble.isVisible()).toBe(true);
    await keyboard.press('Control+z');
    await keyboard.press('Control+z');
    const undone = await editor(bubble).inputValue();
    expect(undone.trim()).toBe('Hi');
    expect(await account.field(first, 'message').inputValue()).toBe(undone);
  });

  it('counts, previews and points out a macro that does not exist', async () => {
    await open();
    const bubble = await account.openTrigger(first);
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
    await open();
    const other = await account.openTrigger(ofNeighbour);
    const one = await account.openTrigger(first);
    const two = await account.openTrigger(second);
    await editor(one).fill('one');
    await editor(two).fill('two');
    await onlyMain(two).press('Space');
    expect(await account.field(first, 'message').inputValue()).toBe('one');
    expect(await account.field(second, 'message').inputValue()).toBe('two');
    expect(await account.field(first, 'only_main').inputValue()).toBe('');
    expect(await other.locator('.pipeline-messenger').count()).toBe(0);
    await one.getByRole('button', { name: 'Cancel' }).click();
    await one.waitFor({ state: 'detached' });
    await account.saveTrigger(second);
    expect(account.storedTrigger(first)).toEqual({});
    expect(account.storedTrigger(second)).toEqual({ message: 'two', only_main: '1' });
  });

  it('changes nothing when dpSettings runs again', async () => {
    await open();
    const bubble = await account.openTrigger(first);
    await editor(bubble).fill('typed');
    await bubble.getByText('Characters: 5').waitFor();
    const before = await bubble.innerHTML();
    await account.repeat('dpSettings');
    await account.repeat('dpSettings');
    await account.page.waitForLoadState('networkidle');
    expect(await bubble.innerHTML()).toBe(before);
    expect(await editor(bubble).inputValue()).toBe('typed');
  });

  it('restores Kommo’s own inputs at destroy, with the bubble open, and leaves nothing behind', async () => {
    await open();
    const bubble = await account.openTrigger(first);
    await marker(bubble, '{{contact_name}}').waitFor();
    expect(await account.field(first, 'message').isVisible()).toBe(false);
    await account.repeat('destroy');
    expect(await account.field(first, 'message').getAttribute('type')).toBe('text');
    expect(await account.field(first, 'message').isVisible()).toBe(true);
    expect(await bubble.locator('.pipeline-messenger').count()).toBe(0);
    expect(await account.leave()).toEqual([]);
  });

  it('leaves nothing behind when another page is opened over an open bubble', async () => {
    await open();
    const bubble = await account.openTrigger(first);
    await marker(bubble, '{{contact_name}}').waitFor();
    expect(await account.leave()).toEqual([]);
  });
});

describe('the pipeline page', () => {
  it('loads nothing but script.js and the words until a bubble opens, and never React', async () => {
    account = await start();
    await account.openPipeline();
    await account.page.waitForLoadState('networkidle');
    const loaded = (): string[] =>
      [
        ...new Set(
          account.watched.requests.flatMap((url) => {
            const file = new RegExp(`/upl/${ours}/widget/([^?]+)`).exec(url)?.[1] ?? '';
            return /\.(js|css|twig|json)$/.test(file) ? [file] : [];
          }),
        ),
      ].sort();
    expect(loaded()).toEqual(['i18n/en.json', 'script.js']);
    const bubble = await account.openTrigger(first);
    await marker(bubble, '{{contact_name}}').waitFor();
    expect(loaded()).toEqual([
      'dp-form.js',
      'i18n/en.json',
      'script.js',
      'style.css',
      'templates/message-tools.twig',
    ]);
  });

  it('keeps Kommo’s own inputs and says so when the editor cannot be loaded', async () => {
    account = await start();
    await account.page.route(`${ourFiles}/dp-form.js*`, (route) => route.fulfill({ status: 404, body: '' }));
    await account.openPipeline();
    await account.openTrigger(first);
    await account.notifications().getByText('The message editor did not load.').waitFor();
    expect(await account.notifications().count()).toBe(1);
    await account.field(first, 'message').fill('typed by hand');
    await account.saveTrigger(first);
    expect(account.storedTrigger(first)).toMatchObject({ message: 'typed by hand' });
    // The browser itself reports the failed request.
    account.watched.console.length = 0;
  });

  it.each(['light', 'dark'] as const)(
    'is photographed in %s and has no serious finding of axe',
    async (theme) => {
      account = await start({ switches: { theme } });
      for (const language of ['en', 'es', 'pt', 'tr', 'id', 'ru']) {
        account.speak(language);
        await account.openPipeline();
        const bubble = await account.openTrigger(first);
        await bubble
          .locator('textarea')
          .fill('{{contact_nme}}: {{lead_name}}, {{lead_price}}\n{{lead_link}}');
        await bubble.locator('.pipeline-messenger__hint').waitFor();
        const width = await bubble.evaluate((element) => element.scrollWidth - element.clientWidth);
        expect(width, `${language} overflows`).toBeLessThanOrEqual(0);
        await account.page.screenshot({ path: `${screenshotFolder}/bubble-${theme}-${language}.png` });
      }
      expect(await seriousFindings(account.page, '.pipeline-messenger')).toEqual([]);
    },
  );
});
