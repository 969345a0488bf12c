import { mkdir } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { sortFiles, type WidgetFiles } from '../../scripts/archive/files.js';
import { writeZip } from '../../scripts/archive/write-zip.js';
import { readUpload } from '../../scripts/sandbox/read-widget.js';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.js';
import { widgetFiles, type SmallWidget } from '../support/small-widget.js';
import { seriousFindings } from './support/axe.js';
import { launchBrowser, type TestBrowser, type WatchedPage } from './support/browser.js';
import { screenshotFolder } from './support/screenshots.js';
import { sharedHost } from './support/shared-host.js';

let browser: TestBrowser;
let sandbox: Sandbox;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  await mkdir(screenshotFolder, { recursive: true });
});
afterAll(() => browser.close());
afterEach(async () => {
  await watched.page.context().close();
  await sandbox.close();
});

const words = {
  widget: {
    name: 'Phone desk',
    description: 'Calls for <b>#SUBDOMAIN#</b>. <a href="https://example.com/help">Help</a>',
    short_description: 'Calls',
    tour: 'See how it <b>rings</b>',
  },
  settings: { token: 'Token', secret: 'Secret', phones: 'Phones', keys: 'Keys', custom: 'Rules' },
};
const field = (name: string, type: string, required = false) => ({
  [name]: { name: `settings.${name}`, type, required },
});
const everyField = {
  ...field('token', 'text', true),
  ...field('secret', 'pass'),
  ...field('phones', 'users'),
  ...field('keys', 'users_lp'),
  ...field('custom', 'custom'),
};

/** A widget called Phone desk, with the settings of the manifest and what the script says. */
function phoneDesk(
  script = '',
  { settings = field('token', 'text', true), ...more }: Partial<SmallWidget> & { settings?: object } = {},
): WidgetFiles {
  return widgetFiles({
    ...more,
    manifest: { settings, ...more.manifest },
    script,
    files: { 'i18n/en.json': JSON.stringify(words), ...more.files },
  });
}

async function start(
  files: WidgetFiles | readonly WidgetFiles[],
  options: Omit<Partial<SandboxOptions>, 'widgets'> = {},
): Promise<void> {
  const widgets = (files instanceof Map ? [files] : [...(files as readonly WidgetFiles[])]).map(
    (one, index) => ({ files: one, label: index === 0 ? 'desk' : `desk ${index + 1}` }),
  );
  sandbox = await startSandbox({
    widgets,
    installed: false,
    hostFiles: sharedHost(),
    readArchive: readUpload,
    ...options,
  });
  watched = await browser.newPage();
  ({ page } = watched);
}

async function open(path = '/settings/widgets/desk'): Promise<void> {
  await page.goto(sandbox.url + path);
  await ready();
}

const ready = (): Promise<unknown> =>
  page.waitForFunction(() => document.documentElement.dataset['sandbox'] === 'ready');
const modal = (): Locator => page.getByRole('dialog');
const button = (name: string): Locator => modal().getByRole('button', { name, exact: true });
const save = (): Locator => button('Save');
const textbox = (name: string): Locator => modal().getByLabel(name, { exact: true });
const alert = (): Locator => modal().getByRole('alert');
const tile = (name = 'Phone desk'): Locator =>
  page.getByRole('main').getByRole('button', { name: new RegExp(`^${name}`) });
const stored = () => sandbox.server.context.account.widgets.get('desk');
const isInactive = async (): Promise<boolean> =>
  /button-input-disabled/.test((await save().getAttribute('class')) ?? '');
const callbacks = (): string[] =>
  sandbox.report.entries().flatMap((entry) => (entry.kind === 'callback' ? [entry.name] : []));
const closed = (): Promise<void> => modal().waitFor({ state: 'detached' });

describe('the integrations', () => {
  it('show a tile for each widget, and open and close its settings by mouse and by keyboard', async () => {
    await start([phoneDesk(), widgetFiles()]);
    await open('/settings/widgets');
    expect(
      await page
        .getByRole('main')
        .getByRole('button', { name: /Not installed/ })
        .count(),
    ).toBe(2);
    await tile().focus();
    await page.keyboard.press('Enter');
    await modal().getByRole('heading', { name: 'Phone desk' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/settings/widgets/desk');
    await page.keyboard.press('Escape');
    await closed();
    expect(new URL(page.url()).pathname).toBe('/settings/widgets');
    expect(await tile().evaluate((element) => element === document.activeElement)).toBe(true);
    await tile('Small widget').click();
    await modal().getByRole('heading', { name: 'Small widget' }).waitFor();
    await button('Close').click();
    await closed();
  });

  it('stay open under a window of the widget when Escape closes that', async () => {
    await start(
      phoneDesk('', {
        files: {
          'script.js': `define(['jquery', 'lib/components/base/modal'], function ($, Modal) {
            return function () {
              var yes = function () { return true; };
              this.callbacks = { render: yes, init: yes, bind_actions: yes, onSave: yes, settings: function () {
                new Modal({ init: function ($body) { $body.trigger('modal:loaded').html('<button type="button">Inside</button>'); } });
              } };
            };
          });`,
        },
      }),
    );
    await open();
    const inside = page.getByRole('button', { name: 'Inside' });
    await inside.focus();
    await page.keyboard.press('Escape');
    await inside.waitFor({ state: 'detached' });
    expect(await textbox('Token').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await closed();
  });

  it('say that there is no widget with the code in the address', async () => {
    await start(phoneDesk());
    await open('/settings/widgets/nobody');
    expect(await page.getByRole('main').getByRole('alert').textContent()).toContain(
      'no integration with the code nobody',
    );
    expect(await tile().count()).toBe(1);
  });

  it('replace short tags in the description, and leave out what is not text', async () => {
    const description = `#SUBDOMAIN# <b>bold</b><script>window.bad = 1</script><img src="x" onerror="window.bad = 1">
      <a href="javascript:window.bad = 1" onclick="window.bad = 1">not a link</a> <a href="https://example.com/">a link</a>`;
    await start(
      phoneDesk('', {
        files: { 'i18n/en.json': JSON.stringify({ ...words, widget: { ...words.widget, description } }) },
      }),
    );
    await open();
    const text = modal().locator('.widget_settings_block__descr');
    expect(await text.innerText()).toBe('demo bold not a link a link');
    expect(await text.getByRole('link').allTextContents()).toEqual(['a link']);
    expect(await page.evaluate(() => 'bad' in window)).toBe(false);
  });
});

describe('a modal', () => {
  const remembering = `
    window.lives = (window.lives || 0) + 1;
    this.callbacks.settings = function ($body, context) {
      window.seen = { body: $body.attr('class'), context: context, area: self.system().area, token: self.params.token };
    };`;

  it('calls settings with its right part, in the area of settings, once the widget was started there', async () => {
    await start(phoneDesk(remembering, { settings: everyField }), { installed: true });
    await open();
    expect(await page.evaluate('window.seen')).toEqual({
      body: 'widget-settings__desc-space',
      context: {},
      area: 'settings',
    });
    await expect.poll(callbacks).toEqual(['constructor', 'render', 'bind_actions', 'init', 'settings']);
    const dialog = page.locator('.modal.widget-settings__modal.desk');
    expect(await dialog.locator('.widget_main_info__title').textContent()).toBe('Phone desk');
    expect(await dialog.locator('.widget_settings_block__title_field').allTextContents()).toEqual([
      'Token',
      'Secret',
      'Phones',
      'Keys',
      'Rules',
    ]);
    expect(watched.console).toEqual([]);
  });

  it('closes without a word to the widget, and has a new instance with the newest settings at the next opening', async () => {
    await start(phoneDesk(remembering), { installed: true });
    await open();
    await page.keyboard.press('Escape');
    await closed();
    expect(await page.evaluate('window.lives')).toBe(1);
    await tile().click();
    await textbox('Token').fill('abc');
    await save().click();
    await closed();
    await tile().click();
    await expect.poll(() => page.evaluate('window.seen.token')).toBe('abc');
    const life = ['constructor', 'render', 'bind_actions', 'init', 'settings'];
    await expect.poll(callbacks).toEqual([...life, 'destroy', ...life, 'onSave', 'destroy', ...life]);
  });

  it('lets the widget switch Save by its events', async () => {
    await start(phoneDesk(), { installed: true });
    await open();
    const trigger = (event: string): Promise<unknown> =>
      page.evaluate(`void $('.modal.desk .js-widget-save').trigger('${event}')`);
    await trigger('button:save:enable');
    expect(await isInactive()).toBe(false);
    await trigger('button:save:disable');
    expect(await isInactive()).toBe(true);
    await trigger('button:save:error');
    expect(await save().getAttribute('class')).toContain('button-input_error');
  });
});

describe('fields', () => {
  it('of every type are typed, given to onSave, stored, and there again after a reload', async () => {
    const files = phoneDesk(
      `this.callbacks.settings = function ($body) {
        window.body = $body.attr('class');
        $('#desk_custom_content').html('<button type="button">Add a rule</button>').find('button').on('click', function () {
          $('input[name="custom"]').val('{"rule":1}').trigger('change');
        });
      };
      this.callbacks.onSave = function (event) { window.event1 = JSON.stringify(event); return true; };`,
      { settings: everyField },
    );
    await start(files, { installed: true });
    await open();
    expect(await page.evaluate('window.body')).toContain('widget-settings__desc-space');
    expect(await isInactive()).toBe(true);
    await save().click();
    expect(callbacks()).not.toContain('onSave');

    await textbox('Token').fill('abc');
    expect(await isInactive()).toBe(false);
    await textbox('Secret').fill('hidden');
    expect(await textbox('Secret').getAttribute('type')).toBe('password');
    await modal().getByRole('group', { name: 'Phones' }).getByLabel('Emma Clarke').fill('101');
    await textbox('Mateo Herrera: Login').fill('mateo');
    await textbox('Mateo Herrera: Password').fill('m');
    await button('Add a rule').click();
    await save().click();
    await closed();

    const users = sandbox.server.context.account.users;
    const [emma, mateo, elif] = [...users.keys()].map(String) as [string, string, string];
    const none = { login: '', password: '' };
    const fields = {
      token: 'abc',
      secret: 'hidden',
      phones: { [emma]: '101', [mateo]: '', [elif]: '' },
      keys: { [emma]: none, [mateo]: { login: 'mateo', password: 'm' }, [elif]: none },
      custom: '{"rule":1}',
    };
    expect(JSON.parse(await page.evaluate('window.event1'))).toEqual({ active: 'Y', fields });
    expect(stored()?.settings).toEqual(fields);

    await open();
    expect(await textbox('Token').inputValue()).toBe('abc');
    expect(await modal().getByLabel('Emma Clarke', { exact: true }).inputValue()).toBe('101');
    expect(await textbox('Mateo Herrera: Password').inputValue()).toBe('m');
    expect(await modal().locator('#desk_custom').inputValue()).toBe('{"rule":1}');
  });

  it('have Save and the switch in the wrapper of their inputs, where a widget puts something before them', async () => {
    const script = `this.callbacks.settings = function () {
      $('#widget_settings__fields_wrapper .widget_settings_block__controls_top').before('<p>Paid until May</p>');
      window.active = $('#widget_settings__fields_wrapper input[name=widget_active]').val();
      window.login = $('.widget_settings_block__controls__.text-input[name=token]').length;
      return true;
    };`;
    await start(phoneDesk(script, { settings: everyField }), { installed: true });
    await open();
    expect(await page.evaluate('[window.active, window.login]')).toEqual(['Y', 1]);
    const note = await modal().getByText('Paid until May').boundingBox();
    expect(note?.y).toBeLessThan((await save().boundingBox())?.y ?? 0);
    expect(note?.y).toBeGreaterThan((await textbox('Secret').boundingBox())?.y ?? Infinity);
  });

  it('that are required are marked and refused while they are empty', async () => {
    await start(phoneDesk('', { settings: everyField }), { installed: true });
    await open();
    await textbox('Secret').fill('x');
    await save().click();
    await alert().getByText('Fill in the required fields.').waitFor();
    expect(await textbox('Token').getAttribute('aria-invalid')).toBe('true');
    expect(await textbox('Token').evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await modal().getByText('This field is required').filter({ visible: true }).count()).toBe(1);
    expect(stored()?.settings).toEqual({});
    await page.keyboard.type('abc');
    expect(await textbox('Token').getAttribute('aria-invalid')).toBe(null);
    await page.keyboard.press('Enter');
    await closed();
    expect(stored()?.settings).toMatchObject({ token: 'abc', secret: 'x' });
  });

  it('are stored as onSave has changed them', async () => {
    await start(
      phoneDesk(
        `this.callbacks.onSave = function (event) {
          event.fields.custom = JSON.stringify({ by: 'onSave' });
          return new Promise(function (resolve) { resolve(); });
        };`,
        { settings: { ...field('token', 'text'), ...field('custom', 'custom', true) } },
      ),
      { installed: true },
    );
    await open();
    await textbox('Token').fill('abc');
    await textbox('Token').press('Enter');
    await closed();
    expect(stored()?.settings).toEqual({ token: 'abc', custom: '{"by":"onSave"}' });
  });
});

describe('onSave', () => {
  it.each([
    ['false', 'return false;'],
    ['nothing', ''],
    ['a promise of false', 'return Promise.resolve(false);'],
    ['a rejection', 'return Promise.reject(new Error("no"));'],
    ['a rejected Deferred', 'return $.Deferred().reject("no").promise();'],
    ['an exception', 'throw new Error("no");'],
  ])('that answers with %s keeps the modal open and stores nothing', async (_case, body) => {
    await start(phoneDesk(`this.callbacks.onSave = function () { ${body} };`), { installed: true });
    await open();
    await textbox('Token').fill('abc');
    await save().click();
    await alert().getByText('did not accept').waitFor();
    expect(await save().getAttribute('class')).toContain('button-input_error');
    expect(stored()?.settings).toEqual({});
    expect(watched.errors).toEqual([]);
  });

  it.each([
    ['true', 'return true;'],
    ['a promise of nothing', 'return Promise.resolve();'],
    ['a Deferred', 'return $.Deferred().resolve(true).promise();'],
  ])('that answers with %s lets the settings be stored', async (_case, body) => {
    await start(phoneDesk(`this.callbacks.onSave = function () { ${body} };`), { installed: true });
    await open();
    await textbox('Token').fill('abc');
    await save().click();
    await closed();
    expect(stored()?.settings).toEqual({ token: 'abc' });
  });

  it('that never answers shows that it is waited for, and does not keep the widget from being switched off', async () => {
    await start(phoneDesk('this.callbacks.onSave = function () { return new Promise(function () {}); };'), {
      installed: true,
    });
    await open();
    await textbox('Token').fill('abc');
    await save().click();
    await modal().locator('.js-widget-save.button-input_load').waitFor();
    await button('Uninstall').click();
    await closed();
    expect(stored()?.is_active).toBe(false);
    await expect.poll(callbacks).toContain('destroy');
  });

  it('that is missing makes the widget one that cannot be installed, and the modal says so', async () => {
    await start(phoneDesk('delete this.callbacks.onSave;'));
    await open();
    await alert().getByText('no onSave callback').waitFor();
    await textbox('Token').fill('abc');
    await button('Install').click();
    await expect.poll(() => alert().innerText()).toContain('no onSave callback');
    expect(stored()?.status).toBe('install');
  });
});

describe('an installation', () => {
  const events = `window.heard = window.heard || [];
    if (window.heard.length === 0) $(document).on('widget:installed widget:removed', function (event) { window.heard.push(event.type); });
    this.callbacks.onInstall = function () { window.heard.push('onInstall'); throw new Error('no'); };`;
  const heard = (): Promise<unknown> => page.evaluate('window.heard');

  it('waits for a widget that starts more slowly than a person clicks', async () => {
    await start(phoneDesk('', { settings: {} }));
    let click = (): void => undefined;
    const isClicked = new Promise<void>((resolve) => {
      click = resolve;
    });
    await page.route('**/script.js*', async (route) => {
      await isClicked;
      await route.continue();
    });
    await open('/settings/widgets');
    await tile().click();
    await button('Install').click();
    click();
    await closed();
    expect(stored()?.status).toBe('installed');
  });

  it('waits for its settings when something required is empty, and is complete after Save', async () => {
    await start(phoneDesk(events));
    await open();
    expect(await save().isVisible()).toBe(false);
    await button('Install').click();
    await alert().getByText('Fill in').waitFor();
    expect(stored()?.status).toBe('not_configured');
    expect(await modal().getByText('Not configured').isVisible()).toBe(true);
    expect(await button('Install').isVisible()).toBe(false);
    await textbox('Token').fill('abc');
    await save().click();
    await closed();
    expect(stored()).toMatchObject({ status: 'installed', is_active: true, settings: { token: 'abc' } });
    await tile('Phone desk Installed').waitFor();
    expect(await heard()).toEqual(['onInstall', 'widget:installed']);
  });

  it('ends with Uninstall, whatever onSave says, with destroy and the event', async () => {
    await start(
      phoneDesk(`${events} this.callbacks.onSave = function (event) { return event.active === 'Y'; };`),
    );
    await open();
    await textbox('Token').fill('abc');
    await button('Install').click();
    await closed();
    await tile().click();
    await button('Uninstall').click();
    await closed();
    await tile('Phone desk Not installed').waitFor();
    expect(stored()).toMatchObject({ status: 'install', is_active: false });
    expect(await heard()).toEqual(['onInstall', 'widget:installed', 'widget:removed']);
    await expect.poll(() => callbacks().at(-1)).toBe('destroy');
  });

  it('is switched off with the switch and Save, of which onSave is told', async () => {
    const script =
      'this.callbacks.onSave = function (event) { window.active = event.active; return event.active === "Y"; };';
    await start(phoneDesk(script), { installed: true });
    await open();
    await modal().getByRole('checkbox', { name: 'Active' }).focus();
    await page.keyboard.press('Space');
    await save().click();
    await closed();
    expect(await page.evaluate('window.active')).toBe('N');
    expect(stored()).toMatchObject({ status: 'installed', is_active: false });
    await expect.poll(() => callbacks().slice(-2)).toEqual(['onSave', 'destroy']);

    await tile('Phone desk Switched off').click();
    const active = modal().getByRole('checkbox', { name: 'Active' });
    expect(await active.isChecked()).toBe(false);
    await active.focus();
    await page.keyboard.press('Space');
    await textbox('Token').fill('abc');
    await save().click();
    await closed();
    await tile('Phone desk Installed').waitFor();
    expect(stored()).toMatchObject({ status: 'installed', is_active: true, settings: { token: 'abc' } });
  });

  it('is not offered when the manifest only lists the widget', async () => {
    await start(widgetFiles({ widget: { installation: false } }));
    await open();
    await alert().getByText('only listed').waitFor();
    expect(await button('Install').isVisible()).toBe(false);
  });

  it('shows the status that the widget sets, in the modal and on the tile', async () => {
    await start(phoneDesk('this.callbacks.settings = function () { self.set_status("error"); };'), {
      installed: true,
    });
    await open();
    await modal().getByText('Error', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await tile('Phone desk Error').waitFor();
  });

  it('stays open after Save when the widget took the closing away at the moment of saving', async () => {
    await start(
      phoneDesk(
        `this.callbacks.onSave = function () { $('.js-widget-save').removeAttr('data-onsave-destroy-modal'); return true; };`,
      ),
    );
    await open();
    await textbox('Token').fill('abc');
    await button('Install').click();
    await button('Uninstall').waitFor();
    expect(await isInactive()).toBe(true);
    await button('Uninstall').click();
    await button('Install').waitFor();
    await expect.poll(() => callbacks().filter((name) => name === 'settings')).toHaveLength(2);
  });

  it('says why the account did not take it', async () => {
    await start(phoneDesk());
    await open();
    await page.route('**/ajax/widgets/edit', (route) =>
      route.fulfill({ status: 500, body: '{"error":"The account is out of order."}' }),
    );
    await textbox('Token').fill('abc');
    await button('Install').click();
    await alert().getByText('The account is out of order.').waitFor();
    expect(stored()?.status).toBe('install');
  });
});

describe('a tour', () => {
  const picture = 'not a picture';
  const withTour = () =>
    phoneDesk('', {
      manifest: {
        tour: {
          is_tour: true,
          tour_images: { en: ['/images/tour_1.png', '/images/tour_2.png', '/images/missing.png'] },
          tour_description: 'widget.tour',
        },
      },
      files: { 'images/tour_1.png': picture, 'images/tour_2.png': picture },
    });

  it('stands before the settings of a widget that is not installed, and can be skipped', async () => {
    await start(withTour());
    await open();
    const shown = (): Promise<string | null> =>
      modal().getByRole('img').filter({ visible: true }).getAttribute('alt');
    expect(await shown()).toBe('Slide 1 of 2');
    await modal().getByText('See how it rings').waitFor();
    expect(await textbox('Token').isVisible()).toBe(false);
    await button('Next slide').click();
    expect(await shown()).toBe('Slide 2 of 2');
    await button('Slide 1 of 2').click();
    expect(await shown()).toBe('Slide 1 of 2');
    await page.keyboard.press('ArrowRight');
    expect(await shown()).toBe('Slide 2 of 2');
    await button('Skip tour').click();
    await textbox('Token').fill('abc');
    await button('Install').click();
    await closed();
    await tile().click();
    await textbox('Token').waitFor();
    expect(await button('Skip tour').count()).toBe(0);
  });
});

describe('a widget that was dropped', () => {
  it.each([
    [
      'throws while it is loaded',
      'define([], function () { throw new Error("no"); });',
      'threw while it was loaded',
    ],
    ['returns a class', 'define([], function () { return class {}; });', 'ES class'],
    [
      'lacks a callback',
      'define([], function () { return function () { this.callbacks = { render: function () {} }; }; });',
      'init, bind_actions',
    ],
  ])(
    'since it %s still has its modal, with the reason, and can be removed',
    async (_case, script, reason) => {
      await start(phoneDesk('', { files: { 'script.js': script } }), { installed: true });
      await open();
      await alert().getByText(reason).waitFor();
      await textbox('Token').fill('abc');
      await save().click();
      await expect.poll(() => alert().innerText()).toContain(reason);
      await button('Uninstall').click();
      await closed();
      expect(stored()?.is_active).toBe(false);
    },
  );
});

describe('a live reload', () => {
  it('brings the modal back with what was typed before settings() is called, and Save active', async () => {
    const script = (word: string) =>
      `this.callbacks.settings = function ($body) {
        window.seen = $body.find('input[name=token]').val();
        $('#desk_custom_content').html('<label>Own <input class="text-input" name="own"></label><p>${word}</p>');
      };`;
    const settings = { ...field('token', 'text', true), ...field('custom', 'custom') };
    await start(phoneDesk(script('before'), { settings }), { installed: true });
    await open('/settings/widgets');
    await tile().click();
    await textbox('Own').fill('mine');
    await textbox('Token').fill('abc');
    sandbox.replace('desk', phoneDesk(script('after'), { settings }));
    await modal().getByText('after').waitFor();
    await ready();
    expect(await page.evaluate('window.seen')).toBe('abc');
    expect(await textbox('Token').inputValue()).toBe('abc');
    expect(await textbox('Own').inputValue()).toBe('mine');
    expect(await textbox('Token').evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await isInactive()).toBe(false);
    await page.keyboard.press('Enter');
    await closed();
    expect(stored()?.settings).toMatchObject({ token: 'abc' });
  });

  it('leaves Save inactive when nothing was typed', async () => {
    await start(phoneDesk(), { installed: true });
    await open();
    sandbox.replace(
      'desk',
      phoneDesk('this.callbacks.settings = function ($body) { $body.append("<p>after</p>"); };'),
    );
    await modal().getByText('after').waitFor();
    await ready();
    expect(await isInactive()).toBe(true);
  });
});

describe('an upload', () => {
  const zip = async (files: WidgetFiles) => ({
    name: 'widget.zip',
    mimeType: 'application/zip',
    buffer: await writeZip(files),
  });
  const withVersion = (version: string): WidgetFiles => {
    const files = new Map(phoneDesk());
    const manifest = manifestOf(files);
    files.set(
      'manifest.json',
      Buffer.from(JSON.stringify({ ...manifest, widget: { ...manifest.widget, version } })),
    );
    return sortFiles(files);
  };

  it('creates an integration', async () => {
    await start(phoneDesk());
    await open('/settings/widgets');
    await page.getByLabel('Create integration').setInputFiles(await zip(widgetFiles()));
    await tile('Small widget Not installed').waitFor();
  });

  it('that is refused lists the reasons', async () => {
    await start(phoneDesk());
    await open('/settings/widgets');
    await page
      .getByLabel('Create integration')
      .setInputFiles(await zip(sortFiles([['script.js', Buffer.from('')]])));
    await page.getByRole('main').getByRole('alert').getByText('no manifest.json at its root').waitFor();
    await tile().click();
    await modal()
      .getByLabel('Upload a new version')
      .setInputFiles(await zip(phoneDesk()));
    await alert().getByRole('listitem').getByText('a version above 1.0.0 was expected').waitFor();
  });

  it('gives a widget a new version, with what was typed kept', async () => {
    await start(phoneDesk(), { installed: true });
    await open();
    await textbox('Token').fill('abc');
    await modal()
      .getByLabel('Upload a new version')
      .setInputFiles(await zip(withVersion('1.0.1')));
    await modal().getByText('Version 1.0.1').waitFor();
    await expect.poll(() => textbox('Token').inputValue()).toBe('abc');
    expect(stored()?.version).toBe('1.0.1');
  });
});

describe('a user who is no administrator', () => {
  it('sees the settings and cannot change them', async () => {
    await start(phoneDesk(), { installed: true });
    const { account } = sandbox.server.context;
    account.current_user_id =
      [...account.users.values()].find(({ rights, lang }) => !rights.is_admin && lang === 'es')?.id ??
      [...account.users.values()].find(({ rights }) => !rights.is_admin)?.id ??
      0;
    const user = account.users.get(account.current_user_id);
    if (user !== undefined) user.lang = 'en';
    await open();
    await alert().getByText('Only an administrator').waitFor();
    expect(await textbox('Token').isDisabled()).toBe(true);
    expect(await button('Uninstall').isDisabled()).toBe(true);
    expect(await page.getByLabel(/^Upload|^Create/).count()).toBe(0);
  });
});

describe('the integrations of all languages', () => {
  it.each(['light', 'dark'] as const)('are photographed in %s, without serious findings', async (theme) => {
    await start(phoneDesk('', { settings: everyField }), { switches: { theme } });
    const { account } = sandbox.server.context;
    const user = account.users.get(account.current_user_id);
    if (user === undefined) throw new Error('Nobody is signed in.');
    for (const language of ['en', 'es', 'pt', 'tr', 'id', 'ru'] as const) {
      user.lang = language;
      for (const place of ['', '/desk']) {
        await page.setViewportSize({ width: 1280, height: 800 });
        await open(`/settings/widgets${place}`);
        const name = `${screenshotFolder}/integrations${place.replace('/', '-')}-${theme}-${language}`;
        await page.screenshot({ path: `${name}-1280.png` });
        if (language !== 'en') continue;
        const root = place === '' ? '#page_holder' : '.widget-settings__modal';
        expect(await seriousFindings(page, root)).toEqual([]);
        await page.setViewportSize({ width: 1920, height: 1080 });
        await page.screenshot({ path: `${name}-1920.png` });
      }
    }
  });
});

function manifestOf(files: WidgetFiles): { widget: Record<string, unknown> } {
  return JSON.parse(files.get('manifest.json')?.toString() ?? '{}') as { widget: Record<string, unknown> };
}
