import { describe, expect, test } from 'vitest';
import type { SmallWidget } from '../support/small-widget.js';
import { type SmallSandbox, useSmallSandbox } from './support/small-sandbox.js';

const open = useSmallSandbox();
const card = '/leads/detail/7001';

/** A widget whose `init` runs these statements. */
const init = (statements: string): SmallWidget => ({
  script: `this.callbacks.init = function () { ${statements} return true; };`,
});

const neighbour: SmallWidget = {
  locations: ['settings', 'lcard-1'],
  script: `this.callbacks.render = function () {
    self.render_template({ caption: { class_name: 'neighbour' }, body: '<p>Neighbour at work</p>' }, {});
    return true;
  };`,
};

const globals = ({ sandbox }: SmallSandbox): string[] =>
  sandbox.report
    .entries()
    .flatMap((entry) =>
      entry.kind === 'breach' && entry.breach === 'global' ? [`${entry.widget ?? '?'} ${entry.detail}`] : [],
    );

/** Goes to the board and back within the document, where the neighbour has to be at work again. */
async function tour({ page, ready }: SmallSandbox): Promise<void> {
  await page.getByRole('link', { name: 'Leads' }).first().click();
  await page.getByRole('group', { name: 'Spare parts for spring' }).waitFor();
  await ready();
  await page.goBack();
  await page.getByText('Neighbour at work').waitFor({ state: 'attached' });
  await ready();
}

describe('the account and the other widgets go on when a widget replaces', () => {
  test.each<[what: string, statements: string, detail: string]>([
    ['Promise', `window.Promise = function () { throw new Error('no'); };`, 'window.Promise was replaced'],
    ['JSON.parse', `JSON.parse = function () { throw new Error('no'); };`, 'JSON.parse was replaced'],
    ['setTimeout', 'window.setTimeout = function () { return 0; };', 'window.setTimeout was replaced'],
    ['APP', 'window.APP = null;', 'window.APP was replaced'],
    ['fetch', 'window.fetch = function () { return null; };', 'window.fetch was replaced'],
  ])('%s, and the report says so', async (_what, statements, detail) => {
    const small = await open(card, [init(statements), neighbour]);
    await tour(small);
    await expect.poll(() => globals(small)).toContain(`small ${detail}`);
  });
});

test('the report names a widget that adds to what every object has', async () => {
  const small = await open('/leads/list', [init('Array.prototype.last = function () {};')]);
  await expect
    .poll(() => globals(small))
    .toEqual(['small Array.prototype.last was added, which every for…in loop meets']);
});

test('pages and windows open when handlers of a widget for the account’s events throw', async () => {
  const small = await open(card, [
    init(`['page:changed', 'widgets:load', 'modal:loaded', 'modal:centrify'].forEach(function (name) {
      $(document).on(name, function () { throw new Error('in ' + name); });
    });`),
    neighbour,
  ]);
  await tour(small);
  await small.page.goto(`${small.sandbox.url}/leads/pipeline`);
  await small.ready();
  await small.page.getByRole('main').getByRole('button', { name: 'New lead' }).click();
  await small.page.getByRole('dialog').getByRole('textbox').first().waitFor();
  expect(await small.exceptions()).toEqual(
    expect.arrayContaining(['Error: in page:changed', 'Error: in widgets:load', 'Error: in modal:loaded']),
  );
});

test('a widget that sets location.hash stays on its page and is started once', async () => {
  const small = await open(card, [
    init(`window.starts = (window.starts || 0) + 1;
      addEventListener('popstate', function () { window.popped = true; });
      location.hash = '#tab-' + Date.now();`),
  ]);
  await small.page.waitForFunction('window.popped');
  await small.ready();
  expect(await small.page.evaluate('window.starts')).toBe(1);
});

test('the report takes thousands of exceptions that come at once', async () => {
  const small = await open(card, [
    init(`for (var i = 0; i < 3000; i += 1) setTimeout(function () { throw new Error('flood'); }, 0);`),
  ]);
  const floods = (): number =>
    small.sandbox.report
      .entries()
      .filter((entry) => entry.kind === 'exception' && entry.error.message === 'Error: flood').length;
  await expect.poll(floods, { timeout: 20_000 }).toBe(3000);
});

test('fields of the settings may be called as members of every object are', async () => {
  const field = (type: string) => ({ name: 'settings.message', type });
  const small = await open('/settings/widgets/small', [
    { manifest: { settings: { constructor: field('text'), toString: field('users') } } },
  ]);
  const { page } = small;
  const dialog = page.getByRole('dialog');
  await dialog.locator('[name=constructor]').fill('kept');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(() => small.sandbox.server.context.account.widgets.get('small')?.settings)
    .toMatchObject({ constructor: 'kept' });
});

test.each<[what: string, script: string, error: string]>([
  [
    'its own set_lang throws',
    `this.set_lang = function () { throw new Error('no texts'); };`,
    'Error: no texts',
  ],
  [
    'a getter among its callbacks throws',
    `Object.defineProperty(this.callbacks, 'destroy', { get: function () { throw new Error('no destroy'); } });`,
    'Error: no destroy',
  ],
  [
    'it is frozen',
    'return Object.freeze(this);',
    'TypeError: Cannot add property ns, object is not extensible',
  ],
])('a page opens and closes with a widget of which %s', async (_what, script, error) => {
  const small = await open(card, [{ script }, neighbour]);
  await tour(small);
  expect(await small.exceptions()).toContain(error);
});
