import { mkdir, readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { readFolder } from '../../scripts/archive/read-folder.js';
import { pointToBackend } from '../../scripts/build/backend-address.js';
import { fillManifest } from '../../scripts/build/manifest.js';
import type { ConnectionState } from '../../src/contract/connections-api.js';
import { channelOf, ConnectionsBackend, goodToken, refusal } from '../support/connections-backend.js';
import { seriousFindings } from './support/axe.js';
import { type ServedBackend, serveConnections } from './support/connection-backend.js';
import { screenshotFolder } from './support/screenshots.js';
import {
  isSaveActive,
  useWidgetAccount,
  type WidgetAccount,
  type WidgetAccountOptions,
} from './support/widget-account.js';

const russian = new URL('../../i18n/ru.json', import.meta.url);
const start = useWidgetAccount();
let account: WidgetAccount;
let backend: ConnectionsBackend;
let served: ServedBackend;

interface Scene extends WidgetAccountOptions {
  readonly state?: Partial<ConnectionState>;
}

/** An account whose widget calls a stand-in of the backend in this state. */
async function enter({ state, ...options }: Scene = {}): Promise<void> {
  backend = new ConnectionsBackend(state);
  served = await serveConnections(backend, () => new URL(account.sandbox.url).origin);
  const { files } = await readFolder(inject('packedWidget'));
  // The archive leaves out the language that the manifest does not list.
  const text = files.get('manifest.json')?.toString().replace('"id"]', '"id", "ru"]') ?? '';
  const manifest = fillManifest(Buffer.from(text), {
    webhookUrl: `${served.url}/hooks/digital-pipeline/secret`,
  });
  account = await start({
    files: pointToBackend(
      new Map([...files, ['manifest.json', manifest], ['i18n/ru.json', await readFile(russian)]]),
    ),
    ...options,
  });
}

/** What Kommo stores for these channels. */
const stored = (...channels: readonly { id: string }[]) => ({
  channels: JSON.stringify(channels.map(({ id }) => id)),
});

const panel = (): Locator => account.settings().locator('.pipeline-messenger');
const button = (name: string): Locator => panel().getByRole('button', { name, exact: true });
const save = (): Locator => account.settings().getByRole('button', { name: 'Save', exact: true });
const canSave = (): Promise<boolean> => isSaveActive(account.settings());
const row = (name: string): Locator =>
  panel()
    .getByRole('listitem')
    .filter({ has: account.page.getByRole('heading', { name, exact: true }) });
/** The button that opens a way to connect. */
const way = (service: string, method: string): Locator =>
  panel().getByRole('group', { name: service, exact: true }).getByRole('button', { name: method });

/** Waits until the browser has seen to what the panel began. */
const requests = (): string[] => backend.requests.map(({ method, path }) => `${method} ${path}`);

beforeAll(() => mkdir(screenshotFolder, { recursive: true }));

afterEach(async () => {
  await served.close();
  expect(account.watched.console).toEqual([]);
  expect(account.watched.errors).toEqual([]);
});

describe('connecting a channel', () => {
  it('with access keys: typed, connected, saved, and there again', async () => {
    await enter();
    await account.openSettings();
    expect(await canSave()).toBe(false);
    await way('Twilio', 'Access keys').click();
    await panel().getByLabel('Account ID').fill('AC0123');
    await panel().getByLabel('Secret key').fill(goodToken);
    expect(await canSave()).toBe(false);
    await account.page.keyboard.press('Enter');
    await row('AC0123').waitFor();
    await expect.poll(canSave).toBe(true);
    await row('AC0123').getByRole('combobox').selectOption('Wholesale');
    await save().click();
    await account.settings().waitFor({ state: 'detached' });
    expect(backend.state.channels[0]).toMatchObject({ is_saved: true, is_default: true, pipeline_id: 51 });
    expect(account.installation()).toMatchObject({
      status: 'installed',
      settings: stored(...backend.state.channels),
    });
    await account.openSettings();
    await row('AC0123').getByText('Connected', { exact: true }).waitFor();
    await panel().getByText('Installed', { exact: true }).waitFor();
    expect(await canSave()).toBe(false);
  });

  it('with a sign-in: the window opens in the middle, tells the panel, and closes', async () => {
    await enter();
    await account.openSettings();
    await way('Demo chat', 'Sign in').click();
    const popup = account.page.waitForEvent('popup');
    await button('Sign in to Demo chat').click();
    const window = await popup;
    await window.getByText('Allow').click();
    await row('Signed in').waitFor();
    expect(window.isClosed()).toBe(true);
    expect(await canSave()).toBe(true);
  });

  it('with a sign-in whose window is closed: says so once the backend knows of no result', async () => {
    await enter();
    await account.openSettings();
    await way('Demo chat', 'Sign in').click();
    const popup = account.page.waitForEvent('popup');
    await button('Sign in to Demo chat').click();
    await (await popup).close();
    await panel()
      .getByText(
        'The sign-in window seems to be closed. If you still see it, finish there; otherwise sign in again.',
      )
      .waitFor();
    expect(await button('Sign in again').isEnabled()).toBe(true);
  });

  it('with a code: shown, renewed, and gone once it was scanned', async () => {
    await enter();
    await account.openSettings();
    await way('Demo chat', 'QR code').click();
    await panel().getByText('Preparing the code…').waitFor({ state: 'attached' });
    await expect.poll(() => backend.attempts.size).toBe(1);
    backend.showCode(code(1));
    const image = panel().getByRole('img', { name: 'QR code that connects Demo chat' });
    await image.waitFor();
    backend.showCode(code(2));
    await expect.poll(() => image.getAttribute('src')).toBe(code(2));
    backend.connect({ name: 'Phone of the shop' });
    await row('Phone of the shop').waitFor();
    await expect.poll(() => image.count()).toBe(0);
  });

  it('is given up when the modal closes, and leaves no timer, listener, window or request', async () => {
    await enter();
    await account.openSettings();
    await way('Demo chat', 'QR code').click();
    await expect.poll(() => backend.attempts.size).toBe(1);
    await account.closeSettings();
    await expect.poll(() => backend.attempts.size).toBe(0);
    const before = backend.requests.length;
    expect(await account.leave()).toEqual([]);
    await account.page.waitForTimeout(2500);
    expect(backend.requests).toHaveLength(before);
  });

  it('takes the consent’s window away when the modal closes', async () => {
    await enter();
    await account.openSettings();
    await way('Demo chat', 'Sign in').click();
    const popup = account.page.waitForEvent('popup');
    await button('Sign in to Demo chat').click();
    const window = await popup;
    await window.getByText('Allow').waitFor();
    await account.closeSettings();
    await expect.poll(() => window.isClosed()).toBe(true);
    expect(await account.leave()).toEqual([]);
  });
});

describe('connected channels', () => {
  const shop = channelOf({ name: 'Shop', is_default: true });
  const office = channelOf({ name: 'Office', phone: null, pipeline_id: 51 });
  const both = { state: { channels: [shop, office] }, settings: stored(shop, office) };

  it('have Save active exactly while there is something to save', async () => {
    await enter(both);
    await account.openSettings();
    await row('Office').getByRole('radio').check();
    await expect.poll(canSave).toBe(true);
    await row('Shop').getByRole('radio').check();
    await expect.poll(canSave).toBe(false);
    await row('Shop').getByRole('combobox').selectOption('Wholesale');
    await expect.poll(canSave).toBe(true);
    await save().click();
    await account.settings().waitFor({ state: 'detached' });
    expect(backend.state.channels[0]?.pipeline_id).toBe(51);
  });

  it('are disconnected after a question', async () => {
    await enter(both);
    await account.openSettings();
    await row('Office').getByRole('button', { name: 'Disconnect' }).click();
    expect(await button('Keep').evaluate((element) => element === document.activeElement)).toBe(true);
    await button('Keep').click();
    await row('Office').getByRole('button', { name: 'Disconnect' }).click();
    await row('Office').getByRole('button', { name: 'Disconnect' }).click();
    await row('Office').waitFor({ state: 'detached' });
    expect(backend.state.channels).toHaveLength(1);
    await expect.poll(canSave).toBe(true);
  });

  it('keep what was chosen when the save fails, with the modal open', async () => {
    await enter(both);
    await account.openSettings();
    await row('Office').getByRole('radio').check();
    // Another page was quicker.
    backend.change(shop.id, { name: 'Shop 2' });
    await save().click();
    await panel().getByText('The settings were not saved').waitFor();
    await row('Shop 2').waitFor();
    expect(await row('Office').getByRole('radio').isChecked()).toBe(true);
    expect(account.installation().settings).toEqual(both.settings);
    await expect.poll(canSave).toBe(true);
    await save().click();
    await account.settings().waitFor({ state: 'detached' });
    expect(backend.state.channels.find(({ is_default }) => is_default)?.id).toBe(office.id);
    // The browser itself reports the refused request.
    account.watched.console.length = 0;
  });

  it('are read again when the page comes back to the front, and what was chosen stays', async () => {
    await enter(both);
    await account.openSettings();
    await row('Office').getByRole('radio').check();
    backend.change(shop.id, { state: 'disconnected' });
    await account.page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await panel().getByText('The channels were changed in another window.').waitFor();
    await row('Shop').getByRole('button', { name: 'Reconnect' }).waitFor();
    await panel().getByText('No longer connected: Shop. Reconnect it.').waitFor();
    expect(await row('Office').getByRole('radio').isChecked()).toBe(true);
  });

  it('can only be looked at by others than administrators', async () => {
    await enter({ ...both, state: { ...both.state, can_change: false } });
    await account.openSettings();
    await panel().getByText('Only administrators can change the channels.').waitFor();
    expect(await row('Shop').getByRole('combobox').isDisabled()).toBe(true);
    expect(await row('Shop').getByRole('radio').isDisabled()).toBe(true);
    expect(await panel().getByRole('button').count()).toBe(0);
  });

  it('are not shown, but why, while the backend does not answer rightly', async () => {
    await enter(both);
    backend.answerOnce('GET /connections', refusal(401, 'token_expired'));
    await account.openSettings();
    await panel().getByText('Your session in the account has expired.').waitFor();
    await button('Try again').click();
    await row('Shop').waitFor();
    account.watched.console.length = 0;
  });
});

describe('an integration that is not installed yet', () => {
  it('is installed without a channel, and then takes one', async () => {
    await enter({ installed: false });
    await account.openSettings();
    await account.page.locator('.js-widget-skip-tour').click();
    await panel().getByText('Install the integration first.').waitFor();
    await panel().getByText('Not configured', { exact: true }).waitFor();
    expect(requests()).toEqual([]);
    await account.settings().getByRole('button', { name: 'Install', exact: true }).click();
    await way('Twilio', 'Access keys').click();
    await panel().getByLabel('Account ID').fill('AC0123');
    await panel().getByLabel('Secret key').fill(goodToken);
    await button('Connect').click();
    await expect.poll(canSave).toBe(true);
    await save().click();
    await account.settings().waitFor({ state: 'detached' });
    expect(account.installation()).toMatchObject({ status: 'installed' });
  });
});

describe('how it looks', () => {
  const channels = [
    channelOf({ name: 'Main shop of the city', is_default: true }),
    channelOf({ name: 'Office', service: 'twilio', method: 'api_key', state: 'disconnected' }),
    channelOf({ name: 'Weekend', phone: null, pipeline_id: null, is_saved: false }),
  ];

  it.each(['light', 'dark'] as const)(
    'in %s: the channels, the ways to connect and the questions, without a serious finding of axe',
    async (theme) => {
      await enter({ state: { channels }, settings: stored(...channels), switches: { theme } });
      for (const language of ['en', 'pt', 'ru']) {
        account.speak(language);
        backend.attempts.clear();
        await account.openSettings();
        await row('Weekend').waitFor();
        const shoot = async (name: string): Promise<void> => {
          await account.page.screenshot({
            path: `${screenshotFolder}/connection-${name}-${theme}-${language}.png`,
            fullPage: true,
          });
          expect(await seriousFindings(account.page, '.widget-settings__modal')).toEqual([]);
        };
        await shoot('channels');
        await account.settings().locator('.js-widget-save').scrollIntoViewIfNeeded();
        await shoot('bottom');
        await row('Office').getByRole('button').last().click();
        await panel().getByRole('group', { name: 'Twilio', exact: true }).getByRole('button').click();
        await panel().locator('input[type=password]').waitFor();
        await panel().locator('form button').first().click();
        await panel().locator('form').scrollIntoViewIfNeeded();
        await shoot('keys');
        await panel().locator('form button').last().click();
        await panel()
          .getByRole('group', { name: 'Demo chat', exact: true })
          .getByRole('button')
          .last()
          .click();
        await expect.poll(() => backend.attempts.size).toBeGreaterThan(0);
        backend.showCode(code(7));
        await panel().getByRole('img').last().waitFor();
        await panel().getByRole('img').last().scrollIntoViewIfNeeded();
        await shoot('code');
      }
    },
    120_000,
  );
});

/** A picture of a code, each different. */
function code(number: number): string {
  const squares = Array.from({ length: 441 }, (_, at) =>
    (at * 7919 * number) % 5 < 2
      ? `<rect x="${at % 21}" y="${Math.floor(at / 21)}" width="1" height="1"/>`
      : '',
  ).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 25 25">${squares}</svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
