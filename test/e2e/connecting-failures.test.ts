import type { Locator } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PhoneFaultMode } from '../../src/sandbox/phone-wire.js';
import { type ConnectedAccount, useFreshAccount } from './support/connected-account.js';

const current = useFreshAccount();
let account: ConnectedAccount;

beforeEach(() => {
  account = current();
});

const panel = (): Locator => account.page.getByRole('dialog').locator('.pipeline-messenger');
const button = (name: string): Locator => panel().getByRole('button', { name, exact: true });
const channel = (name: string): Locator => panel().getByRole('heading', { name, exact: true });
const problem = (): Locator => panel().getByRole('alert');
const way = (method: string): Locator =>
  panel().getByRole('group', { name: 'Demo chat', exact: true }).getByRole('button', { name: method });

/** Has the demo service fail in this way for everybody; without one it works again. */
async function fail(mode?: PhoneFaultMode): Promise<void> {
  const response = await fetch(`${account.sandbox.url}/sandbox/phone/settings`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ faults: mode === undefined ? [] : [{ to: null, mode, seconds: 1 }] }),
  });
  expect(response.status).toBe(200);
}

const silent = /^The chat service does not respond\. Try again in a few minutes\./;

describe('a chat service that fails while it is connected', () => {
  it('is told of in the panel, where the person tries again once it works', async () => {
    const { page } = account;
    await account.open('/settings/widgets/ours');
    await page.getByRole('dialog').getByRole('button', { name: 'Install', exact: true }).click();

    await way('Access keys').waitFor();
    const [, business] = account.sandbox.demoChat.accounts;
    await way('Access keys').click();
    await panel()
      .getByLabel('Account ID')
      .fill(business?.id ?? '');
    await panel()
      .getByLabel('Secret key')
      .fill(business?.secret ?? '');
    for (const mode of ['unavailable', 'html', 'rate_limited'] as const) {
      await fail(mode);
      await page.keyboard.press('Enter');
      await expect.poll(() => problem().innerText()).toMatch(silent);
      await fail();
    }
    // What was typed is still there.
    await page.keyboard.press('Enter');
    await channel(business?.name ?? '').waitFor();

    await fail('unavailable');
    await way('QR code').click();
    await expect.poll(() => problem().innerText()).toMatch(silent);
    await fail();
    await button('Show a new code').click();
    await panel().getByRole('img', { name: 'QR code that connects Demo chat' }).waitFor();
    // One answer that gets lost is no end; no answer at all is one.
    await fail('html');
    await expect.poll(() => problem().innerText()).toMatch(silent);
    await fail();
    await button('Cancel').click();

    await way('Sign in').click();
    const popup = page.waitForEvent('popup');
    await button('Sign in to Demo chat').click();
    const window = await popup;
    await window.getByRole('button', { name: 'Cancel' }).click();
    await window.getByRole('heading', { name: 'Access was not allowed' }).waitFor();
    await expect
      .poll(() => problem().innerText())
      .toBe('Access was not allowed. Sign in again and allow access.');
    expect(await panel().getByRole('listitem').getByRole('heading').allInnerTexts()).toEqual([
      business?.name,
    ]);
  });
});
