import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.js';
import type { DpTrigger } from '../../src/sandbox/account/state.js';
import { startReceiver, type Receiver } from '../sandbox/account/hooks/receiver.js';
import { widgetFiles, type SmallWidget } from '../support/small-widget.js';
import { seriousFindings } from './support/axe.js';
import { launchBrowser, type TestBrowser, type WatchedPage } from './support/browser.js';
import { sharedHost } from './support/shared-host.js';

const bikes = 'City bikes for the office';

let browser: TestBrowser;
let sandbox: Sandbox;
let receiver: Receiver;
const pages: WatchedPage[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
afterEach(async () => {
  for (const { page } of pages.splice(0)) await page.context().close();
  await sandbox.close();
  await receiver.close();
});

/** The account with one widget whose hooks come to the receiver. */
async function start(widget: SmallWidget = {}, options: Partial<SandboxOptions> = {}): Promise<void> {
  receiver = await startReceiver();
  const dp = { settings: {}, action_multiple: false, webhook_url: receiver.url };
  const manifest = { dp, ...widget.manifest };
  const files = widgetFiles({ locations: ['settings', 'digital_pipeline'], ...widget, manifest });
  sandbox = await startSandbox({ widgets: [{ files, label: 'small' }], hostFiles: sharedHost(), ...options });
}

async function open(path: string, { userId = 11 } = {}): Promise<Page> {
  sandbox.server.context.account.current_user_id = userId;
  const watched = await browser.newPage();
  pages.push(watched);
  await watched.page.goto(sandbox.url + path);
  await ready(watched.page);
  return watched.page;
}

const ready = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => document.documentElement.dataset['sandbox'] === 'ready');

function waitFor(trigger: Pick<DpTrigger, 'event_code' | 'status_ids'> & Partial<DpTrigger>): void {
  const { dp_triggers } = sandbox.server.context.account;
  const id = dp_triggers.size + 1;
  dp_triggers.set(id, {
    id,
    widget_code: sandbox.codes[0] ?? '',
    element_type: 2,
    pipeline_id: 50,
    delay_seconds: 0,
    settings: { message: 'Hello' },
    ...trigger,
  });
}

interface Body {
  readonly event: {
    readonly type: string;
    readonly data: { readonly id: string; readonly status_id?: string };
  };
}

/** The hooks that came, as `type of event: id`. */
const hooks = (): string[] =>
  receiver.received.map(({ body }) => {
    const { event } = body as Body;
    return `${event.type}: ${event.data.id}`;
  });

const stage = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const card = (where: Page | Locator, name: string): Locator =>
  where.getByRole('group', { name, exact: true });
const menu = (page: Page): Locator => page.getByRole('navigation', { name: 'Main menu' });
const item = (page: Page, name: string): Locator => menu(page).getByRole('link', { name, exact: true });
const heading = (page: Page, name: string): Locator => page.getByRole('heading', { level: 1, name });
const leadStage = (id: number): number | undefined => sandbox.server.context.account.leads.get(id)?.status_id;

describe('the left menu', () => {
  it('leads from page to page, and marks where one is', async () => {
    await start();
    const page = await open('/leads/pipeline');
    await expect.poll(() => item(page, 'Leads').getAttribute('aria-current')).toBe('page');
    await item(page, 'Leads').hover();
    await item(page, 'Deliveries').click();
    await heading(page, 'Deliveries').waitFor();
    expect(new URL(page.url()).pathname).toBe('/leads/pipeline/60');
    // The submenu would cover the page that was chosen in it.
    await expect.poll(() => item(page, 'Deliveries').count()).toBe(0);

    await item(page, 'Dashboard').click();
    await heading(page, 'Dashboard').waitFor();
    expect(await item(page, 'Dashboard').getAttribute('aria-current')).toBe('page');
    expect(await item(page, 'Leads').getAttribute('aria-current')).toBeNull();
  });

  it('is used with the keyboard', async () => {
    await start();
    const page = await open('/dashboard');
    await item(page, 'Settings').focus();
    await page.keyboard.press('Tab');
    await expect.poll(() => focusedText(page)).toBe('Integrations');
    await page.keyboard.press('Escape');
    await expect.poll(() => focusedText(page)).toBe('Settings');
    await expect.poll(() => item(page, 'Integrations').count()).toBe(0);

    await item(page, 'Leads').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect.poll(() => focusedText(page)).toBe('Deliveries');
    await page.keyboard.press('Enter');
    await heading(page, 'Deliveries').waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'page_holder');
  });

  it('has the items of widgets, and leaves out what is no item', async () => {
    await start({
      locations: ['settings', 'advanced_settings', 'widget_page'],
      manifest: {
        left_menu: {
          reports: {
            title: 'menu.title',
            icon: '/images/none.png',
            sort: { after: 'leads' },
            submenu: { late: { title: 'menu.late', sort: 2 }, early: { title: 'menu.early', sort: 1 } },
          },
          settings: { title: 'x', submenu: { own: { title: 'menu.own' } } },
          stats: { submenu: { sums: { title: 'menu.sums' } } },
          leads: { submenu: { not: { title: 'menu.not' } }, is_hidden: true },
          broken: null,
          odd: { sort: null, submenu: 'x' },
        },
      },
      files: {
        'i18n/en.json': JSON.stringify({
          widget: { name: 'Small', description: 'x', short_description: 'x' },
          advanced: { title: 'Small setup' },
          menu: { title: 'Reports', late: 'Later', early: 'Earlier', own: 'Own place', sums: 'Sums' },
        }),
      },
    });
    const page = await open('/dashboard');
    const titles = menu(page).locator('.nav__menu__item__title');
    expect(await titles.allInnerTexts()).toEqual([
      ...['Dashboard', 'Leads', 'Reports', 'Customers', 'Tasks', 'Lists', 'Analytics', 'odd', 'Settings'],
    ]);
    const code = sandbox.codes[0] ?? '';
    expect(
      await page.locator(`.nav__menu__item[data-widget-code="${code}"][data-widget-item="reports"]`).count(),
    ).toBe(1);

    await item(page, 'Settings').hover();
    await item(page, 'Small setup').waitFor();
    await item(page, 'Own place').waitFor();
    await item(page, 'Leads').hover();
    await item(page, 'Lead list').waitFor();
    expect(await item(page, 'menu.not').count()).toBe(0);
    await item(page, 'Reports').hover();
    await item(page, 'Earlier').waitFor();
    const submenu = menu(page).getByRole('list').filter({ hasText: 'Earlier' }).last();
    expect(await submenu.getByRole('listitem').allInnerTexts()).toEqual(['Earlier', 'Later']);
    await item(page, 'Earlier').click();
    await expect.poll(() => new URL(page.url()).pathname).toBe(`/widget_page/${code}/reports/early`);
    expect(await item(page, 'Reports').getAttribute('aria-current')).toBe('true');
  });

  it('hides an item that a widget hides, in amoCRM only', async () => {
    await start(
      { manifest: { left_menu: { tasks: { is_hidden: true }, settings: { is_hidden: true } } } },
      { switches: { flavour: 'amocrm' } },
    );
    const page = await open('/dashboard');
    await item(page, 'Leads').waitFor();
    expect(await item(page, 'Tasks').count()).toBe(0);
    expect(await item(page, 'Settings').count()).toBe(1);
  });
});

describe('the board', () => {
  it('fires the trigger once when a card is dragged to another stage', async () => {
    await start();
    waitFor({ event_code: 14, status_ids: [502] });
    const page = await open('/leads/pipeline');
    await stage(page, 'New request').getByText('6 · $33,500').waitFor();
    await card(page, bikes).dragTo(stage(page, 'Offer sent'));
    await card(stage(page, 'Offer sent'), bikes).waitFor();
    await stage(page, 'New request').getByText('5 · $21,100').waitFor();
    await stage(page, 'Offer sent').getByText('4 · $40,550').waitFor();
    expect(await page.getByRole('group', { name: bikes }).count()).toBe(1);
    await expect.poll(() => leadStage(7001)).toBe(502);
    // The drag may have begun on the link of the card.
    expect(new URL(page.url()).pathname).toBe('/leads/pipeline');

    await card(page, 'Mesin kopi baru').dragTo(stage(page, 'Offer sent'));
    await expect.poll(hooks).toEqual(['14: 7001', '14: 7012']);
    expect(receiver.received[0]?.body).toMatchObject({
      event: {
        type_code: 'lead_status_changed',
        data: { element_type: '2', status_id: '502', pipeline_id: '50' },
      },
      action: { settings: { widget: { settings: { message: 'Hello' } } } },
      subdomain: 'demo',
      account_id: '12345678',
    });
  });

  it('opens a card that is clicked, and leaves one whose drag is broken off', async () => {
    await start();
    const page = await open('/leads/pipeline');
    await card(page, bikes).hover();
    await page.mouse.down();
    await stage(page, 'Negotiation').hover();
    await expect
      .poll(() => page.locator('.board-stage_target').getAttribute('aria-label'))
      .toBe('Negotiation');
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await expect.poll(() => page.locator('.board-stage_target').count()).toBe(0);
    await card(stage(page, 'New request'), bikes).waitFor();
    expect(leadStage(7001)).toBe(501);

    await page.getByRole('link', { name: bikes }).click();
    await expect.poll(() => new URL(page.url()).pathname).toBe('/leads/detail/7001');
  });

  it('moves cards with the keyboard, and says where they are', async () => {
    await start();
    waitFor({ event_code: 14, status_ids: [503] });
    const page = await open('/leads/pipeline');
    const said = (): Promise<string> => page.locator('[aria-live=assertive]').innerText();
    await card(page, bikes).focus();
    await page.keyboard.press('Space');
    expect(await said()).toBe(`${bikes} is picked up`);
    await page.keyboard.press('ArrowRight');
    expect(await said()).toBe('Offer sent');
    await page.keyboard.press('Escape');
    expect(await said()).toBe(`${bikes} stays where it was`);
    await card(stage(page, 'New request'), bikes).waitFor();

    await page.keyboard.press('Space');
    for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await page.keyboard.press('Space');
    await card(stage(page, 'Negotiation'), bikes).waitFor();
    expect(await said()).toBe(`${bikes} is now in Negotiation`);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe(bikes);
    await expect.poll(hooks).toEqual(['14: 7001']);
    expect(leadStage(7001)).toBe(503);

    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    expect(await said()).toBe(`${bikes} stays where it was`);
  });

  it('puts a card back that the user must not move, and says why', async () => {
    await start();
    // The manager, whose language is Spanish, may change what belongs to the own group, and this lead does not.
    const page = await open('/leads/pipeline', { userId: 12 });
    await card(page, 'Rediseño de la tienda').dragTo(stage(page, 'Offer sent'));
    const notice = page.getByRole('alert').filter({ hasText: 'No se pudo mover Rediseño de la tienda' });
    await notice.getByText('This user must not change these leads.').waitFor();
    await card(stage(page, 'New request'), 'Rediseño de la tienda').waitFor();
    expect(leadStage(7004)).toBe(501);
  });

  it('shows a user the leads that the user may see', async () => {
    await start();
    const page = await open('/leads/pipeline', { userId: 13 });
    await card(page, 'Rediseño de la tienda').waitFor();
    expect(await card(page, bikes).count()).toBe(0);
  });

  it('adds a lead with a contact, which fires too', async () => {
    await start();
    waitFor({ event_code: 1, status_ids: [502] });
    const page = await open('/leads/pipeline');
    await page.getByRole('button', { name: 'New lead' }).click();
    const dialog = page.getByRole('dialog', { name: 'New lead' });
    await dialog.getByLabel('Lead name').fill('Helmets');
    await dialog.getByLabel('Sale').fill('700');
    await dialog.getByLabel('Stage').selectOption('Offer sent');
    await dialog.getByLabel('Contact name').fill('Henry Cook');
    await dialog.getByLabel('Phone').fill('+12025550199');
    await dialog.getByLabel('Phone').press('Enter');
    const added = card(stage(page, 'Offer sent'), 'Helmets');
    await added.getByText('Henry Cook').waitFor();
    await added.getByText('$700').waitFor();
    await expect.poll(() => dialog.count()).toBe(0);
    const { leads } = sandbox.server.context.account;
    const id = [...leads.values()].find(({ name }) => name === 'Helmets')?.id ?? 0;
    await expect.poll(hooks).toEqual([`1: ${id}`]);
  });

  it('says why a lead cannot be added', async () => {
    await start();
    const page = await open('/leads/pipeline');
    const { account } = sandbox.server.context;
    const elif = account.users.get(13);
    if (elif === undefined) throw new Error('The demo account has no user 13.');
    const rights = { ...elif.rights, leads: { ...elif.rights.leads, add: 'D' as const } };
    account.users.set(13, { ...elif, rights });
    account.current_user_id = 13;
    await page.getByRole('button', { name: 'New lead' }).click();
    await page.getByLabel('Lead name').fill('Helmets');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('This user must not add leads.').waitFor();
  });

  it('lets things happen to a lead from its menu', async () => {
    await start();
    for (const event_code of [16, 17, 18, 19]) waitFor({ event_code, status_ids: [501] });
    const page = await open('/leads/pipeline');
    const button = page.getByRole('button', { name: `Events of ${bikes}` });
    const expected: string[] = [];
    for (const [name, code] of [
      ['Incoming email', 16],
      ['Incoming call', 17],
      ['Chat message', 19],
      ['Website visit', 18],
    ] as const) {
      await button.click();
      await page.getByRole('menuitem', { name }).click();
      expected.push(`${code}: 7001`);
      await expect.poll(hooks).toEqual(expected);
      await page.getByRole('status').filter({ hasText: name }).waitFor();
    }

    await button.press('Enter');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focusedText(page)).toBe('Incoming call');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('menu').count()).toBe(0);
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    await button.click();
    await button.click();
    await expect.poll(() => page.getByRole('menu').count()).toBe(0);
    expect(hooks()).toEqual(expected);
  });

  it('shows what others change', async () => {
    await start();
    const [page, other] = [await open('/leads/pipeline'), await open('/leads/pipeline')];
    await card(other, bikes).dragTo(stage(other, 'Contract'));
    await card(stage(page, 'Contract'), bikes).waitFor();
    await other.evaluate(async () => {
      const headers = { 'Content-Type': 'application/json' };
      const patch = (path: string, change: object): Promise<Response> =>
        fetch(`/api/v4/${path}`, { method: 'PATCH', headers, body: JSON.stringify(change) });
      await patch('leads/7001', { name: 'Cargo bikes' });
      await patch('contacts/8001', { name: 'Olivia Hart' });
      await patch('leads/7012', { pipeline_id: 60 });
    });
    await card(page, 'Cargo bikes').getByText('Olivia Hart').waitFor();
    await expect.poll(() => card(page, 'Mesin kopi baru').count()).toBe(0);
  });

  it('goes to another pipeline, to its list and to its automation', async () => {
    await start();
    const page = await open('/leads/pipeline');
    await page.getByRole('button', { name: 'Sales' }).click();
    await page.getByRole('menuitemradio', { name: 'Deliveries' }).click();
    await heading(page, 'Deliveries').waitFor();
    await card(stage(page, 'Packed'), 'Undangan pernikahan').waitFor();
    await page.getByRole('link', { name: 'Automate' }).click();
    await expect.poll(() => new URL(page.url()).pathname).toBe('/settings/pipeline/leads/60');
    await page.goBack();
    await page.getByRole('link', { name: 'List', exact: true }).click();
    await expect.poll(() => new URL(page.url()).pathname).toBe('/leads/list');
  });

  it('accepts and declines incoming leads', async () => {
    await start();
    waitFor({ event_code: 14, status_ids: [501] });
    const page = await open('/leads/pipeline');
    await page.evaluate(async () => {
      const call = (uid: string, name: string): object => ({
        source_name: 'Phone',
        source_uid: uid,
        metadata: {
          uniq: uid,
          service_code: 'phone',
          from: '+12025550101',
          phone: '+12025550102',
          link: '',
          duration: 5,
          called_at: 1_760_000_000,
        },
        _embedded: { leads: [{ name }] },
      });
      await fetch('/api/v4/leads/unsorted/sip', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify([call('1', 'First call'), call('2', 'Second call'), call('3', 'Third call')]),
      });
    });
    const incoming = stage(page, 'Incoming leads');
    await incoming.getByRole('button', { name: 'Accept: First call' }).click();
    await card(stage(page, 'New request'), 'First call').waitFor();
    await incoming.getByRole('button', { name: 'Decline: Second call' }).click();
    await expect.poll(() => card(page, 'Second call').count()).toBe(0);
    await card(incoming, 'Third call').dragTo(stage(page, 'Negotiation'));
    await card(stage(page, 'Negotiation'), 'Third call').waitFor();
    await page.getByRole('button', { name: 'Events of Third call' }).waitFor();
    await expect.poll(() => receiver.received.length).toBe(1);
    // Nothing goes back among the incoming leads.
    await card(page, bikes).dragTo(incoming);
    await card(stage(page, 'New request'), bikes).waitFor();
  });

  it('comes back after a live reload with its place and with what was typed', async () => {
    await start();
    const page = await open('/leads/pipeline');
    await page.setViewportSize({ width: 1000, height: 500 });
    const scroller = page.getByRole('region', { name: 'Stages' });
    await scroller.evaluate((element) => {
      element.scrollTo(250, 40);
    });
    await page.getByRole('button', { name: 'New lead' }).click();
    await page.getByLabel('Lead name').fill('Half a na');
    const chosen = page.getByRole('dialog').getByLabel('Stage');
    await chosen.selectOption('Negotiation');
    const reloaded = page.waitForEvent('load');
    sandbox.replace(sandbox.codes[0] ?? '', widgetFiles());
    await reloaded;
    await ready(page);
    await expect.poll(() => page.getByLabel('Lead name').inputValue()).toBe('Half a na');
    expect(await chosen.inputValue()).toBe('503');
    expect(await scroller.evaluate(({ scrollLeft, scrollTop }) => [scrollLeft, scrollTop])).toEqual([
      250, 40,
    ]);
  });
});

describe('the board of customers', () => {
  it('moves customers, adds them, and lets things happen to them', async () => {
    await start();
    waitFor({ event_code: 21, element_type: 12, pipeline_id: null, status_ids: [703] });
    waitFor({ event_code: 20, element_type: 12, pipeline_id: null, status_ids: [702] });
    waitFor({ event_code: 16, element_type: 12, pipeline_id: null, status_ids: [703] });
    const page = await open('/customers/pipeline');
    await card(page, 'Northgate Bicycles').dragTo(stage(page, 'Sleeping'));
    await expect.poll(hooks).toEqual(['21: 6001']);
    await page.getByRole('button', { name: 'Events of Northgate Bicycles' }).click();
    await page.getByRole('menuitem', { name: 'Incoming email' }).click();
    await expect.poll(hooks).toEqual(['21: 6001', '16: 6001']);

    await page.getByRole('button', { name: 'New customer' }).click();
    await page.getByLabel('Customer name').fill('Harbour Café');
    await page.getByRole('dialog').getByLabel('Stage').selectOption('Regular');
    await page.getByRole('button', { name: 'Create' }).click();
    await card(stage(page, 'Regular'), 'Harbour Café').waitFor();
    await expect.poll(() => receiver.received.length).toBe(3);
  });
});

describe('the dashboard', () => {
  it('counts leads, also those that come while it is open', async () => {
    await start();
    const [page, other] = [await open('/dashboard'), await open('/leads/pipeline')];
    const row = page
      .getByRole('region', { name: 'Sales' })
      .getByRole('row')
      .filter({ hasText: 'Offer sent' });
    await expect.poll(() => row.getByRole('cell').allInnerTexts()).toEqual(['3', '$28,150']);
    await card(other, bikes).dragTo(stage(other, 'Offer sent'));
    await expect.poll(() => row.getByRole('cell').allInnerTexts()).toEqual(['4', '$40,550']);
  });
});

describe('for people who need more than a mouse', () => {
  it.each(['light', 'dark'] as const)('the pages have no serious findings (%s)', async (theme) => {
    await start({}, { switches: { theme } });
    const page = await open('/leads/pipeline');
    await item(page, 'Leads').hover();
    await item(page, 'Deliveries').waitFor();
    expect(await seriousFindings(page, 'body')).toEqual([]);
    await page.mouse.move(700, 500);
    await page.getByRole('button', { name: `Events of ${bikes}` }).click();
    expect(await seriousFindings(page, 'body')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'New lead' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await seriousFindings(page, '.new-card')).toEqual([]);
    for (const path of ['/customers/pipeline', '/dashboard', '/leads/nowhere']) {
      await page.goto(sandbox.url + path);
      await ready(page);
      expect(await seriousFindings(page, 'body')).toEqual([]);
    }
  });
});

function focusedText(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.textContent.trim());
}
