import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { widgetFiles } from '../support/small-widget.js';
import { seriousFindings } from './support/axe.js';
import { launchBrowser, type TestBrowser, type WatchedPage } from './support/browser.js';
import { sharedHost } from './support/shared-host.js';

let browser: TestBrowser;
let sandbox: Sandbox;
let watched: WatchedPage;
let bar: Locator;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  sandbox = await startSandbox({
    widgets: [
      { files: widgetFiles(), label: 'good' },
      {
        files: widgetFiles({
          script: `this.callbacks.init = function () {
            console.log('debug');
            throw new Error('init is broken');
          };`,
        }),
        label: 'broken',
      },
      { files: widgetFiles({ script: 'delete this.callbacks.bind_actions;' }), label: 'halved' },
      { files: widgetFiles({ locations: ['settings'] }), label: 'elsewhere' },
    ],
    hostFiles: sharedHost(),
  });
  watched = await browser.newPage();
  await watched.page.goto(`${sandbox.url}/leads/detail/7001`);
  await ready();
  bar = watched.page.getByRole('region', { name: 'Sandbox' });
});
afterEach(async () => {
  await watched.page.context().close();
  await sandbox.close();
});

const ready = (): Promise<unknown> =>
  watched.page.waitForFunction(() => document.documentElement.dataset['sandbox'] === 'ready');
const tab = (name: RegExp): Locator => bar.getByRole('tab', { name });
const openTab = async (name: RegExp): Promise<Locator> => {
  await tab(name).click();
  return bar.getByRole('tabpanel', { name });
};

const expectTab = (name: string): Promise<void> =>
  expect.poll(() => bar.getByRole('tab', { name, exact: true }).count()).toBe(1);

/** Calls the account's API as an integration without a token does, which is enough to be logged. */
const callApi = (path: string): Promise<Response> => fetch(`${sandbox.url}/api/v4${path}`);

describe('the bar', () => {
  it('names the area and what became of each widget', async () => {
    await expect.poll(() => bar.textContent()).toContain('leads_card');
    const widgets = bar.getByRole('list', { name: 'Widgets' }).getByRole('listitem');
    await expect
      .poll(() => widgets.allTextContents())
      .toEqual([
        'Small widget1.0.0live',
        'Small widget1.0.0failed',
        'Small widget1.0.0dropped',
        'Small widget1.0.0not here',
      ]);
    await watched.page.getByRole('link', { name: 'Settings' }).first().click();
    await expect.poll(() => bar.textContent()).not.toContain('leads_card');
    await expect.poll(() => widgets.nth(1).textContent()).toBe('Small widget1.0.0not here');
  });

  it('switches theme at once, and language, user, revision and flavour with a reload of the page', async () => {
    const html = watched.page.locator('html');
    await bar.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
    await expect.poll(() => html.getAttribute('data-color-scheme')).toBe('dark');

    await bar.getByRole('combobox', { name: 'Language' }).selectOption('es');
    await expect.poll(() => html.getAttribute('lang')).toBe('es');
    await ready();
    for (const [name, value] of [
      ['Markup revision', '1'],
      ['Flavour', 'amocrm'],
    ] as const) {
      const select = bar.getByRole('combobox', { name });
      const reloaded = watched.page.waitForEvent('load');
      await select.selectOption(value);
      await reloaded;
      await ready();
      expect(await select.inputValue()).toBe(value);
    }
    const users = bar.getByRole('combobox', { name: 'Signed-in user' });
    const [, second = ''] = await users.getByRole('option').allTextContents();
    const reloaded = watched.page.waitForEvent('load');
    await users.selectOption({ label: second });
    await reloaded;
    await ready();
    expect(sandbox.server.context.account.users.get(sandbox.server.context.currentUserId())?.name).toBe(
      second,
    );
    expect(await html.getAttribute('data-color-scheme')).toBe('dark');
  });

  it('stays when a widget empties the page, removes the bar and hides all there is', async () => {
    await watched.page.evaluate(() => {
      document.body.innerHTML = '';
      document.querySelector('sandbox-bar')?.remove();
      document.head.insertAdjacentHTML(
        'beforeend',
        '<style>* { font-size: 90px; } div, button { display: none; opacity: 0; }</style>',
      );
    });
    const report = await openTab(/Report/);
    await expect.poll(() => report.getByText('init is broken').first().isVisible()).toBe(true);
    expect((await tab(/Report/).boundingBox())?.height).toBe(26);
  });

  it('keeps its keys and clicks to itself', async () => {
    await watched.page.evaluate(() => {
      document.addEventListener('keydown', ({ key }) => (document.title += ` ${key}`));
      document.addEventListener('click', () => (document.title += ' click'));
    });
    const before = await watched.page.title();
    await tab(/Faults/).click();
    await watched.page.keyboard.press('Escape');
    expect(await watched.page.title()).toBe(before);
    await watched.page.keyboard.press('Enter');
    expect(await watched.page.title()).toBe(before);
  });
});

describe('the panel', () => {
  it('is opened, walked through, resized and closed by keyboard, and is there again after a reload', async () => {
    await tab(/Traffic/).focus();
    await watched.page.keyboard.press('ArrowRight');
    await watched.page.keyboard.press('Enter');
    const panel = bar.getByRole('tabpanel', { name: /Report/ });
    await expect.poll(() => panel.isVisible()).toBe(true);
    expect(await tab(/Report/).getAttribute('aria-selected')).toBe('true');

    const edge = bar.getByRole('separator', { name: 'Height of the panel' });
    const before = Number(await edge.getAttribute('aria-valuenow'));
    await edge.press('ArrowUp');
    expect(Number(await edge.getAttribute('aria-valuenow'))).toBe(before + 40);

    await watched.page.reload();
    await ready();
    expect(await panel.isVisible()).toBe(true);
    expect(Number(await edge.getAttribute('aria-valuenow'))).toBe(before + 40);

    await bar.getByRole('combobox', { name: 'Widget', exact: true }).focus();
    await watched.page.keyboard.press('Escape');
    expect(await panel.isVisible()).toBe(false);
    expect(
      await watched.page.evaluate(
        () => document.querySelector('sandbox-bar')?.shadowRoot?.activeElement?.textContent,
      ),
    ).toContain('Report');
  });

  it('is resized with the mouse', async () => {
    await openTab(/Traffic/);
    const edge = bar.getByRole('separator', { name: 'Height of the panel' });
    const box = (await edge.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const before = Number(await edge.getAttribute('aria-valuenow'));
    await watched.page.mouse.move(box.x + 20, box.y + 3);
    await watched.page.mouse.down();
    await watched.page.mouse.move(box.x + 20, box.y - 97);
    await watched.page.mouse.up();
    await watched.page.mouse.move(box.x + 20, box.y - 300);
    expect(Number(await edge.getAttribute('aria-valuenow'))).toBe(before + 100);
  });

  it.each([/Traffic/, /Report/, /Faults/])('%s has no serious findings of axe', async (name) => {
    await callApi('/leads/7001?with=contacts');
    const panel = await openTab(name);
    if (name.source === 'Traffic') await panel.getByRole('button', { name: '/api/v4/leads/7001' }).click();
    expect(await seriousFindings(watched.page, 'sandbox-bar')).toEqual([]);
  });
});

describe('Traffic', () => {
  it('shows calls as they come, the newest first, and finds them by text', async () => {
    const panel = await openTab(/Traffic/);
    await callApi('/leads/7001');
    await callApi('/contacts/1');
    const addresses = panel.getByRole('table', { name: 'Traffic' }).getByRole('button');
    await expect
      .poll(() => addresses.allTextContents())
      .toEqual(['/api/v4/contacts/1', '/api/v4/leads/7001']);

    const filter = panel.getByRole('searchbox', { name: 'Filter the traffic' });
    await filter.fill('LEADS');
    expect(await addresses.allTextContents()).toEqual(['/api/v4/leads/7001']);
    await filter.fill('nothing has this');
    expect(await panel.textContent()).toContain('None of the 2 calls');
    await filter.fill('');

    await watched.page.reload();
    await ready();
    await expect.poll(() => addresses.count()).toBe(2);
    await panel.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => panel.textContent()).toContain('No calls yet');
  });

  describe('of a hook', () => {
    let receiver: Server;
    const received: string[] = [];

    beforeEach(async () => {
      received.length = 0;
      receiver = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          received.push(Buffer.concat(chunks).toString());
          response.end('{"ok":true}');
        });
      }).listen(0, '127.0.0.1');
      await once(receiver, 'listening');
    });
    afterEach(() => {
      receiver.close();
    });

    it('shows the body decoded and as it was, and sends it again', async () => {
      const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
      sandbox.server.context.traffic.add({
        direction: 'out',
        kind: 'dp_hook',
        method: 'POST',
        url,
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: 'event%5Btype%5D=2&message=Hello%20you',
        status: 502,
        answer: '{"error":"down"}',
        at: Date.now(),
        duration_ms: 3,
      });
      const panel = await openTab(/Traffic/);
      await panel.getByRole('button', { name: url }).click();
      const details = panel.getByRole('region', { name: 'Details of the call' });
      for (const text of [
        'event[type]',
        'Hello you',
        'event%5Btype%5D=2&message=Hello%20you',
        'Answer: 502, after 3 ms',
        '"error": "down"',
      ]) {
        await expect.poll(() => details.textContent()).toContain(text);
      }
      await details.getByRole('button', { name: 'Send again' }).click();
      await expect.poll(() => received).toEqual(['event%5Btype%5D=2&message=Hello%20you']);
      await expect.poll(() => panel.getByRole('button', { name: url }).count()).toBe(2);
      await details.getByRole('button', { name: 'Close' }).click();
      expect(await details.isVisible()).toBe(false);
    });
  });
});

describe('Report', () => {
  it('counts errors on its button and shows callbacks, stacks, breaches and reasons by widget and area', async () => {
    await expectTab('Report 2 errors, 1 breach');
    const panel = await openTab(/Report/);
    const rows = (text: string): Locator => panel.getByRole('row').filter({ hasText: text });
    await expect.poll(() => rows('render').first().textContent()).toContain('→ true');
    expect(await rows('Its callbacks lack bind_actions').textContent()).toContain('dropped');
    expect(await rows('console.log("debug")').textContent()).toContain('console');
    await panel.getByText('threw Error: init is broken').click();
    await expect.poll(() => panel.getByText('/upl/broken/widget/script.js').isVisible()).toBe(true);

    await panel.getByRole('checkbox', { name: 'Only errors and breaches' }).check();
    expect(await rows('→ true').count()).toBe(0);
    await panel.getByRole('combobox', { name: 'Widget' }).selectOption('halved');
    expect(await panel.getByRole('row').count()).toBe(1);

    await panel.getByRole('button', { name: 'Clear' }).click();
    await expectTab('Report');
    expect(sandbox.report.entries()).toEqual([]);
  });

  it('opens for the widget whose chip is clicked', async () => {
    await bar.getByRole('button', { name: 'dropped' }).click();
    const panel = bar.getByRole('tabpanel', { name: /Report/ });
    await expect
      .poll(() => panel.getByRole('heading', { level: 2 }).allTextContents())
      .toEqual(['Small widgethalved 1.0.0']);
  });
});

describe('Faults', () => {
  it('makes the API answer badly, and says so on its button', async () => {
    const panel = await openTab(/Faults/);
    await panel.getByRole('combobox', { name: 'The API answers' }).selectOption('402');
    await expect.poll(async () => (await callApi('/account')).status).toBe(402);
    await expectTab('Faults 1 switched on');
    await panel.getByRole('checkbox', { name: 'Send every hook twice' }).check();
    await expectTab('Faults 2 switched on');

    await watched.page.reload();
    await ready();
    await expect
      .poll(() => panel.getByRole('combobox', { name: 'The API answers' }).inputValue())
      .toBe('402');
    expect(await panel.getByRole('checkbox', { name: 'Send every hook twice' }).isChecked()).toBe(true);
  });

  it('resets the account only when it is told twice', async () => {
    const { account } = sandbox.server.context;
    const name = account.leads.get(7001)?.name;
    const panel = await openTab(/Faults/);
    await panel.getByRole('button', { name: 'Reset the account…' }).click();
    await panel.getByRole('button', { name: 'Keep it' }).click();
    expect(sandbox.server.context.account).toBe(account);
    await panel.getByRole('button', { name: 'Reset the account…' }).click();
    const reloaded = watched.page.waitForEvent('load');
    await panel.getByRole('button', { name: 'Reset', exact: true }).click();
    await reloaded;
    expect(sandbox.server.context.account).not.toBe(account);
    expect(sandbox.server.context.account.leads.get(7001)?.name).toBe(name);
  });

  it('expires the access tokens', async () => {
    const panel = await openTab(/Faults/);
    await panel.getByRole('button', { name: 'Expire access tokens' }).click();
    await expect.poll(() => panel.getByRole('status').textContent()).toContain('Expired');
  });
});

describe('above the bar', () => {
  it('stand errors of the build, until it works again', async () => {
    sandbox.buildFailed(['src/widget/a.ts:3:4 Expected ";"', 'and another']);
    const alert = bar.getByRole('alert');
    await expect.poll(() => alert.innerText()).toContain('src/widget/a.ts:3:4 Expected ";"\nand another');
    sandbox.buildFailed([]);
    await expect.poll(() => alert.innerText()).toBe('');
  });

  it('stands that the server is gone', async () => {
    await sandbox.close();
    await expect.poll(() => bar.getByRole('alert').innerText()).toContain('does not answer');
  });

  it('stands what the account refused, and the switch goes back', async () => {
    await watched.page.route('**/sandbox/switches', (route) =>
      route.fulfill({ status: 400, body: '{"error":"Not today."}' }),
    );
    await bar.getByRole('combobox', { name: 'Language' }).selectOption('es');
    await expect.poll(() => bar.getByRole('alert').innerText()).toContain('400: Not today.');
    expect(await bar.getByRole('combobox', { name: 'Language' }).inputValue()).toBe('en');
    await bar.getByRole('button', { name: 'Dismiss' }).click();
    expect(await bar.getByRole('alert').innerText()).toBe('');
  });
});
