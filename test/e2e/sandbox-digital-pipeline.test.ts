import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ElementHandle, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { readFolder } from '../../scripts/archive/read-folder.js';
import { startSandbox, type HostedWidget, type Sandbox } from '../../src/sandbox/index.js';
import { widgetFiles } from '../support/small-widget.js';
import { seriousFindings } from './support/axe.js';
import { launchBrowser, type TestBrowser, type WatchedPage } from './support/browser.js';
import { screenshotFolder } from './support/screenshots.js';
import { sharedHost } from './support/shared-host.js';

const sales = '/settings/pipeline/leads';
const saveButton = { name: 'Save', exact: true };

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
  await page.context().close();
  await sandbox.close();
});

interface Small {
  name: string;
  /** Of `dp.settings`, by their types. */
  fields?: Readonly<Record<string, string>>;
  isStretchable?: boolean;
  script?: string;
}

/** A widget of the digital pipeline; the label of a field is `<field> label`. */
function small({
  name,
  fields = { message: 'text' },
  isStretchable = false,
  script = '',
}: Small): HostedWidget {
  const names = Object.keys(fields);
  const settings = Object.fromEntries(
    names.map((field) => [field, { name: `dp.settings.${field}`, type: fields[field], required: false }]),
  );
  return {
    label: name.toLowerCase(),
    files: widgetFiles({
      locations: ['digital_pipeline'],
      manifest: {
        dp: { settings, action_multiple: isStretchable, webhook_url: 'https://example.com/hook' },
      },
      files: {
        'i18n/en.json': JSON.stringify({
          widget: { name, description: 'A widget for a test', short_description: 'For a test' },
          dp: { settings: Object.fromEntries(names.map((field) => [field, `${field} label`])) },
        }),
      },
      script,
    }),
  };
}

async function open(
  widgets: readonly HostedWidget[],
  {
    at = sales,
    ...options
  }: { at?: string; installed?: boolean; switches?: { revision?: 1 | 2; theme?: 'dark' } } = {},
): Promise<void> {
  sandbox = await startSandbox({ widgets, hostFiles: sharedHost(), ...options });
  watched = await browser.newPage();
  page = watched.page;
  await page.goto(sandbox.url + at);
  await ready();
}

async function reload(): Promise<void> {
  await page.reload();
  await ready();
}

const ready = (): Promise<unknown> =>
  page.waitForFunction(() => document.documentElement.dataset['sandbox'] === 'ready');

const stage = (name: string): Locator => page.getByRole('region', { name, exact: true });
const trigger = (widget: string): Locator => page.getByRole('button', { name: `${widget} When` });
const bubble = (widget: string): Locator => page.getByRole('group', { name: widget, exact: true });

/** Adds a trigger and gives its bubble. */
async function add(stageName: string, widget: string): Promise<Locator> {
  await stage(stageName).getByRole('button', { name: 'Add trigger' }).click();
  await page.getByRole('dialog', { name: 'Choose a trigger' }).getByRole('button', { name: widget }).click();
  await bubble(widget).last().waitFor();
  return bubble(widget).last();
}

async function save(opened: Locator): Promise<void> {
  const element = (await opened.elementHandle()) as ElementHandle;
  await opened.getByRole('button', saveButton).click();
  await element.waitForElementState('hidden');
}

async function isSaveActive(opened: Locator): Promise<boolean> {
  const classes = (await opened.getByRole('button', saveButton).getAttribute('class')) ?? '';
  const isActive = classes.includes('button-input_blue');
  expect(classes.includes('button-input-disabled')).toBe(!isActive);
  return isActive;
}

const isFocused = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === document.activeElement);

/** A call of another tab. */
const call = (method: string, address: string, body?: unknown): Promise<unknown> =>
  page.evaluate(
    async ([verb, to, sent]) => {
      const response = await fetch(to, {
        method: verb,
        ...(sent === '' ? {} : { body: sent, headers: { 'Content-Type': 'application/json' } }),
      });
      const text = await response.text();
      return text === '' ? undefined : (JSON.parse(text) as unknown);
    },
    [method, address, body === undefined ? '' : JSON.stringify(body)] as const,
  );

const stored = (): Promise<unknown> => call('GET', '/sandbox/triggers');

const sent = (values: object): object => ({
  widget_code: 'one',
  event_code: 15,
  element_type: 2,
  pipeline_id: 50,
  status_ids: [501],
  delay_seconds: 0,
  settings: {},
  ...values,
});

describe.each([1, 2] as const)('in markup revision %i', (revision) => {
  it('a trigger of our widget is added, typed, saved, and there again after a reload', async () => {
    const { files } = await readFolder(inject('packedWidget'));
    await open([{ files, label: 'ours' }], { switches: { revision } });
    const added = await add('Offer sent', 'Pipeline Messenger');
    // Until the editor is loaded, the account's own input has its name.
    const message = added.getByRole('textbox', { name: 'Message' }).and(added.locator('textarea'));
    await message.pressSequentially('Hello, ');
    await added.getByRole('button', { name: '{{contact_first_name}}', exact: true }).click();
    await added.getByRole('checkbox', { name: 'Only to the main contact' }).press('Space');
    expect(await isSaveActive(added)).toBe(true);
    await save(added);
    const settings = { message: 'Hello, {{contact_first_name}}', only_main: '1' };
    expect(await stored()).toMatchObject([
      { widget_code: 'ours', event_code: 15, pipeline_id: 50, status_ids: [502], settings },
    ]);

    await reload();
    await stage('Offer sent').getByRole('button', { name: 'Pipeline Messenger When' }).click();
    const again = bubble('Pipeline Messenger');
    const box = again.getByRole('checkbox', { name: 'Only to the main contact' });
    await box.waitFor({ state: 'attached' });
    expect(await again.getByRole('textbox', { name: 'Message' }).inputValue()).toBe(settings.message);
    expect(await box.isChecked()).toBe(true);
    expect(await isSaveActive(again)).toBe(false);
    expect(watched.errors).toEqual([]);
    expect(watched.console).toEqual([]);
  });

  it('the fields are drawn with their labels and found from the marker as widgets do', async () => {
    await open(
      [
        small({
          name: 'One',
          fields: { message: 'text', data: 'custom' },
          script: `this.callbacks.dpSettings = function () {
            var $bubble = $('.digital-pipeline__short-task_widget-style_one').parent().parent().find('[data-action=send_widget_hook]');
            $bubble.find('input[name=data]').val('{"a":"é"}').trigger('change');
            $bubble.find('[title^=message]').text('Your message');
          };`,
        }),
      ],
      { switches: { revision } },
    );
    const added = await add('Contract', 'One');
    await added.getByText('Your message').waitFor();
    expect(await added.getByRole('textbox').count()).toBe(1);
    await added.getByRole('textbox', { name: 'message label' }).fill('  as it is ');
    await save(added);
    expect(await stored()).toMatchObject([{ settings: { message: '  as it is ', data: '{"a":"é"}' } }]);
  });
});

it('says condition and delay in words, and stores them', async () => {
  await open([small({ name: 'One' })]);
  const added = await add('Negotiation', 'One');
  expect(await added.getByRole('textbox', { name: 'message label' }).inputValue()).toBe('');
  expect(await isSaveActive(added)).toBe(false);
  await added.getByLabel('Condition').selectOption('When a call is received');
  expect(await isSaveActive(added)).toBe(true);
  await added.getByLabel('Execute').selectOption('after (hours)');
  await added.getByLabel('Delay').fill('3');
  await save(added);
  expect(await stored()).toMatchObject([
    { event_code: 17, delay_seconds: 10_800, settings: { message: '' } },
  ]);

  await reload();
  const card = stage('Negotiation').getByRole('button', { name: 'One When a call is received, after 3 h' });
  await card.click();
  const opened = bubble('One');
  expect(await opened.getByLabel('Condition').locator('option:checked').textContent()).toBe(
    'When a call is received',
  );
  expect(await opened.getByLabel('Delay').inputValue()).toBe('3');
  await opened.getByLabel('Execute').selectOption('immediately');
  expect(await opened.getByLabel('Delay').isVisible()).toBe(false);
  await save(opened);
  expect(await stored()).toMatchObject([{ event_code: 17, delay_seconds: 0 }]);
});

it('keeps the bubbles of two widgets with fields of one name apart', async () => {
  await open([small({ name: 'One' }), small({ name: 'Two' })]);
  const one = await add('New request', 'One');
  const two = await add('New request', 'Two');
  const other = await add('Offer sent', 'One');
  await one.first().getByRole('textbox', { name: 'message label' }).fill('is lost');
  await bubble('One').first().getByRole('textbox', { name: 'message label' }).fill('first');
  await two.getByRole('textbox', { name: 'message label' }).fill('second');
  await other.getByRole('textbox', { name: 'message label' }).fill('third');
  await bubble('One').first().getByRole('button', { name: 'Cancel' }).click();
  await save(bubble('Two'));
  await save(bubble('One'));
  expect(await stored()).toMatchObject([
    { widget_code: 'two', status_ids: [501], settings: { message: 'second' } },
    { widget_code: 'one', status_ids: [502], settings: { message: 'third' } },
  ]);
  expect(await stage('New request').getByRole('button', { name: 'One When' }).count()).toBe(0);
});

it('draws a stretched trigger across its stages, until it is stretched no more', async () => {
  await open([small({ name: 'One', isStretchable: true }), small({ name: 'Two' })]);
  const plain = await add('New request', 'Two');
  expect(await plain.getByLabel('Up to the stage').count()).toBe(0);
  await plain.getByRole('button', { name: 'Cancel' }).click();

  const added = await add('Offer sent', 'One');
  expect(await added.getByLabel('Up to the stage').locator('option').first().textContent()).toBe(
    'Offer sent',
  );
  await added.getByLabel('Up to the stage').selectOption('Contract');
  await save(added);
  expect(await stored()).toMatchObject([{ status_ids: [502, 503, 504] }]);
  await reload();
  const card = page.getByRole('button', {
    name: 'One When moved to or created in this stage, up to Contract',
  });
  const span = async (): Promise<{ from: boolean; to: boolean; above: boolean }> => {
    const [box, first, last, plus] = await Promise.all(
      [
        card,
        stage('Offer sent'),
        stage('Contract'),
        stage('Negotiation').getByRole('button', { name: 'Add trigger' }),
      ].map((one) => one.boundingBox()),
    );
    if (box == null || first == null || last == null || plus == null) throw new Error('It is not drawn.');
    return {
      from: Math.abs(box.x - first.x) < 20,
      to: Math.abs(box.x + box.width - last.x - last.width) < 20,
      above: box.y > first.y + 40 && box.y + box.height < plus.y,
    };
  };
  expect(await span()).toEqual({ from: true, to: true, above: true });

  await card.click();
  await bubble('One').getByLabel('Up to the stage').selectOption('Offer sent');
  await save(bubble('One'));
  await stage('Offer sent').getByRole('button', { name: 'One When' }).waitFor();
  expect(await stored()).toMatchObject([{ status_ids: [502] }]);
});

it('calls dpSettings at each opening, when the fields are filled', async () => {
  await open([
    small({
      name: 'One',
      script: `this.callbacks.dpSettings = function () {
        $('[data-action=send_widget_hook]').each(function () {
          var seen = $(this).find('input[name=message]').val();
          $(this).find('form').append($('<p>').text('seen: ' + seen));
        });
      };`,
    }),
  ]);
  await call('POST', '/sandbox/triggers', sent({ settings: { message: 'hi' } }));
  await trigger('One').click();
  await bubble('One').getByText('seen: hi').waitFor();
  await trigger('One').click();
  expect(await bubble('One').getByText('seen: hi').count()).toBe(1);
  await bubble('One').getByRole('button', { name: 'Cancel' }).click();
  await trigger('One').click();
  await bubble('One').getByText('seen: hi').waitFor();
});

it('lets the fields of a widget be used that was not started, and says so', async () => {
  await open([small({ name: 'One', script: "throw new Error('not today');" })]);
  const added = await add('New request', 'One');
  await added.getByText('The widget was not started').waitFor();
  await added.getByRole('textbox', { name: 'message label' }).fill('all the same');
  await save(added);
  expect(await stored()).toMatchObject([{ settings: { message: 'all the same' } }]);
});

it('keeps a bubble open and says why when the account refuses', async () => {
  await open([small({ name: 'One' })]);
  const added = await add('New request', 'One');
  await page.route('**/sandbox/triggers', (route) =>
    route.fulfill({ status: 400, json: { error: 'Not now.' } }),
  );
  await added.getByRole('textbox', { name: 'message label' }).fill('kept');
  await added.getByRole('button', saveButton).click();
  await added.getByText('was answered with 400: Not now.').waitFor();
  await page.unroute('**/sandbox/triggers');
  await save(added);
  expect(await stored()).toMatchObject([{ settings: { message: 'kept' } }]);
});

it('leads to Integrations when no widget can be added', async () => {
  await open([small({ name: 'One' })], { installed: false });
  await stage('New request').getByRole('button', { name: 'Add trigger' }).click();
  const dialog = page.getByRole('dialog', { name: 'Choose a trigger' });
  await dialog.getByText('No installed integration works in the digital pipeline.').waitFor();
  await dialog.getByRole('link', { name: 'Go to Integrations' }).click();
  await page.waitForURL('**/settings/widgets');
  expect(await page.getByRole('dialog').count()).toBe(0);
});

it('shows the triggers of one pipeline, and goes to another', async () => {
  await open([small({ name: 'One' })]);
  await save(await changed(await add('New request', 'One')));
  await page.getByRole('combobox', { name: 'Pipeline', exact: true }).selectOption({ index: 1 });
  await stage('Packed').waitFor();
  expect(new URL(page.url()).pathname).toBe('/settings/pipeline/leads/60');
  expect(await trigger('One').count()).toBe(0);
  await save(await changed(await add('Packed', 'One')));
  expect(await stored()).toMatchObject([{ pipeline_id: 50 }, { pipeline_id: 60, status_ids: [602] }]);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.waitForURL('**/leads/pipeline/60');
});

it('has the stages and events of customers', async () => {
  await open([small({ name: 'One' })], { at: '/settings/pipeline/customers' });
  const [name, plus] = await Promise.all([
    stage('Regular').getByRole('heading').boundingBox(),
    stage('Regular').getByRole('button', { name: 'Add trigger' }).boundingBox(),
  ]);
  expect(plus?.y).toBeGreaterThan((name?.y ?? Infinity) + (name?.height ?? 0));
  const added = await add('Regular', 'One');
  expect(await added.getByLabel('Condition').locator('option').evaluateAll(values)).toEqual([
    '22',
    '16',
    '17',
    '18',
    '19',
    '20',
    '21',
  ]);
  await save(await changed(added));
  expect(await stored()).toMatchObject([{ element_type: 12, pipeline_id: null, event_code: 22 }]);
  await reload();
  await stage('Regular').getByRole('button', { name: 'One When' }).waitFor();
});

it('shows what another tab changes and leaves open bubbles alone', async () => {
  await open([small({ name: 'One' })]);
  const { id } = (await call('POST', '/sandbox/triggers', sent({}))) as { id: number };
  await trigger('One').click();
  await bubble('One').getByRole('textbox', { name: 'message label' }).fill('being typed');
  await call('PUT', `/sandbox/triggers/${id}`, sent({ event_code: 19, status_ids: [503] }));
  await stage('Negotiation').getByRole('button', { name: 'One When a chat message is received' }).waitFor();
  expect(await bubble('One').getByRole('textbox', { name: 'message label' }).inputValue()).toBe(
    'being typed',
  );
  await call('DELETE', `/sandbox/triggers/${id}`);
  await trigger('One').waitFor({ state: 'detached' });
});

it('brings open bubbles back after a live reload, as they were', async () => {
  const one = small({
    name: 'One',
    isStretchable: true,
    script: `this.callbacks.dpSettings = function () {
      $('[data-action=send_widget_hook]').each(function () {
        $(this).find('form').append($('<p>').text('seen: ' + $(this).find('input[name=message]').val()));
      });
    };`,
  });
  await open([one, small({ name: 'Two' })]);
  await call('POST', '/sandbox/triggers', sent({ settings: { message: 'stored' } }));
  await trigger('One').click();
  const added = await add('Contract', 'Two');
  await added.getByLabel('Condition').selectOption('When the website is visited');
  await bubble('One').getByRole('textbox', { name: 'message label' }).fill('typed');
  await bubble('One').getByLabel('Up to the stage').selectOption('Offer sent');
  const reloaded = page.waitForEvent('load');
  sandbox.replace('one', one.files);
  await reloaded;
  await bubble('One').getByText('seen: typed').first().waitFor();
  expect(await isSaveActive(bubble('One'))).toBe(true);
  await save(bubble('One'));
  expect(await stage('Contract').getByLabel('Condition').inputValue()).toBe('18');
  await save(bubble('Two'));
  expect(await stored()).toMatchObject([
    { status_ids: [501, 502], settings: { message: 'typed' } },
    { widget_code: 'two', event_code: 18, status_ids: [504] },
  ]);
});

it('is used by keyboard alone', async () => {
  await open([small({ name: 'One' })]);
  const plus = stage('New request').getByRole('button', { name: 'Add trigger' });
  const { keyboard } = page;
  await plus.focus();
  await keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await keyboard.press('Escape');
  await expect.poll(() => isFocused(plus)).toBe(true);
  await keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'One' }).focus();
  await keyboard.press('Enter');
  expect(await isFocused(bubble('One').getByLabel('Condition'))).toBe(true);
  await keyboard.press('Escape');
  expect(await isFocused(plus)).toBe(true);
  expect(await bubble('One').count()).toBe(0);

  const added = await add('New request', 'One');
  await added.getByRole('textbox', { name: 'message label' }).fill('x');
  await added.getByRole('button', saveButton).focus();
  await keyboard.press('Enter');
  await expect.poll(() => isFocused(trigger('One'))).toBe(true);
  await keyboard.press('Space');
  await bubble('One').getByRole('button', { name: 'Delete trigger' }).focus();
  await keyboard.press('Enter');
  await trigger('One').waitFor({ state: 'detached' });
  expect(await isFocused(plus)).toBe(true);
  expect(await stored()).toEqual([]);
});

it.each([undefined, 'dark'] as const)('has no serious accessibility findings (%s)', async (theme) => {
  await open(
    [small({ name: 'One', isStretchable: true }), small({ name: 'Two', script: 'throw new Error();' })],
    {
      switches: theme === undefined ? {} : { theme },
    },
  );
  await call('POST', '/sandbox/triggers', sent({ status_ids: [501, 502] }));
  await trigger('One').click();
  await add('Contract', 'Two');
  await stage('Negotiation').getByRole('button', { name: 'Add trigger' }).click();
  await page.getByRole('dialog').waitFor();
  expect(await seriousFindings(page, '.modal')).toEqual([]);
  await page.keyboard.press('Escape');
  expect(await seriousFindings(page, '#page_holder')).toEqual([]);
  const picture = `sandbox-digital-pipeline-${theme ?? 'light'}.png`;
  await page.screenshot({ path: path.join(screenshotFolder, picture) });
});

async function changed(opened: Locator): Promise<Locator> {
  await opened.getByRole('textbox', { name: 'message label' }).fill('changed');
  return opened;
}

const values = (options: (HTMLElement | SVGElement)[]): string[] =>
  options.map((option) => (option as HTMLOptionElement).value);
