import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { readFolder } from '../../../scripts/archive/read-folder.js';
import { pointToBackend } from '../../../scripts/build/backend-address.js';
import { fillManifest } from '../../../scripts/build/manifest.js';
import { anyFreePort } from '../../../scripts/sandbox/free-port.js';
import { createPairing, introductionOf, webhookUrlOf } from '../../../scripts/start/pairing.js';
import { readConfig, startBackend } from '../../../src/backend/index.js';
import { createLog } from '../../../src/backend/log.js';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.js';
import type { PhoneMessage } from '../../../src/sandbox/phone-wire.js';
import { messagesOf, resetAccount } from '../../support/story.js';
import { launchBrowser, type TestBrowser, type WatchedPage } from './browser.js';
import { sharedHost } from './shared-host.js';

/** An account with the packed widget, whose events go to a backend that it has installed. */
export interface ConnectedAccount extends WatchedPage {
  readonly sandbox: Sandbox;
  /** Opens a page of the account from scratch. */
  open(path: string): Promise<void>;
  readonly bar: Locator;
  /** What the phone has got, the oldest first. */
  messages(): Promise<readonly PhoneMessage[]>;
}

export interface ConnectedPlaceOptions {
  /** Whether the widget is installed, and the backend sends, from the start. Default true. */
  readonly isReady?: boolean;
}

/** An account and its backend, each a server on this machine. */
interface ConnectedPlace {
  readonly sandbox: Sandbox;
  /** What the backend has logged of errors since it was emptied. */
  readonly logged: string[];
  close(): Promise<void>;
}

async function openPlace({ isReady = true }: ConnectedPlaceOptions = {}): Promise<ConnectedPlace> {
  const logged: string[] = [];
  const pairing = createPairing(await anyFreePort());
  const { files } = await readFolder(inject('packedWidget'));
  const manifest = fillManifest(Buffer.from(files.get('manifest.json') ?? ''), {
    webhookUrl: webhookUrlOf(pairing),
  });
  const { demoChat, chatsChannels = [] } = introductionOf(pairing);
  const sandbox = await startSandbox({
    hostFiles: sharedHost(),
    installed: isReady,
    // Where it sends from the start, later than any note is written, which would tell of it.
    demoChat: { ...demoChat, deliveredAfterMs: isReady ? 600_000 : 20 },
    chatsChannels,
    widgets: [
      {
        files: pointToBackend(new Map([...files, ['manifest.json', manifest]])),
        label: 'ours',
        integration: {
          client_uuid: pairing.clientId,
          client_secret: pairing.clientSecret,
          redirect_uri: `${pairing.url}/oauth/callback`,
          access_disabled_uri: `${pairing.url}/oauth/uninstalled`,
        },
      },
    ],
  });
  if (sandbox.refused.length > 0) throw new Error(JSON.stringify(sandbox.refused));
  const read = readConfig({
    PUBLIC_URL: pairing.url,
    PORT: new URL(pairing.url).port,
    DATA_DIR: 'memory://',
    ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
    HOOK_SECRET: pairing.hookSecret,
    KOMMO_CLIENT_ID: pairing.clientId,
    KOMMO_CLIENT_SECRET: pairing.clientSecret,
    LOCAL_ACCOUNTS: sandbox.url,
    ...(isReady && { CHAT_SERVICE: 'demo' }),
    DEMO_URL: sandbox.demoChat.url,
    DEMO_API_KEY: sandbox.demoChat.apiKey,
    CONNECTABLE_SERVICES: 'demo',
    DEMO_CLIENT_ID: pairing.chatApp.clientId,
    DEMO_CLIENT_SECRET: pairing.chatApp.clientSecret,
    KOMMO_CHANNEL_ID: pairing.chatsChannel.id,
    KOMMO_CHANNEL_SECRET: pairing.chatsChannel.secret,
    ATTEMPTS: '2',
    RETRY_SECONDS: '1',
    REPEAT_MINUTES: '0',
  });
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const backend = await startBackend(read.config, {
    log: createLog('error', { write: (line) => void logged.push(line) }),
    pollInterval: 50,
  });
  return {
    sandbox,
    logged,
    async close() {
      await backend.stop();
      await sandbox.close();
    },
  };
}

async function openAccount(browser: TestBrowser, { sandbox }: ConnectedPlace): Promise<ConnectedAccount> {
  const watched = await browser.newPage();
  const { page } = watched;
  return {
    ...watched,
    sandbox,
    bar: page.getByRole('region', { name: 'Sandbox' }),
    async open(path) {
      await page.goto(sandbox.url + path);
      await page.locator('html[data-sandbox=ready]').waitFor();
    },
    messages: async () => (await messagesOf(sandbox.url)).toReversed(),
  };
}

async function closeAccount(
  account: ConnectedAccount,
  { logged }: ConnectedPlace,
  { refusals = 0 } = {},
): Promise<void> {
  await account.page.context().close();
  expect(account.errors).toEqual([]);
  const isRefusal = (line: string): boolean => line.includes('the server responded with a status of 403');
  expect(account.console.filter((line) => !isRefusal(line))).toEqual([]);
  expect(account.console.filter(isRefusal).length).toBeLessThanOrEqual(refusals);
  expect(logged).toEqual([]);
}

/**
 * Runs one account and its backend for a file, since a store takes seconds to open. Before each test the account is
 * reset, which installs the backend anew.
 */
export function useConnectedAccount(): () => ConnectedAccount {
  let browser: TestBrowser;
  let place: ConnectedPlace;
  let account: ConnectedAccount;

  beforeAll(async () => {
    browser = await launchBrowser();
    place = await openPlace();
  });
  afterAll(async () => {
    await browser.close();
    await place.close();
  });

  beforeEach(async () => {
    place.logged.length = 0;
    await resetAccount(place.sandbox.url);
    // A reset keeps the language that the user has chosen.
    const { users, current_user_id } = place.sandbox.server.context.account;
    for (const user of users.values()) if (user.id === current_user_id) user.lang = 'en';
    account = await openAccount(browser, place);
  });
  afterEach(() => closeAccount(account, place));
  return () => account;
}

/** An account of its own for each test, in which nobody has installed the widget yet, nor connected anything. */
export function useFreshAccount(): () => ConnectedAccount {
  let browser: TestBrowser;
  let place: ConnectedPlace;
  let account: ConnectedAccount;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    place = await openPlace({ isReady: false });
    account = await openAccount(browser, place);
  });
  afterEach(async () => {
    // A panel that is quicker than the installation is refused, and asks again.
    await closeAccount(account, place, { refusals: 5 });
    await place.close();
  });
  return () => account;
}

/** The stage of the board, or of the digital pipeline, with this name. */
export function stage(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}
