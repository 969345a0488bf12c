import type { Locator } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { type ConnectedAccount, useFreshAccount } from './support/connected-account.js';
import { bikes, drag, setUpTrigger } from './support/pipeline.js';

const olivia = 'Olivia Bennett';

const current = useFreshAccount();
let account: ConnectedAccount;

beforeEach(() => {
  account = current();
});

const modal = (): Locator => account.page.getByRole('dialog');
const panel = (): Locator => modal().locator('.pipeline-messenger');
const button = (name: string): Locator => panel().getByRole('button', { name, exact: true });
const save = (): Locator => modal().getByRole('button', { name: 'Save', exact: true });
const channel = (name: string): Locator =>
  panel()
    .getByRole('listitem')
    .filter({ has: account.page.getByRole('heading', { name, exact: true }) });
const phone = (): Locator => account.bar.getByRole('region', { name: 'Phone' });
const bubbles = (): Locator => phone().locator('.bubble');
const messages = (): Locator => account.page.locator('.feed-chat');

async function openSettings(): Promise<void> {
  await account.open('/settings/widgets/ours');
  await modal().waitFor();
}

/** Installs the widget and opens a way to connect the demo chat. */
async function installAndChoose(method: string): Promise<void> {
  await openSettings();
  await modal().getByRole('button', { name: 'Install', exact: true }).click();
  await panel()
    .getByRole('group', { name: 'Demo chat', exact: true })
    .getByRole('button', { name: method })
    .click();
}

async function openPhone(): Promise<void> {
  if (await phone().isVisible()) return;
  await account.bar.getByRole('button', { name: /^Phone/ }).click();
  await phone().waitFor();
}

/** Opens the conversation with a person on the phone. */
async function openConversation(name: string): Promise<void> {
  await openPhone();
  await phone()
    .getByRole('list', { name: 'Conversations' })
    .getByRole('button')
    .filter({ hasText: name })
    .click();
}

/** Connects a business of the demo service, each in the way of its method; resolves to the business's name. */
const connect: Readonly<Record<string, () => Promise<string>>> = {
  async 'a sign-in'() {
    await installAndChoose('Sign in');
    const popup = account.page.waitForEvent('popup');
    await button('Sign in to Demo chat').click();
    const window = await popup;
    await window.getByRole('radio', { name: /Green Leaf Cafe/ }).check();
    await window.getByRole('button', { name: 'Allow' }).click();
    return 'Green Leaf Cafe';
  },

  async 'a QR code'() {
    await installAndChoose('QR code');
    await panel().getByRole('img', { name: 'QR code that connects Demo chat' }).waitFor();
    await openPhone();
    await phone()
      .getByRole('button', { name: /shows a code to scan/ })
      .click();
    await phone()
      .getByRole('button', { name: /^Pipeline Messenger.*Scan/ })
      .click();
    return 'Brightside Studio';
  },

  async 'access keys'() {
    await installAndChoose('Access keys');
    const [, second] = account.sandbox.demoChat.accounts;
    await panel()
      .getByLabel('Account ID')
      .fill(second?.id ?? '');
    await panel()
      .getByLabel('Secret key')
      .fill(second?.secret ?? '');
    await account.page.keyboard.press('Enter');
    return 'Green Leaf Cafe';
  },
};

describe.each(Object.keys(connect))('an account that connects a chat service by %s', (method) => {
  // From installation to answer, on a machine that has other things to do.
  it(
    'sends the pipeline’s message, hears the client’s answer, and answers in the card',
    { timeout: 240_000 },
    async () => {
      const { page } = account;
      const business = (await connect[method]?.()) ?? '';
      await channel(business).waitFor();
      await channel(business).getByRole('combobox').selectOption('Sales');
      await save().click();
      await modal().waitFor({ state: 'detached' });

      await setUpTrigger(account, (editor) => editor.fill('Hello, {{contact_first_name}}!'), {
        onlyMain: true,
      });
      await drag(account);
      await expect
        .poll(async () => (await account.messages()).map(({ text }) => text))
        .toEqual(['Hello, Olivia!']);
      await openConversation(olivia);
      const answer = '<b>Thank you</b>, when does it arrive?';
      await phone().getByRole('textbox', { name: 'Message to the business' }).fill(answer);
      await page.keyboard.press('Enter');
      await expect.poll(() => bubbles().count()).toBe(2);

      // What comes from a client for the first time is an incoming lead, in the pipeline of the channel.
      await account.open('/leads/pipeline');
      const accept = page.getByRole('button', { name: new RegExp(`^Accept: .*${olivia}`) });
      await accept.click();
      await accept.waitFor({ state: 'detached' });
      await page.getByRole('link', { name: `Pipeline Messenger: ${olivia}` }).click();
      await expect.poll(() => messages().last().locator('.feed-chat__text').innerText()).toBe(answer);

      const reply = 'Tomorrow at noon & not later';
      const compose = page.getByRole('region', { name: 'Write to the feed' });
      await compose.getByRole('textbox', { name: /^Chat: / }).fill(reply);
      await compose.getByRole('button', { name: 'Send', exact: true }).click();
      await expect.poll(() => messages().last().innerText()).toMatch(/(Delivered|Read)$/);
      await openPhone();
      await expect.poll(() => bubbles().last().locator('.bubble-text').innerText()).toBe(reply);

      await openSettings();
      await channel(business).getByText('Connected', { exact: true }).waitFor();
      expect(await channel(business).getByRole('combobox').locator('option:checked').innerText()).toBe(
        'Sales',
      );
    },
  );
});

describe('an account that disconnects its channel', () => {
  it('sends nothing any more, and its feed tells why', async () => {
    const { page } = account;
    const business = (await connect['access keys']?.()) ?? '';
    await channel(business).waitFor();
    await save().click();
    await modal().waitFor({ state: 'detached' });
    await setUpTrigger(account, (editor) => editor.fill('Hello!'), { onlyMain: true });

    await openSettings();
    await channel(business).getByRole('button', { name: 'Disconnect' }).click();
    await panel().getByRole('group').getByRole('button', { name: 'Disconnect', exact: true }).click();
    await channel(business).waitFor({ state: 'detached' });
    await drag(account, bikes);
    await account.open('/leads/detail/7001');
    const note = page.locator('.feed-note_extended_service_message').last();
    await note.waitFor();
    expect(await note.innerText()).toMatch(/Message not sent/);
    expect(await account.messages()).toEqual([]);
  });
});
