import { mkdir } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { notesOf } from '../support/story.js';
import { seriousFindings } from './support/axe.js';
import { type ConnectedAccount, useConnectedAccount } from './support/connected-account.js';
import { bikes, drag, setUpTrigger } from './support/pipeline.js';
import { screenshotFolder } from './support/screenshots.js';

const [olivia, james] = ['Olivia Bennett', 'James Walker'];

const current = useConnectedAccount();
let account: ConnectedAccount;

beforeAll(() => mkdir(screenshotFolder, { recursive: true }));
beforeEach(() => {
  account = current();
});

/** Text of the newest note of the widget on the lead's card, as a person sees it with the note unfolded. */
async function readNote(lead = 7001): Promise<string> {
  const { page } = account;
  await account.open(`/leads/detail/${lead}`);
  const note = page.locator('.feed-note_extended_service_message').last();
  await note.waitFor();
  const more = note.locator('summary');
  if ((await more.count()) > 0) await more.click();
  return (await note.locator('.feed-note__text').allInnerTexts()).join('\n');
}

const phone = (): Locator => account.bar.getByRole('region', { name: 'Phone' });

async function failing(mode: string, to = ''): Promise<void> {
  await account.open('/leads/pipeline');
  await account.bar.getByRole('tab', { name: /Faults/ }).click();
  const panel = account.bar.getByRole('tabpanel', { name: /Faults/ });
  await panel.getByRole('textbox', { name: /^Number/ }).fill(to);
  await panel.getByRole('combobox', { name: 'How messages fail' }).selectOption(mode);
  await panel.getByRole('button', { name: 'Let them fail' }).click();
  await panel.getByRole('list', { name: 'Faults of the demo chat' }).getByRole('listitem').waitFor();
}

describe('an event becomes a message', () => {
  it('is set up in the digital pipeline, dragged on the board, read on the phone and told in the feed', async () => {
    await setUpTrigger(account, async (editor, bubble) => {
      await editor.pressSequentially('Hello, ');
      await bubble.getByRole('button', { name: '{{contact_first_name}}', exact: true }).click();
      await editor.pressSequentially('! {{manager_name}} has sent you the offer “');
      await bubble.getByRole('button', { name: '{{lead_name}}', exact: true }).click();
      await editor.pressSequentially('”: {{lead_price}}.');
    });
    await drag(account);
    // One that is written after somebody has read the message tells so.
    await expect.poll(() => notesOf(account.sandbox.url, 7001)).toHaveLength(1);
    await account.bar.getByRole('button', { name: 'Phone 2 unread messages' }).click();
    const rows = phone().getByRole('list', { name: 'Conversations' }).getByRole('button');
    await expect.poll(() => rows.count()).toBe(2);
    await rows.filter({ hasText: olivia }).click();
    await expect
      .poll(() => phone().locator('.bubble-text').allInnerTexts())
      .toEqual([`Hello, Olivia! Emma Clarke has sent you the offer “${bikes}”: 12,400.`]);
    expect((await account.messages()).map(({ contact, text }) => [contact?.name, text.slice(0, 14)])).toEqual(
      [
        [olivia, 'Hello, Olivia!'],
        [james, 'Hello, James! '],
      ],
    );

    const text = await readNote();
    expect(text).toMatch(/^Message sent via Demo chat: /);
    expect(text).toContain(olivia);
    expect(text).toContain(james);
    expect(await account.page.locator('.feed-note_extended_service_message').count()).toBe(1);
  });

  it('goes to the main contact alone where the trigger says so', async () => {
    await setUpTrigger(account, (editor) => editor.fill('Hello, {{contact_name}}!'), { onlyMain: true });
    await drag(account);
    await expect
      .poll(async () => (await account.messages()).map(({ text }) => text))
      .toEqual([`Hello, ${olivia}!`]);
    expect(await readNote()).toBe(
      `Message sent via Demo chat: ${olivia} (+1 202 555 0101)\n\nMessage text:\nHello, ${olivia}!`,
    );
    expect(await account.messages()).toHaveLength(1);
  });
});

describe('a message that does not go', () => {
  it('is told in words for the contact who is not on the service, beside the one who got it', async () => {
    await setUpTrigger(account, (editor) => editor.fill('Hello!'));
    await failing('not_on_service', '+12025550101');
    await drag(account);
    await expect
      .poll(async () => (await account.messages()).map(({ contact }) => contact?.name))
      .toEqual([james]);
    const text = await readNote();
    expect(text).toMatch(/^Message sent to 1 of 2 contacts via Demo chat\n\n/);
    expect(text).toContain(`Sent: ${james} (+1 212 555 0103)`);
    expect(text).toMatch(
      /Not sent: Olivia Bennett \(\+1 202 555 0101\)\nDemo chat has no account with this number/,
    );
  });

  it('is told with what to do when the service does not answer up to the last attempt', async () => {
    await setUpTrigger(account, (editor) => editor.fill('Hello!'), { onlyMain: true });
    await failing('unavailable');
    await drag(account);
    expect(await readNote()).toMatch(
      /^Message not sent: Olivia Bennett \(.*\)\nDemo chat did not answer .*\. We have tried several times\. Write to the contact yourself/,
    );
    expect(await account.messages()).toEqual([]);
  });
});

describe('in an account of another country', () => {
  it('the note speaks the country’s language', async () => {
    await setUpTrigger(account, (editor) => editor.fill('¡Hola, {{contact_first_name}}!'), {
      onlyMain: true,
    });
    const { context } = account.sandbox.server;
    context.account = { ...context.account, country: 'MX' };
    const user = context.account.users.get(context.account.current_user_id);
    if (user !== undefined) user.lang = 'es';
    expect(await account.sandbox.announceInstallations()).toBe(true);
    await drag(account);
    await expect
      .poll(async () => (await account.messages()).map(({ text }) => text))
      .toEqual(['¡Hola, Olivia!']);
    expect(await readNote()).toBe(
      `Mensaje enviado vía Demo chat: ${olivia} (+1 202 555 0101)\n\nTexto del mensaje:\n¡Hola, Olivia!`,
    );
  });
});

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  it('every step is photographed, and has no serious finding of axe', async () => {
    const { page, bar } = account;
    const look = async (name: string): Promise<void> => {
      await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
      await page.screenshot({ path: `${screenshotFolder}/message-${name}-${theme}.png` });
      expect(await seriousFindings(page, 'html'), name).toEqual([]);
    };
    await setUpTrigger(account, (editor) =>
      editor.fill('Hello, {{contact_first_name}}! We have sent you our offer for “{{lead_name}}”.'),
    );
    await failing('recipient_blocked', '+12125550103');
    await bar.getByRole('combobox', { name: 'Theme' }).selectOption(theme);
    await page.locator(`html[data-color-scheme=${theme}]`).waitFor();
    await bar.getByRole('tab', { name: /Faults/ }).click();
    await drag(account);
    await bar.getByRole('group', { name: 'New message' }).waitFor();
    await look('board');
    await bar.getByRole('button', { name: 'Open the phone' }).click();
    await phone()
      .locator('.bubble-text')
      .getByText(/^Hello, Olivia!/)
      .waitFor();
    await look('phone');
    await bar.getByRole('button', { name: 'Phone', exact: true }).click();
    await phone().waitFor({ state: 'hidden' });
    await readNote();
    await look('card');
  });
});
