import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type DemoAccount, type DemoApp, type Sandbox } from '../../src/sandbox/index.js';
import { startReceiver } from '../sandbox/chat-service/support/webhook.js';
import { seriousFindings } from './support/axe.js';
import { launchBrowser, type TestBrowser, type WatchedPage } from './support/browser.js';
import { sharedHost } from './support/shared-host.js';

const olivia = '+12025550101';
const accounts: readonly [DemoAccount, DemoAccount] = [
  { id: 'first', name: 'First & Co', phone: '+12025550140', secret: 'secret of the first' },
  { id: 'second', name: 'Second', phone: '+12025550141', secret: 'secret of the second' },
];
const waiting = { timeout: 15_000 };

let browser: TestBrowser;
let sandbox: Sandbox;
let watched: WatchedPage;
let page: Page;
let app: DemoApp;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  // A page has to come, or the browser stays where it is.
  const receiver = await startReceiver([200, 200, 200]);
  app = {
    clientId: 'app-1',
    clientSecret: 'secret of the app',
    name: 'Pipeline <Messenger>',
    redirectUris: [`${new URL(receiver.url).origin}/callback`],
  };
  sandbox = await startSandbox({
    widgets: [],
    hostFiles: sharedHost(),
    demoChat: { deliveredAfterMs: 20, reportPauses: [20], accounts, apps: [app] },
  });
  watched = await browser.newPage();
  ({ page } = watched);
});
afterEach(async () => {
  const { errors } = watched;
  await page.context().close();
  await sandbox.close();
  expect(errors).toEqual([]);
});

/** A call of the service. */
async function ask(
  method: string,
  path: string,
  key: string,
  body?: object,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${sandbox.demoChat.url}${path}`, {
    method,
    headers: {
      Authorization: key,
      'Idempotency-Key': `${path} ${JSON.stringify(body)}`.replace(/[^a-z0-9]/gi, ''),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Record<string, unknown>;
}

const asApp = (): string => `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`;

async function connect({ id, secret }: DemoAccount, webhook: string): Promise<string> {
  const { access_token: token } = await ask('POST', '/tokens', '', { account_id: id, secret });
  const key = `Bearer ${String(token)}`;
  await ask('PUT', '/webhook', key, { url: webhook });
  return key;
}

/** The phone on a page of its own. */
async function openPhone(theme: 'light' | 'dark' = 'light'): Promise<void> {
  await page.setViewportSize({ width: 440, height: 860 });
  await fetch(`${sandbox.url}/sandbox/switches`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ theme }),
  });
  await page.goto(`${sandbox.url}/sandbox/phone`);
  await page.locator('html[data-sandbox=ready]').waitFor();
}

const bubbles = (): Locator => page.locator('.bubble');
const send = (): Locator => page.getByRole('button', { name: 'Send', exact: true });
const button = (name: string | RegExp): Locator => page.getByRole('button', { name });

describe('the consent page of the demo chat', () => {
  const address = (): string =>
    `${sandbox.demoChat.url}/oauth/authorize?${new URLSearchParams({
      response_type: 'code',
      client_id: app.clientId,
      redirect_uri: app.redirectUris[0] ?? '',
      state: 's 1',
      code_challenge: 'a'.repeat(43),
      code_challenge_method: 'S256',
    }).toString()}`;

  it('is used by keyboard: the account, Allow, and Cancel', async () => {
    await page.goto(address());
    await page.getByRole('heading', { name: 'Pipeline <Messenger> asks for access' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    expect(await page.getByRole('radio', { name: /Second/ }).isChecked()).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/callback\?code=[\w-]{32}&state=s\+1$/);
    await page.goto(address());
    await button('Cancel').click();
    await page.waitForURL(/\/callback\?error=access_denied&state=s\+1$/);
  });

  it.each(['light', 'dark'] as const)('has no serious findings of axe, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    // Without its policy, which lets no script in, nor axe.
    const show = async (url: string): Promise<void> => page.setContent(await (await fetch(url)).text());
    await show(address());
    expect(await seriousFindings(page, 'html')).toEqual([]);
    await show(`${sandbox.demoChat.url}/oauth/authorize?client_id=nobody`);
    await page.getByRole('alert').waitFor();
    expect(await seriousFindings(page, 'html')).toEqual([]);
  });
});

describe('the phone of a business', () => {
  it('scans the code that an app shows, as the account that is chosen', async () => {
    await openPhone();
    const { id } = await ask('POST', '/pairings', asApp());
    await button('Pipeline <Messenger> shows a code to scan').click();
    await page.getByRole('radio', { name: /Second/ }).check();
    await button(/^Pipeline <Messenger>.*Scan/).click();
    await page.getByText('Pipeline <Messenger> is connected with Second.').waitFor();
    expect(await ask('GET', `/pairings/${String(id)}`, asApp())).toMatchObject({
      state: 'connected',
      account: { id: 'second' },
    });
    await page.getByText('No app shows a code at the moment.').waitFor();
  });

  it('shows what opens an account, and signs an app out', async () => {
    const receiver = await startReceiver();
    await connect(accounts[1], receiver.url);
    await openPhone();
    await button('Accounts').click();
    const second = page.getByRole('region', { name: 'Second' });
    expect(await second.locator('code').allInnerTexts()).toEqual(['second', 'secret of the second']);
    await second.getByRole('button', { name: /^Sign out/ }).click();
    await second.getByText('No app is connected.').waitFor();
    await expect.poll(receiver.bodies, waiting).toEqual([{ type: 'signed_out' }]);
    await button('All conversations').click();
    await expect.poll(() => button('Accounts').evaluate((one) => one.matches(':focus'))).toBe(true);
  });
});

describe('a client', () => {
  it('answers the business that wrote, with a text that stays a text, and with a picture', async () => {
    const receiver = await startReceiver();
    const key = await connect(accounts[1], receiver.url);
    await ask('POST', '/messages', key, { to: olivia, text: 'Your order is ready' });
    await openPhone();
    await button(/^Olivia Bennett/).click();
    const text = '<img src=x onerror="document.title=1"> & "thanks"';
    await page.getByRole('textbox', { name: 'Message to the business' }).fill(text);
    await page.keyboard.press('Enter');
    await expect.poll(() => bubbles().last().innerText()).toMatch(/"thanks"\n+\d\d:\d\d\s+Delivered$/);
    expect(await bubbles().last().locator('.bubble-text').innerText()).toBe(text);
    expect(await page.getByRole('textbox').inputValue()).toBe('');
    await button('Send a picture').click();
    await expect.poll(() => bubbles().count()).toBe(3);
    await expect
      .poll(() =>
        page
          .getByRole('img', { name: 'holiday.png' })
          .evaluate((one) => (one as HTMLImageElement).naturalWidth),
      )
      .toBe(480);
    const written = () => receiver.bodies().filter(({ type }) => type === 'message');
    await expect.poll(() => written().length, waiting).toBe(2);
    expect(written()).toMatchObject([
      { message: { from: olivia, name: 'Olivia Bennett', text } },
      { message: { from: olivia, text: '', media: { kind: 'picture' } } },
    ]);
    expect(await page.title()).toBe('Phone of the sandbox');
  });

  it('writes to another business when that is chosen, and sees that nobody listens there', async () => {
    const receiver = await startReceiver();
    const key = await connect(accounts[1], receiver.url);
    await ask('POST', '/messages', key, { to: olivia, text: 'Your order is ready' });
    await openPhone();
    await button(/^Olivia Bennett/).click();
    const to = page.getByRole('combobox', { name: 'To' });
    expect(await to.inputValue()).toBe('second');
    await to.selectOption('First & Co');
    await page.getByRole('textbox', { name: 'Message to the business' }).fill('Hello');
    await send().click();
    await page.getByText('No app of First & Co listens for messages.').waitFor();
    expect(receiver.bodies().filter(({ type }) => type === 'message')).toEqual([]);
  });

  it('writes for the first time, from a number that nobody has', async () => {
    const receiver = await startReceiver();
    await connect(accounts[0], receiver.url);
    await openPhone();
    await button('New message').click();
    const number = await page.getByRole('textbox', { name: 'Number of the client' }).inputValue();
    await page.getByRole('textbox', { name: 'Name' }).fill('Ada Park');
    await page.getByRole('textbox', { name: 'Message to the business' }).fill('Do you deliver?');
    await send().click();
    await page.getByRole('heading', { name: 'Ada Park' }).waitFor();
    await expect
      .poll(receiver.bodies, waiting)
      .toMatchObject([{ message: { from: number, name: 'Ada Park', text: 'Do you deliver?' } }]);
    await button('All conversations').click();
    await expect.poll(() => button(/^Ada Park/).innerText()).toContain('You: Do you deliver?');
  });

  it('is told what is wrong with a number, and keeps what was written', async () => {
    await openPhone();
    await button('New message').click();
    await page.getByRole('textbox', { name: 'Number of the client' }).fill('12');
    const text = page.getByRole('textbox', { name: 'Message to the business' });
    await text.fill('Hello');
    await send().click();
    await expect
      .poll(() => page.getByRole('alert').innerText())
      .toContain('from: a number such as +15550100');
    expect(await text.inputValue()).toBe('Hello');
  });

  it.each(['light', 'dark'] as const)(
    'finds every screen without serious findings of axe, %s',
    async (theme) => {
      const receiver = await startReceiver();
      const key = await connect(accounts[1], receiver.url);
      await ask('POST', '/messages', key, { to: olivia, text: 'Your order is ready' });
      await ask('POST', '/pairings', asApp());
      for (const body of [
        { from: olivia, text: 'Thank you' },
        { from: olivia, media: 'file' },
        { from: olivia, account: 'first', text: 'And you?' },
      ]) {
        await fetch(`${sandbox.url}/sandbox/phone/write`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        });
      }
      await openPhone(theme);
      const found: string[] = [];
      const look = async (): Promise<void> => {
        await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
        found.push(...(await seriousFindings(page, 'html')));
      };
      await button('Pipeline <Messenger> shows a code to scan').waitFor();
      await look();
      for (const screen of ['Scan code', 'Accounts', 'New message']) {
        await button(screen).click();
        await look();
        await button('All conversations').click();
      }
      await button(/^Olivia Bennett/).click();
      await page.getByText('No app of First & Co listens').waitFor();
      await look();
      expect(found).toEqual([]);
    },
  );
});
