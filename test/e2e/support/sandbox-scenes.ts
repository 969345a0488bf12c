import type { Locator, Page } from 'playwright-core';
import type { Sandbox } from '../../../src/sandbox/index.js';

/** A page of the account in a state that is worth a look. */
export interface Scene {
  readonly name: string;
  readonly path: string;
  /** Opens what lies on the page: a dialog, a menu, a panel. */
  readonly arrange?: (page: Page, sandbox: Sandbox) => Promise<void>;
  /** What the browser itself says to it on the console. */
  readonly said?: readonly string[];
  /** Puts back what would be seen in the scenes after it. */
  readonly tidy?: (page: Page, sandbox: Sandbox) => Promise<void>;
}

const button = (place: Page | Locator, name: string | RegExp): Locator => place.getByRole('button', { name });
const main = (page: Page): Locator => page.getByRole('main');
const dialog = (page: Page): Locator => page.getByRole('dialog').last();
const bar = (page: Page): Locator => page.getByRole('region', { name: 'Sandbox' });
const openPanel = async (page: Page, name: RegExp): Promise<void> => {
  await bar(page).getByRole('tab', { name }).click();
  await bar(page).getByRole('tabpanel', { name }).waitFor();
};
const closePanel = async (page: Page): Promise<void> => {
  await bar(page).getByRole('tab', { selected: true }).press('Escape');
};

async function addTrigger(page: Page, stage: string, widget: string): Promise<Locator> {
  const lane = page.getByRole('region', { name: stage });
  await button(lane, 'Add trigger').click();
  await button(dialog(page), widget).click();
  await lane.locator('.js-trigger-save').waitFor();
  return lane;
}

const bubbles =
  (revision: 1 | 2) =>
  async (page: Page, { server }: Sandbox): Promise<void> => {
    const choice = bar(page).getByRole('combobox', { name: 'Markup revision of the digital pipeline' });
    if ((await choice.inputValue()) !== String(revision)) {
      const loaded = page.waitForEvent('load');
      await choice.selectOption(String(revision));
      await loaded;
      await page.locator('html[data-sandbox=ready]').waitFor();
    }
    if (server.context.account.dp_triggers.size === 0) {
      const first = await addTrigger(page, 'New request', 'Pipeline Messenger');
      await first.locator('textarea').fill('Hello, {{contact_first_name}}');
      await button(first, 'Save').click();
      await button(first, /Pipeline Messenger/).waitFor();
      const second = await addTrigger(page, 'Negotiation', 'Phone desk');
      await second.getByRole('textbox', { name: 'Message' }).fill('Call back');
      await button(second, 'Save').click();
      await button(second, /Phone desk/).waitFor();
    }
    const ours = await addTrigger(page, 'New request', 'Pipeline Messenger');
    await ours.locator('textarea').last().fill('Thank you for your request');
    await addTrigger(page, 'Negotiation', 'Phone desk');
  };

const markTwo = async (page: Page): Promise<void> => {
  const boxes = main(page).getByRole('checkbox');
  await boxes.nth(1).check();
  await boxes.nth(2).check();
};

async function newBot(page: Page, widget: RegExp): Promise<void> {
  await button(page, 'New bot').click();
  await button(page, 'Add step').click();
  await button(page, widget).click();
  await main(page).getByRole('textbox', { name: 'Greeting' }).waitFor();
}

export const scenes: readonly Scene[] = [
  { name: 'board', path: '/leads/pipeline' },
  {
    name: 'board-menu',
    path: '/leads/pipeline',
    arrange: async (page) => {
      const card = page.getByRole('group', { name: 'Spare parts for spring' });
      await card.getByRole('button').last().click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'board-new-lead',
    path: '/leads/pipeline',
    arrange: async (page) => {
      await button(main(page), 'New lead').click();
      await dialog(page).waitFor();
    },
  },
  {
    name: 'board-submenu',
    path: '/leads/pipeline',
    arrange: async (page) => {
      await page.getByRole('navigation').getByRole('link', { name: 'Leads', exact: true }).hover();
    },
    tidy: async (page) => {
      await page.mouse.move(700, 500);
    },
  },
  { name: 'board-customers', path: '/customers/pipeline' },
  { name: 'dp-revision-1', path: '/settings/pipeline/leads', arrange: bubbles(1) },
  { name: 'dp-revision-2', path: '/settings/pipeline/leads', arrange: bubbles(2) },
  {
    name: 'dp-choose-widget',
    path: '/settings/pipeline/leads',
    arrange: async (page) => {
      await button(page.getByRole('region', { name: 'Contract' }), 'Add trigger').click();
      await dialog(page).waitFor();
    },
  },
  { name: 'dp-customers', path: '/settings/pipeline/customers' },
  { name: 'integrations', path: '/settings/widgets' },
  {
    name: 'integrations-tour',
    path: '/settings/widgets/tour',
    arrange: (page) => dialog(page).getByRole('img').first().waitFor(),
  },
  {
    name: 'integrations-before-install',
    path: '/settings/widgets/tour',
    arrange: async (page) => {
      await button(dialog(page), /Skip|Go to/).click();
      await dialog(page).getByText('Install the integration first').waitFor();
    },
  },
  { name: 'integrations-fields', path: '/settings/widgets/desk', arrange: (page) => dialog(page).waitFor() },
  {
    name: 'integrations-refused',
    path: '/settings/widgets/desk',
    arrange: async (page) => {
      const token = dialog(page).getByRole('textbox', { name: 'Token' });
      await token.fill('x');
      await token.fill('');
      await button(dialog(page), 'Save').click();
      await dialog(page).getByText('Fill in').first().waitFor();
    },
  },
  {
    name: 'integrations-not-started',
    path: '/settings/widgets/broken',
    arrange: (page) => dialog(page).waitFor(),
  },
  {
    name: 'integrations-ours',
    path: '/settings/widgets/pipeline_messenger',
    arrange: (page) => dialog(page).getByRole('heading', { name: 'Connect a channel' }).waitFor(),
  },
  { name: 'lead', path: '/leads/detail/7001' },
  {
    name: 'lead-panel',
    path: '/leads/detail/7001',
    arrange: async (page) => {
      await button(page.getByRole('complementary', { name: 'Widgets' }), 'Phone desk').click();
      await page.getByLabel('Product').fill('Cargo bike');
    },
  },
  {
    name: 'lead-stage',
    path: '/leads/detail/7001',
    arrange: async (page) => {
      await button(page, /^Stage/).click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'lead-sdk-tab',
    path: '/leads/detail/7001',
    arrange: async (page) => {
      await page.getByRole('tab', { name: 'Phone desk' }).click();
      await page
        .getByRole('tabpanel', { name: 'Phone desk' })
        .getByRole('button', { name: /Saddle/ })
        .waitFor();
    },
  },
  {
    name: 'lead-statistics',
    path: '/leads/detail/7001',
    arrange: (page) => page.getByRole('tab', { name: 'Statistics' }).click(),
  },
  {
    name: 'lead-field-ids',
    path: '/leads/detail/7001',
    arrange: (page) => page.getByRole('tab', { name: 'Settings' }).click(),
  },
  {
    name: 'lead-compose',
    path: '/leads/detail/7002',
    arrange: async (page) => {
      await button(page, /^Note/).click();
      await page.getByRole('menuitemradio', { name: 'SMS: Phone desk' }).click();
      await page.getByRole('textbox', { name: 'SMS: Phone desk' }).fill('bad');
      await button(page, 'Send').click();
      await page.getByRole('alert').filter({ hasText: 'No credit' }).waitFor();
    },
  },
  {
    name: 'lead-address',
    path: '/leads/detail/7001',
    arrange: async (page) => {
      await page.getByRole('link', { name: '+12125550103' }).click();
      await page.getByRole('menu').waitFor();
    },
  },
  { name: 'lead-new', path: '/leads/detail/add' },
  {
    name: 'lead-missing',
    path: '/leads/detail/99',
    said: ['error: Failed to load resource: the server responded with a status of 404 (Not Found)'],
  },
  {
    name: 'contact',
    path: '/contacts/detail/8001',
    arrange: async (page) => {
      await button(page, 'Edit +12025550102').click();
      await button(page, 'Add phone').click();
    },
  },
  { name: 'company', path: '/companies/detail/9001' },
  { name: 'customer', path: '/customers/detail/6001' },
  { name: 'leads', path: '/leads/list' },
  { name: 'leads-marked', path: '/leads/list', arrange: markTwo },
  {
    name: 'leads-panel',
    path: '/leads/list',
    arrange: async (page) => {
      await markTwo(page);
      await button(page.getByRole('toolbar'), 'Phone desk').click();
      await page.getByText('What was selected').waitFor();
    },
  },
  { name: 'contacts', path: '/contacts/list/contacts', arrange: markTwo },
  { name: 'companies', path: '/companies/list' },
  { name: 'customers', path: '/customers/list' },
  {
    name: 'tasks',
    path: '/todo/list',
    arrange: async (page) => {
      if ((await page.getByText('Call about the offer').count()) > 0) return;
      await button(page, 'New task').click();
      await page.getByRole('textbox', { name: 'Task' }).fill('Call about the offer');
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await page.getByText('Call about the offer').waitFor();
    },
  },
  {
    name: 'tasks-new',
    path: '/todo/list',
    arrange: async (page) => {
      await button(page, 'New task').click();
      await page.getByRole('textbox', { name: 'Task' }).waitFor();
    },
  },
  { name: 'advanced-settings', path: '/settings/advanced/desk' },
  { name: 'advanced-settings-missing', path: '/settings/advanced/other' },
  { name: 'widget-page', path: '/widget_page/desk/reports' },
  {
    name: 'salesbot-step',
    path: '/settings/salesbot',
    arrange: (page) => newBot(page, /Greet Phone desk/),
  },
  {
    name: 'salesbot-result',
    path: '/settings/salesbot',
    arrange: async (page) => {
      await newBot(page, /Greet Phone desk/);
      await page.getByRole('textbox', { name: 'Greeting' }).fill('Welcome, {{lead.name}}');
      await button(page, 'Save').click();
      await page.getByRole('heading', { name: 'Greet', exact: true }).waitFor();
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.getByText('Finished').waitFor();
    },
  },
  {
    name: 'salesbot-wrong-json',
    path: '/settings/salesbot',
    arrange: async (page) => {
      await newBot(page, /Greet Phone desk/);
      await page.getByRole('textbox', { name: 'Greeting' }).fill('wrong');
      await button(page, 'Save').click();
      await page.getByText('The bot was not saved').waitFor();
    },
  },
  {
    name: 'salesbot-choose',
    path: '/settings/salesbot',
    arrange: async (page) => {
      await button(page, 'New bot').click();
      await button(page, 'Add step').click();
      await dialog(page).waitFor();
    },
  },
  { name: 'salesbots', path: '/settings/salesbot' },
  { name: 'sources', path: '/settings/sources' },
  {
    name: 'sources-add',
    path: '/settings/sources',
    arrange: async (page) => {
      await button(page, 'Add source').click();
      await dialog(page).waitFor();
    },
  },
  { name: 'catalogs', path: '/catalogs' },
  { name: 'products', path: '/catalogs/1001' },
  {
    name: 'product',
    path: '/catalogs/1001',
    arrange: async (page) => {
      await button(page, 'Helmet').click();
      await dialog(page).waitFor();
    },
  },
  { name: 'dashboard', path: '/dashboard' },
  { name: 'not-found', path: '/settings/nothing/here' },
  {
    name: 'bar-traffic',
    path: '/leads/detail/7001',
    arrange: async (page) => {
      await page.evaluate(() =>
        fetch('/api/v4/leads?limit=2', { headers: { 'X-Requested-With': 'XMLHttpRequest' } }),
      );
      await openPanel(page, /Traffic/);
      await bar(page).getByRole('table', { name: 'Traffic' }).getByRole('button').first().click();
    },
    tidy: closePanel,
  },
  {
    name: 'bar-report',
    path: '/leads/list',
    arrange: async (page) => {
      await openPanel(page, /Report/);
      await bar(page).getByLabel('Only errors and breaches').check();
      await bar(page).getByText('The answer has no field').first().click();
    },
    tidy: closePanel,
  },
  {
    name: 'bar-faults',
    path: '/settings/widgets',
    arrange: (page) => openPanel(page, /Faults/),
    tidy: closePanel,
  },
  {
    name: 'build-fault',
    path: '/settings/salesbot',
    arrange: async (page, sandbox) => {
      sandbox.buildFailed(["src/widget/index.ts:14:7\nTS1005: ',' expected.\n  14 |   return tru e;"]);
      await bar(page).getByText('Faults in the newest files').waitFor();
    },
    tidy: async (page, sandbox) => {
      sandbox.buildFailed([]);
      await bar(page).getByText('Faults in the newest files').waitFor({ state: 'hidden' });
    },
  },
];
