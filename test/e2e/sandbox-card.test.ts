import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { addNote } from '../../src/sandbox/account/notes.js';
import { updateEntity } from '../../src/sandbox/account/changes.js';
import { contactsOf } from '../../src/sandbox/account/links.js';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.js';
import { widgetFiles, type SmallWidget } from '../support/small-widget.js';
import { seriousFindings } from './support/axe.js';
import { launchBrowser, type TestBrowser, type WatchedPage } from './support/browser.js';
import { sharedHost } from './support/shared-host.js';

const everyCard = ['settings', 'lcard-1', 'ccard-1', 'comcard-1', 'cucard-1'];
const cause = { by: 0, triggersDigitalPipeline: true };

let browser: TestBrowser;
let sandbox: Sandbox;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});
afterEach(async () => {
  expect(watched.errors).toEqual([]);
  await page.context().close();
  await sandbox.close();
});

/** Opens a page of an account with these widgets and waits until they are started. */
async function open(
  path: string,
  widgets: readonly SmallWidget[] = [],
  options: Partial<SandboxOptions> = {},
): Promise<void> {
  sandbox = await startSandbox({
    hostFiles: sharedHost(),
    widgets: widgets.map((widget, index) => ({
      files: widgetFiles({ locations: everyCard, ...widget }),
      label: `small${index === 0 ? '' : index + 1}`,
    })),
    ...options,
  });
  expect(sandbox.refused).toEqual([]);
  watched = await browser.newPage();
  page = watched.page;
  await page.goto(sandbox.url + path);
  await ready();
}

async function ready(): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset['sandbox'] === 'ready');
}

/** What a widget put on `window` under this name. */
function told(name: string): Promise<unknown> {
  return page.evaluate((key) => (window as unknown as Record<string, unknown>)[key], name);
}

const account = (): Sandbox['server']['context']['account'] => sandbox.server.context.account;
const feed = (): ReturnType<Page['getByRole']> => page.getByRole('log', { name: 'Feed' });
const saveButton = (): ReturnType<Page['getByRole']> =>
  page.getByRole('button', { name: 'Save', exact: true });

describe('the form of a card', () => {
  test('a lead shows its name, stage, people and their numbers', async () => {
    await open('/leads/detail/7002');
    expect(await page.title()).toBe('Spare parts for spring');
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Spare parts for spring');
    expect(await page.getByRole('button', { name: 'Stage: Offer sent' }).isVisible()).toBe(true);
    const people = page.getByRole('region', { name: 'Contacts' }).getByRole('listitem');
    const main = people.filter({ hasText: 'Main contact' }).first();
    expect(await main.textContent()).toContain('Olivia Bennett');
    expect(await main.getByRole('link', { name: '+12025550102' }).isVisible()).toBe(true);
    expect(await main.getByRole('link', { name: 'olivia.bennett@example.com' }).isVisible()).toBe(true);
    await page
      .getByRole('region', { name: 'Companies' })
      .getByRole('link', { name: 'Northgate Bicycles' })
      .click();
    await page.waitForURL('**/companies/detail/9001');
    await page.getByRole('heading', { name: 'Company #9001' }).waitFor();
  });

  test('another contact becomes the main one', async () => {
    await open('/leads/detail/7001');
    await page.getByRole('button', { name: 'Make main: James Walker' }).click();
    await page.getByRole('button', { name: 'Make main: Olivia Bennett' }).waitFor();
    expect(contactsOf(account(), 'leads', 7001)).toContainEqual({ id: 8002, is_main: true });
    expect(contactsOf(account(), 'leads', 7001)).toContainEqual({ id: 8001, is_main: false });
  });

  test('a contact is looked for and linked, and unlinked again', async () => {
    await open('/leads/detail/7020');
    const people = page.getByRole('region', { name: 'Contacts' });
    await people.getByRole('searchbox', { name: 'Add contact' }).fill('zey');
    await people.getByRole('button', { name: 'Zeynep Yılmaz' }).click();
    await people.getByRole('link', { name: 'Zeynep Yılmaz' }).waitFor();
    expect(contactsOf(account(), 'leads', 7020)).toEqual([{ id: 8007, is_main: true }]);
    expect(await saveButton().isVisible()).toBe(false);
    await people.getByRole('button', { name: 'Unlink: Zeynep Yılmaz' }).click();
    await people.getByText('No contacts').waitFor();
    expect(contactsOf(account(), 'leads', 7020)).toEqual([]);
  });

  test('Save stands there after a change only, and stores what was changed', async () => {
    await open('/leads/detail/7001');
    expect(await saveButton().isVisible()).toBe(false);
    await page.getByLabel('Sale, $').fill('15000');
    await page.getByRole('button', { name: /^Stage/ }).click();
    await page.getByRole('menuitemradio', { name: 'Negotiation' }).click();
    await page.getByLabel('Responsible user').selectOption({ label: 'Elif Kaya' });
    await page.getByLabel('Urgent').check({ force: true });
    await page.getByRole('group', { name: 'Extras' }).getByLabel('Assembly').check({ force: true });
    await page.getByLabel('Post', { exact: true }).check();
    await page.getByLabel('Needed by').fill('2027-01-31');
    await saveButton().click();
    await saveButton().waitFor({ state: 'hidden' });
    const lead = account().leads.get(7001);
    expect(lead).toMatchObject({ price: 15000, status_id: 503, pipeline_id: 50, responsible_user_id: 13 });
    const values = Object.fromEntries(
      (lead?.custom_fields_values ?? []).map(({ field_name, values: [first] }) => [field_name, first?.value]),
    );
    expect(values).toEqual({
      Product: 'City bike',
      Delivery: 'Post',
      'Needed by': Date.UTC(2027, 0, 31) / 1000,
      Extras: 'Assembly',
      Urgent: true,
    });
    await feed().getByText('New request → Negotiation').waitFor();
  });

  test('Cancel brings back what is stored', async () => {
    await open('/leads/detail/7001');
    await page.getByLabel('Product').fill('Cargo bike');
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.getByLabel('Product').inputValue()).toBe('City bike');
    expect(await saveButton().isVisible()).toBe(false);
  });

  test('a refusal of the account is shown and nothing is lost', async () => {
    await open('/leads/detail/7001');
    await page.getByRole('textbox', { name: 'Name' }).fill('x'.repeat(256));
    await saveButton().click();
    await page.getByRole('alert').filter({ hasText: '400' }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toHaveLength(256);
  });

  test('a number of a contact is edited and one is added', async () => {
    await open('/contacts/detail/8001');
    await page.getByRole('button', { name: 'Edit +12025550102' }).click();
    await page.getByRole('textbox', { name: 'Phone' }).fill('+12025550199');
    await page.getByRole('button', { name: 'Add phone' }).click();
    await page.getByRole('textbox', { name: 'Phone' }).last().fill('+12025550198');
    await page.getByRole('combobox', { name: 'Type' }).last().selectOption('Home');
    await saveButton().click();
    await page.getByRole('link', { name: '+12025550198' }).waitFor();
    const phones = account()
      .contacts.get(8001)
      ?.custom_fields_values?.find((one) => one.field_code === 'PHONE');
    expect(phones?.values.map(({ value, enum_code }) => [value, enum_code])).toEqual([
      ['+12025550101', 'WORK'],
      ['+12025550199', 'MOB'],
      ['+12025550198', 'HOME'],
    ]);
  });

  test.each([
    ['leads', 'Lead'],
    ['contacts', 'Contact'],
    ['companies', 'Company'],
    ['customers', 'Customer'],
  ] as const)('a new card of %s is stored with Save', async (type, title) => {
    await open(`/${type}/detail/add`, [
      { script: 'window.card = function () { return APP.data.current_card.id; };' },
    ]);
    expect(await page.evaluate(() => (window as unknown as { card: () => unknown }).card())).toBe(0);
    await page.getByRole('textbox', { name: 'Name' }).fill('Fresh');
    await saveButton().click();
    await page.getByRole('heading', { name: new RegExp(`${title} #\\d+`) }).waitFor();
    const [added] = [...account()[type].values()].filter(({ name }) => name === 'Fresh');
    expect(page.url()).toBe(`${sandbox.url}/${type}/detail/${added?.id}`);
  });

  test('what is not there says so', async () => {
    await open('/leads/detail/99');
    await page.getByRole('heading', { name: 'This card cannot be shown' }).waitFor();
    await page.getByRole('link', { name: 'Go to the pipeline' }).click();
    await page.waitForURL('**/leads/pipeline');
  });

  test('tabs tell figures and the ids of fields', async () => {
    await open('/leads/detail/7001');
    await page.getByRole('tab', { name: 'Main' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tabpanel', { name: 'Statistics' }).getByText('Emma Clarke').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tabpanel', { name: 'Settings' }).getByText('427101').waitFor();
  });
});

describe('the feed', () => {
  test('a note is written, one from outside appears, and typed text stays', async () => {
    await open('/leads/detail/7001');
    const box = page.getByRole('textbox', { name: 'Note' });
    await box.fill('Ask about the colour');
    await page.getByRole('button', { name: 'Send' }).click();
    await feed().getByText('Ask about the colour').waitFor();
    expect([...account().notes.values()].map(({ params }) => params['text'])).toEqual([
      'Ask about the colour',
    ]);

    await box.fill('half a sentence');
    await page.getByLabel('Product').fill('Cargo bike');
    const { context } = sandbox.server;
    const params = { text: 'Delivered', service: 'Messenger' };
    addNote(context, { entity_type: 'leads', entity_id: 7001, note_type: 'service_message', params }, cause);
    await feed().getByText('Delivered').waitFor();
    const lead = account().leads.get(7001);
    if (lead === undefined) throw new Error('The lead is not there.');
    updateEntity(context, 'leads', lead, { status_id: 502, price: 1 }, cause);
    await page.getByRole('button', { name: 'Stage: Offer sent' }).waitFor();
    expect(await page.getByLabel('Sale, $').inputValue()).toBe('1');
    expect(await page.getByLabel('Product').inputValue()).toBe('Cargo bike');
    expect(await box.inputValue()).toBe('half a sentence');
  });

  test('an SMS goes through the widget, and its note stands in the feed', async () => {
    const script = `this.callbacks.init = function () {
      self.add_source('sms', function (sms) {
        window.sms = sms;
        return /bad/.test(sms.message) ? Promise.reject(new Error('No credit')) : Promise.resolve();
      });
      return true;
    };
    this.callbacks.onSource = function () { window.used = (window.used || 0) + 1; };`;
    await open('/leads/detail/7001', [{ script }]);
    await page.getByRole('button', { name: /^Note/ }).click();
    await page.getByRole('menuitemradio', { name: 'SMS: Small widget' }).click();
    await page.getByRole('combobox', { name: /^To/ }).selectOption({ label: 'James Walker +12125550103' });
    await page.getByRole('textbox', { name: 'SMS: Small widget' }).fill('Ready tomorrow');
    await page.getByRole('button', { name: 'Send' }).click();
    await feed().getByText('Outgoing SMS +12125550103').waitFor();
    expect(await told('sms')).toEqual({ phone: '+12125550103', message: 'Ready tomorrow', contact_id: 8002 });
    expect(await told('used')).toBe(1);

    await page.getByRole('textbox', { name: 'SMS: Small widget' }).fill('bad');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('alert').filter({ hasText: 'No credit' }).waitFor();
    expect([...account().notes.values()].map(({ note_type }) => note_type)).toEqual(['sms_out']);
  });

  test('a source with a form of its own draws it in the box', async () => {
    const script = `this.callbacks.init = function () {
      self.add_source('custom', function ($el) { $el.html('<button>Call a courier</button>'); }, 'Courier');
      return true;
    };`;
    await open('/leads/detail/7001', [{ script }]);
    await page.getByRole('button', { name: /^Note/ }).click();
    await page.getByRole('menuitemradio', { name: 'Courier' }).click();
    await page.getByRole('button', { name: 'Call a courier' }).waitFor();
    expect(await page.getByRole('button', { name: 'Send' }).isVisible()).toBe(false);
  });

  test('calls and things that happen to a lead are told in it', async () => {
    await open('/leads/detail/7001');
    const { context } = sandbox.server;
    const params = {
      duration: 65,
      source: 'Telephone',
      phone: '+12025550101',
      link: 'https://example.com/call.mp3',
    };
    addNote(context, { entity_type: 'leads', entity_id: 7001, note_type: 'call_in', params }, cause);
    const call = feed().getByRole('article').filter({ hasText: 'Incoming call +12025550101' });
    await call.getByRole('link', { name: 'Listen' }).waitFor();
    expect(await call.textContent()).toContain('1:05');
    await page.getByRole('button', { name: 'What happens' }).click();
    expect(await page.getByRole('menuitem').count()).toBe(4);
  });

  test('a long service message is folded between paragraphs, and a short one is not', async () => {
    await open('/leads/detail/7001');
    const { context } = sandbox.server;
    const write = (text: string): void => {
      const params = { text, service: 'Messenger' };
      addNote(
        context,
        { entity_type: 'leads', entity_id: 7001, note_type: 'extended_service_message', params },
        cause,
      );
    };
    const long = `Sent to 1 of 2\n\nSent: Olivia Bennett\n\nNot sent: James Walker\n${'The number is wrong. '.repeat(30)}`;
    write('Sent to all\nOlivia Bennett');
    write(long);
    const notes = feed().locator('.feed-note_extended_service_message');
    await expect.poll(() => notes.count()).toBe(2);
    expect(await notes.first().innerText()).toMatch(/Sent to all\nOlivia Bennett$/);
    const folded = notes.last();
    await expect.poll(() => folded.innerText()).toMatch(/Sent to 1 of 2\n\nSent: Olivia Bennett$/);
    await folded.locator('summary').press('Enter');
    await expect.poll(() => folded.innerText()).toContain(`\n\nNot sent: James Walker\nThe number is wrong.`);
    expect((await folded.locator('.feed-note__text').allTextContents()).join('\n')).toBe(long);
  });
});

describe('widgets in a card', () => {
  test('the panel opens with the box of render_template', async () => {
    const script = `this.callbacks.render = function () {
      self.render_template({ caption: { class_name: 'mine' }, render: '<p>Balance: {{ sum }}</p>' }, { sum: 12 });
      return true;
    };
    $(document).on('toggleWidgetPanel' + '.widget:small', function (_event, isOpen) { window.open = isOpen; });`;
    await open('/leads/detail/7001', [{ script }]);
    const panel = page.getByRole('complementary', { name: 'Widgets' });
    expect(await panel.getByText('Balance: 12').isVisible()).toBe(false);
    await panel.getByRole('button', { name: 'Small widget' }).click();
    await panel.getByText('Balance: 12').waitFor();
    expect(await told('open')).toBe(true);
    const selector =
      '#widgets_block.card-widgets #nano-card-widgets > .card-widgets__elements > .card-widgets__widget-small';
    expect(await page.locator(selector).count()).toBe(1);
    await panel.getByRole('button', { name: 'Small widget' }).press('Enter');
    expect(await panel.getByText('Balance: 12').isVisible()).toBe(false);
  });

  test('a click on a number or an address offers the actions of widgets', async () => {
    const script = `this.callbacks.init = function () {
      self.add_action('phone', function (data) { window.phone = data; });
      self.add_action('email', function (data) { window.email = data; });
      return true;
    };`;
    const words = { widget: { name: 'Small widget', call_action: 'Call with Small' } };
    await open('/leads/detail/7001', [{ script, files: { 'i18n/en.json': JSON.stringify(words) } }]);
    await page.getByRole('link', { name: '+12125550103' }).click();
    expect(await page.getByRole('menuitem').allTextContents()).toEqual(['Call with Small', 'Copy']);
    await page.keyboard.press('Enter');
    expect(await told('phone')).toMatchObject({
      value: '+12125550103',
      element: { id: 7001, type: 2 },
      contact: { id: 8002, name: 'James Walker' },
    });
    await page.getByRole('link', { name: 'james.walker@example.com' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Small widget' }).click();
    expect(await told('email')).toMatchObject({ value: 'james.walker@example.com' });
  });

  test('a widget finds the fields of the card by their ids and names, and the stage in its model', async () => {
    await open('/leads/detail/7001', [{}]);
    expect(
      await page.evaluate(`[
        $('.linked-form__field[data-id=427101]').find('input').val(),
        $('.linked-form__field__label[title="Product"] ~ .linked-form__field__value > input').val(),
        $('.linked-form__field__label span').eq(0).text(),
        APP.data.current_card.model.get('lead[STATUS]') === APP.data.current_card.model.get('status_id'),
        APP.data.current_card.model.attributes['lead[PIPELINE_ID]'] > 0,
        Number($('.n-avatar').first().attr('id')) === APP.constant('user').id,
      ]`),
    ).toEqual(['City bike', 'City bike', 'Name', true, true, true]);
  });

  test('a widget reads the open card and its people', async () => {
    const script = `this.callbacks.init = function () {
      var card = APP.data.current_card;
      window.card = { id: card.id, name: card.model.get('name'), product: card.model.get('CFV[427101]'), isCard: APP.isCard(), area: APP.getWidgetsArea() };
      card.model.on('change:price', function (model, price) { window.price = price; });
      self.get_current_card_contacts_data().then(function (people) { window.people = people; });
      return true;
    };`;
    await open('/leads/detail/7001', [{ script }]);
    expect(await told('card')).toEqual({
      id: 7001,
      name: 'City bikes for the office',
      product: 'City bike',
      isCard: true,
      area: 'leads_card',
    });
    await page.getByLabel('Sale, $').fill('99');
    expect(await told('price')).toBe(99);
    expect(await told('people')).toMatchObject([
      { id: 8001, first_name: 'Olivia', phones: ['+12025550101', '+12025550102'] },
      { id: 8002, emails: ['james.walker@example.com'] },
    ]);
  });

  test('a tab of card_sdk finds elements, links them and tells so on Save', async () => {
    const script = `var later = function (value) { return $.Deferred().resolve(value).promise(); };
    $.extend(this.callbacks, {
      loadPreloadedData: function () { return later([{ id: 1, sku: 'S-1', name: 'Saddle', price: 20 }]); },
      loadElements: function (entity, id) { window.asked = [entity, id]; return later([{ id: 3, sku: 'B-3', name: 'Bell', price: 5, quantity: 2 }]); },
      searchDataInCard: function (query, type, id) { window.searched = [query, type, id]; return later([{ id: 9, sku: 'L-9', name: 'Lamp', price: 7 }]); },
      linkCard: function (links) { window.links = links; return later(); }
    });`;
    await open('/leads/detail/7001', [{ locations: [...everyCard, 'card_sdk'], script }]);
    await page.getByRole('tab', { name: 'Small widget' }).click();
    const pane = page.getByRole('tabpanel', { name: 'Small widget' });
    await pane.getByRole('button', { name: /Saddle/ }).waitFor();
    expect(await told('asked')).toEqual([{ id: 2, type: 'leads' }, 7001]);
    await pane.getByRole('searchbox').fill('lam');
    await pane.getByRole('button', { name: /Lamp/ }).click();
    expect(await told('searched')).toEqual(['lam', 2, 7001]);
    await pane.getByLabel('Quantity: Lamp').fill('4');
    await pane.getByLabel('Quantity: Lamp').press('Tab');
    await pane.getByRole('button', { name: 'Unlink: Bell' }).click();
    await saveButton().click();
    await saveButton().waitFor({ state: 'hidden' });
    const link = { from: 'leads', from_id: 7001, to_widget_id: 'small' };
    expect(await told('links')).toEqual({
      link: [{ ...link, to_id: 9, quantity: 4 }],
      unlink: [{ ...link, to_id: 3, quantity: 2 }],
    });
  });

  test('a tab of card_sdk may be drawn by the widget; without all four callbacks there is none', async () => {
    const four = `$.extend(this.callbacks, {
      loadPreloadedData: function () { $('#small').html('<p>Drawn by the widget</p>'); return Promise.resolve({}); },
      loadElements: function () { return Promise.resolve([]); }, searchDataInCard: function () { return Promise.resolve([]); },
      linkCard: function () { return Promise.resolve(); } });`;
    const locations = [...everyCard, 'card_sdk'];
    const named = (name: string): Record<string, string> => ({
      'i18n/en.json': JSON.stringify({ widget: { name } }),
    });
    await open('/leads/detail/7001', [
      { locations, script: four },
      { locations, files: named('Incomplete') },
    ]);
    await page.getByRole('tab', { name: 'Small widget' }).click();
    const pane = page.getByRole('tabpanel', { name: 'Small widget' });
    await pane.getByText('Drawn by the widget').waitFor();
    expect(await pane.getByRole('searchbox').isVisible()).toBe(false);
    expect(await page.getByRole('tab', { name: 'Incomplete' }).count()).toBe(0);
    await expect
      .poll(() =>
        sandbox.report
          .entries()
          .flatMap((entry) => (entry.kind === 'note' ? [`${entry.area}: ${entry.text}`] : [])),
      )
      .toContainEqual(expect.stringMatching(/^leads_card: card_sdk needs .*; without loadPreloadedData, /));
  });

  test('new files of a widget reload the card as it stood', async () => {
    await open('/leads/detail/7001', [{}]);
    await page.getByLabel('Product').fill('Cargo bike');
    await page.getByRole('textbox', { name: 'Note' }).fill('half a sentence');
    await page.getByRole('tab', { name: 'Statistics' }).click();
    const before = page.waitForEvent('load');
    sandbox.replace('small', widgetFiles({ locations: everyCard, script: 'window.renewed = true;' }));
    await before;
    await ready();
    expect(await told('renewed')).toBe(true);
    expect(await page.getByRole('tab', { name: 'Statistics' }).getAttribute('aria-selected')).toBe('true');
    expect(await page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('half a sentence');
    await page.getByRole('tab', { name: 'Main' }).click();
    expect(await page.getByLabel('Product').inputValue()).toBe('Cargo bike');
    expect(await saveButton().isVisible()).toBe(true);
  });
});

test.each(['light', 'dark'] as const)('cards have no serious findings of axe (%s)', async (theme) => {
  await open('/leads/detail/7001', [], { switches: { theme } });
  await page.getByLabel('Product').fill('Cargo bike');
  expect(await seriousFindings(page, '#page_holder')).toEqual([]);
  await page.goto(`${sandbox.url}/contacts/detail/8001`);
  await ready();
  await page.getByRole('link', { name: '+12025550101' }).click();
  expect(await seriousFindings(page, '#page_holder')).toEqual([]);
});

test('the words follow the language of the user', async () => {
  await open('/leads/detail/7001', [], { switches: { language: 'ru' } });
  await page.getByRole('tab', { name: 'Основное' }).waitFor();
  expect(await page.getByText('Основной контакт').isVisible()).toBe(true);
});
