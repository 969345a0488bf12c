import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { widgetFiles } from '../support/small-widget.js';
import { seriousFindings } from './support/axe.js';
import { useSmallSandbox } from './support/small-sandbox.js';

const open = useSmallSandbox();

/** Keeps what `list_selected()` gives when its name is chosen in a list. */
const collects = `
  function keep() { window.chosen = self.list_selected(); }
  ['leads', 'contacts', 'customers', 'todo'].forEach(function (list) { self.callbacks[list] = { selected: keep }; });`;

const bulk = { locations: ['settings', 'llist-1', 'clist-0', 'culist-0', 'tlist-0'], script: collects };

const bar = (page: Page): Locator => page.getByRole('toolbar', { name: 'Actions with what is selected' });
const action = (page: Page): Locator => bar(page).getByRole('button', { name: 'Small widget' });
const mark = (page: Page, name: string): Locator =>
  page.getByRole('checkbox', { name: `Select ${name}`, exact: true });

describe('the multi-action bar of a list', () => {
  it.each([
    [
      '/leads/list',
      'Spare parts for spring',
      {
        id: 7002,
        type: 'lead',
        emails: ['olivia.bennett@example.com'],
        phones: ['+12025550101', '+12025550102'],
      },
    ],
    [
      '/contacts/list/contacts',
      'James Walker',
      { id: 8002, type: 'contact', emails: ['james.walker@example.com'], phones: ['+12125550103'] },
    ],
    ['/companies/list', 'Northgate Bicycles', { id: 9001, type: 'company', emails: [], phones: [] }],
    [
      '/customers/list',
      'Northgate Bicycles',
      {
        id: 6001,
        type: 'customer',
        emails: ['olivia.bennett@example.com'],
        phones: ['+12025550101', '+12025550102'],
      },
    ],
  ])('on %s calls the widget, which gets the marked row', async (path, name, row) => {
    const { page, ...small } = await open(path, [bulk]);

    await expect.poll(() => bar(page).isVisible()).toBe(false);
    await mark(page, name).check();
    await bar(page).getByText('Selected: 1').waitFor();
    await action(page).click();

    expect(await small.read('window.chosen')).toMatchObject({
      selected: [row.type === 'company' ? { id: row.id, type: row.type } : row],
      summary: { items: 1 },
    });
  });

  it('does the same for a task that was just added', async () => {
    const { page, ...small } = await open('/todo/list', [bulk]);

    await page.getByText('There is nothing in this list yet.').waitFor();
    await page.getByRole('button', { name: 'New task' }).click();
    await page.getByRole('textbox', { name: 'Task' }).fill('Call about the offer');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await mark(page, 'Call about the offer').check();
    await action(page).click();

    expect(await small.read('window.chosen.selected.map(function (row) { return row.type; })')).toEqual([
      'task',
    ]);
  });

  it('sums up what is marked, and hands over only rows that the search has left', async () => {
    const { page, ...small } = await open('/contacts/list/contacts', [bulk]);
    await mark(page, 'Olivia Bennett').check();
    await mark(page, 'James Walker').check();
    await action(page).click();
    expect(await small.read('window.chosen.summary')).toEqual({ items: 2, emails: 2, phones: 3 });

    await page.getByRole('searchbox', { name: 'Search' }).fill('walker');
    await bar(page).getByText('Selected: 1').waitFor();
    await action(page).click();

    expect(await small.read('window.chosen.selected.map(function (row) { return row.id; })')).toEqual([8002]);
    expect(await small.read('self.system().displayed_count')).toBe(1);
  });

  it('offers neither widgets without the callback nor those of other lists', async () => {
    const { page } = await open('/leads/list', [
      { locations: ['settings', 'llist-1'] },
      { locations: ['settings', 'clist-1'], script: collects },
    ]);

    await mark(page, 'Spare parts for spring').check();
    await bar(page).getByText('Selected: 1').waitFor();

    expect(await action(page).count()).toBe(0);
    await bar(page).getByRole('button', { name: 'Clear selection' }).click();
    await expect.poll(() => bar(page).isVisible()).toBe(false);
    expect(await mark(page, 'Spare parts for spring').isChecked()).toBe(false);
  });
});

describe('a list', () => {
  it('keeps APP.data.current_list in step and triggers list:checkbox', async () => {
    const { page, ...small } = await open('/customers/list', [bulk]);
    await small.read(
      `void (window.marks = 0, window.jQuery = require('jquery')(document).on('list:checkbox', function () { window.marks += 1; }))`,
    );

    await page.getByRole('checkbox', { name: 'Select all' }).check();

    expect(await small.read('window.marks')).toBe(1);
    expect(
      await small.read('APP.data.current_list.map(function (row) { return [row.id, row.get("checked")]; })'),
    ).toEqual([
      [6001, true],
      [6002, true],
      [6003, true],
    ]);
    await mark(page, 'Kopi Nusantara').uncheck();
    expect(await page.getByRole('checkbox', { name: 'Select all' }).isChecked()).toBe(false);
    expect(await small.read('self.list_selected().summary.items')).toBe(2);
  });

  it('leads to the cards of its rows', async () => {
    const { page } = await open('/leads/list', []);

    await page.getByRole('link', { name: 'Spare parts for spring' }).click();

    await page.waitForURL('**/leads/detail/7002');
    expect(await page.evaluate('APP.getWidgetsArea()')).toBe('leads_card');
  });

  it('opens its panel with the overlay, on the box of the widget that was chosen', async () => {
    const { page } = await open('/leads/list', [
      {
        locations: ['settings', 'llist-1'],
        script: `
          this.callbacks.init = function () { self.render_template({ body: '<p>Two leads at once</p>' }); return true; };
          this.callbacks.leads = { selected: function () { self.widgetsOverlay(true); } };`,
      },
    ]);
    const text = page.getByText('Two leads at once');
    expect(await text.isVisible()).toBe(false);

    await mark(page, 'Spare parts for spring').check();
    await action(page).click();
    await text.waitFor();

    await page.keyboard.press('Escape');
    await text.waitFor({ state: 'hidden' });
  });

  it('shows what changes in the account, with its marks kept', async () => {
    const { page } = await open('/contacts/list/contacts', [bulk]);
    await mark(page, 'James Walker').check();

    await page.evaluate(() =>
      fetch('/api/v4/contacts', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'XMLHttpRequest' },
        body: JSON.stringify([{ name: 'Nora Lindqvist' }]),
      }),
    );

    await page.getByRole('link', { name: 'Nora Lindqvist' }).waitFor();
    expect(await mark(page, 'James Walker').isChecked()).toBe(true);
  });

  it('has its search and its marks again after an edit of the widget', async () => {
    const { page, sandbox, ...small } = await open('/contacts/list/contacts', [bulk]);
    await page.getByRole('searchbox', { name: 'Search' }).fill('walker');
    await mark(page, 'James Walker').check();

    const loaded = page.waitForEvent('load');
    sandbox.replace('small', widgetFiles({ ...bulk, script: `${collects} /* edited */` }));
    await loaded;
    await small.ready();

    await bar(page).getByText('Selected: 1').waitFor();
    expect(await page.getByRole('searchbox', { name: 'Search' }).inputValue()).toBe('walker');
    expect(await page.getByRole('link', { name: 'Olivia Bennett' }).count()).toBe(0);
  });

  it('hands a clicked number to the widgets that answer it', async () => {
    const { page, ...small } = await open('/contacts/list/contacts', [
      {
        locations: ['settings', 'clist-1'],
        script: `this.callbacks.init = function () {
          self.add_action('phone', function (data) { window.called = data.value; }); return true; };`,
      },
    ]);

    await page.getByRole('link', { name: '+12125550103' }).click();
    await page.getByRole('menuitem', { name: 'Small widget' }).click();

    expect(await small.read('window.called')).toBe('+12125550103');
  });

  it('lets something happen to a customer', async () => {
    const { page } = await open('/customers/list', []);

    await page.getByRole('button', { name: 'What happens: Kopi Nusantara' }).click();
    await page.getByRole('menuitem', { name: 'Website visit' }).click();

    await page.getByText('It has happened in the account.').waitFor();
  });

  it('says why it cannot be read, and is there again once it can', async () => {
    const { page, sandbox } = await open('/catalogs', []);
    sandbox.server.context.account.access = 'lapsed';
    await page.goto(`${sandbox.url}/contacts/list/contacts`);
    await page.getByText(/The list cannot be read: .*402/).waitFor();

    sandbox.server.context.account.access = 'open';
    await page.reload();
    await page.getByRole('link', { name: 'James Walker' }).waitFor();
  });

  it('is in the language of the user', async () => {
    const { page } = await open('/customers/list', [], { switches: { language: 'ru' } });

    await page.getByRole('heading', { name: 'Покупатели' }).waitFor();
    await page.getByRole('columnheader', { name: 'Следующая покупка' }).waitFor();
  });

  it.each(['light', 'dark'] as const)('has no serious accessibility findings, %s', async (theme) => {
    const { page } = await open('/leads/list', [bulk], { switches: { theme } });
    await mark(page, 'Spare parts for spring').check();
    await action(page).waitFor();

    expect(await seriousFindings(page, '#page_holder')).toEqual([]);
  });
});
