import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import qs from 'qs';
import { readFolder } from '../../scripts/archive/read-folder.js';
import type { WidgetFiles } from '../../scripts/archive/files.js';
import { pointToBackend } from '../../scripts/build/backend-address.js';
import { fillManifest } from '../../scripts/build/manifest.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import { ConnectionsBackend, goodToken } from '../support/connections-backend.js';
import { launchBrowser, type TestBrowser, type WatchedPage } from './support/browser.js';
import { type ServedBackend, serveConnections } from './support/connection-backend.js';
import { sharedHost } from './support/shared-host.js';

let browser: TestBrowser;
let archive: WidgetFiles;
let receiver: Server;
let hooks: { type: string | undefined; body: string }[];
let sandbox: Sandbox;
let backend: ServedBackend;
let watched: WatchedPage;

beforeAll(async () => {
  browser = await launchBrowser();
  archive = (await readFolder(inject('packedWidget'))).files;
});

afterAll(() => browser.close());

beforeEach(async () => {
  hooks = [];
  receiver = createServer((request, response) => {
    void text(request).then((body) => {
      hooks.push({ type: request.headers['content-type'], body });
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  backend = await serveConnections(new ConnectionsBackend(), () => new URL(sandbox.url).origin);
  sandbox = await startSandbox({
    hostFiles: sharedHost(),
    widgets: [
      {
        files: sendingTo(`http://127.0.0.1:${port}/hook`, `${backend.url}/hook`),
        label: 'pipeline-messenger',
      },
    ],
    installed: false,
  });
  watched = await browser.newPage();
});

afterEach(async () => {
  await watched.page.context().close();
  await sandbox.close();
  await backend.close();
  receiver.closeAllConnections();
  receiver.close();
});

/** The archive with another address for the hooks than for what its settings call. */
function sendingTo(webhookUrl: string, backendUrl: string): WidgetFiles {
  const withAddress = (files: WidgetFiles, url: string): WidgetFiles => {
    const manifest = fillManifest(Buffer.from(files.get('manifest.json') ?? ''), { webhookUrl: url });
    return new Map([...files, ['manifest.json', manifest]]);
  };
  return withAddress(pointToBackend(withAddress(archive, backendUrl)), webhookUrl);
}

async function goTo(path: string): Promise<void> {
  await watched.page.goto(`${sandbox.url}${path}`);
  await watched.page.locator('html[data-sandbox=ready]').waitFor();
}

/** Settings → Integrations: installs, connects a channel and saves. */
async function install(): Promise<void> {
  const { page } = watched;
  await goTo('/settings/widgets');
  await page.getByRole('main').getByRole('button', { name: 'Pipeline Messenger' }).click();
  const modal = page.getByRole('dialog');
  await modal.getByRole('button', { name: 'Install' }).click();
  await modal.getByRole('button', { name: 'Access keys' }).click();
  await modal.getByLabel('Account ID').fill('AC0123');
  await modal.getByLabel('Secret key').fill(goodToken);
  await page.keyboard.press('Enter');
  await modal.getByRole('heading', { name: 'AC0123' }).waitFor();
  await modal.getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(() => sandbox.server.context.account.widgets.get('pipeline_messenger')?.status)
    .toBe('installed');
}

/** Digital pipeline: a trigger at the stage "Offer sent", with a macro and for the main contact only. */
async function addTrigger(): Promise<void> {
  const { page } = watched;
  await goTo('/settings/pipeline/leads');
  const stage = page.getByRole('region', { name: 'Offer sent' });
  await stage.getByRole('button', { name: 'Add trigger' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Pipeline Messenger' }).click();
  await stage.locator('textarea').fill('Hello, ');
  await stage.getByText('{{contact_first_name}}').first().click();
  await stage.getByText('Only to the main contact').last().click();
  await stage.getByRole('button', { name: 'Save' }).click();
  await stage.getByRole('button', { name: /Pipeline Messenger/ }).waitFor();
  await expect.poll(() => sandbox.server.context.account.dp_triggers.size).toBe(1);
}

const lead = { id: 7001, name: 'City bikes for the office' };

describe('an administrator in the account', () => {
  it('installs the widget, sets up a trigger, and a dragged lead sends the documented hook once', async () => {
    const { page } = watched;
    await install();
    await addTrigger();

    await page.reload();
    const stage = page.getByRole('region', { name: 'Offer sent' });
    await stage.getByRole('button', { name: /Pipeline Messenger/ }).click();
    expect(await stage.locator('textarea').inputValue()).toBe('Hello, {{contact_first_name}}');
    expect(await stage.getByRole('checkbox', { name: 'Only to the main contact' }).isChecked()).toBe(true);

    await goTo('/leads/pipeline');
    await page
      .getByRole('group', { name: lead.name })
      .dragTo(page.getByRole('region', { name: 'Offer sent' }));
    await page.getByRole('region', { name: 'Offer sent' }).getByRole('group', { name: lead.name }).waitFor();
    await expect.poll(() => hooks.length).toBe(1);
    await sandbox.server.hooks.idle();

    expect(hooks).toHaveLength(1);
    expect(hooks[0]?.type).toBe('application/x-www-form-urlencoded');
    const moved = sandbox.server.context.account.leads.get(lead.id);
    expect(qs.parse(hooks[0]?.body ?? '', { depth: 10 })).toMatchObject({
      event: {
        type: '15',
        type_code: 'lead_appeared_in_status',
        data: {
          id: String(lead.id),
          element_type: '2',
          status_id: String(moved?.status_id),
          pipeline_id: String(moved?.pipeline_id),
        },
      },
      action: {
        settings: { widget: { settings: { message: 'Hello, {{contact_first_name}}', only_main: '1' } } },
      },
      account_id: String(sandbox.server.context.account.id),
    });
    expect(watched.errors).toEqual([]);
    expect(watched.console).toEqual([]);
  });

  it('moves a lead by keyboard alone', async () => {
    const { page } = watched;
    await install();
    await addTrigger();
    await goTo('/leads/pipeline');
    const card = page.getByRole('group', { name: lead.name });
    await card.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await page.getByRole('region', { name: 'Offer sent' }).getByRole('group', { name: lead.name }).waitFor();
    await expect.poll(() => hooks.length).toBe(1);
  });

  it('lets a call come in from the menu of a lead', async () => {
    const { page } = watched;
    await install();
    await addTrigger();
    const [trigger] = sandbox.server.context.account.dp_triggers.values();
    if (trigger !== undefined) trigger.event_code = 17;
    await goTo('/leads/pipeline');
    const stage = page.getByRole('region', { name: 'Offer sent' });
    await stage.getByRole('group').first().getByRole('button').click();
    await page.getByRole('menuitem', { name: 'Incoming call' }).click();
    await expect.poll(() => hooks.length).toBe(1);
    expect(hooks[0]?.body).toContain('event[type]=17');
  });
});

describe('a live edit', () => {
  it('comes to the same page, with the bubble open and what was typed in it', async () => {
    const { page } = watched;
    await install();
    await goTo('/settings/pipeline/leads');
    const stage = page.getByRole('region', { name: 'Offer sent' });
    await stage.getByRole('button', { name: 'Add trigger' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pipeline Messenger' }).click();
    await stage.locator('textarea').fill('not saved yet');

    const words = sandbox.server.context.account.widgets.get('pipeline_messenger')?.files.get('i18n/en.json');
    const edited = Buffer.from(
      Buffer.from(words ?? [])
        .toString('utf8')
        .replace('Only to the main contact', 'Main contact alone'),
    );
    const { port } = receiver.address() as AddressInfo;
    sandbox.replace(
      'pipeline_messenger',
      new Map([
        ...sendingTo(`http://127.0.0.1:${port}/hook`, `${backend.url}/hook`),
        ['i18n/en.json', edited],
      ]),
    );

    await stage.getByText('Main contact alone').last().waitFor();
    expect(await stage.locator('textarea').inputValue()).toBe('not saved yet');
    await stage.getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(() => [...sandbox.server.context.account.dp_triggers.values()][0]?.settings['message'])
      .toBe('not saved yet');
  });
});
