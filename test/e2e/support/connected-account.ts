import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { readFolder } from '../../../scripts/archive/read-folder.js';
import { fillManifest } from '../../../scripts/build/manifest.js';
import { anyFreePort } from '../../../scripts/sandbox/free-port.js';
import { createPairing, webhookUrlOf } from '../../../scripts/start/pairing.js';
import { type Backend, readConfig, startBackend } from '../../../src/backend/index.js';
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

/**
 * Runs one account and its backend for a file, since a store takes seconds to open. Before each test the account is
 * reset, which installs the backend anew.
 */
export function useConnectedAccount(): () => ConnectedAccount {
  let browser: TestBrowser;
  let sandbox: Sandbox;
  let backend: Backend;
  let account: ConnectedAccount;
  const logged: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
    const pairing = createPairing(await anyFreePort());
    const { files } = await readFolder(inject('packedWidget'));
    const manifest = fillManifest(Buffer.from(files.get('manifest.json') ?? ''), {
      webhookUrl: webhookUrlOf(pairing),
    });
    sandbox = await startSandbox({
      hostFiles: sharedHost(),
      // Later than any note is written, which would tell of it.
      demoChat: { apiKey: pairing.chatKey, deliveredAfterMs: 600_000 },
      widgets: [
        {
          files: new Map([...files, ['manifest.json', manifest]]),
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
      CHAT_SERVICE: 'demo',
      DEMO_URL: sandbox.demoChat.url,
      DEMO_API_KEY: sandbox.demoChat.apiKey,
      ATTEMPTS: '2',
      RETRY_SECONDS: '1',
      REPEAT_MINUTES: '0',
    });
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    backend = await startBackend(read.config, {
      log: createLog('error', { write: (line) => void logged.push(line) }),
      pollInterval: 50,
    });
  });
  afterAll(async () => {
    await browser.close();
    await backend.stop();
    await sandbox.close();
  });

  beforeEach(async () => {
    logged.length = 0;
    await resetAccount(sandbox.url);
    // A reset keeps the language that the user has chosen.
    const { users, current_user_id } = sandbox.server.context.account;
    for (const user of users.values()) if (user.id === current_user_id) user.lang = 'en';
    const watched = await browser.newPage();
    const { page } = watched;
    account = {
      ...watched,
      sandbox,
      bar: page.getByRole('region', { name: 'Sandbox' }),
      async open(path) {
        await page.goto(sandbox.url + path);
        await page.locator('html[data-sandbox=ready]').waitFor();
      },
      messages: async () => (await messagesOf(sandbox.url)).toReversed(),
    };
  });
  afterEach(async () => {
    await account.page.context().close();
    expect(account.errors).toEqual([]);
    expect(account.console).toEqual([]);
    expect(logged).toEqual([]);
  });
  return () => account;
}

/** The stage of the board, or of the digital pipeline, with this name. */
export function stage(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}
