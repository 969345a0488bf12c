import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { languages } from '../../src/sandbox/languages.js';
import { openChats, type TestChats } from '../sandbox/site/support/chats.js';
import { seriousFindings } from './support/axe.js';
import { launchBrowser, type TestBrowser, type WatchedPage } from './support/browser.js';
import { sharedHost } from './support/shared-host.js';

let browser: TestBrowser;
const pages: WatchedPage[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
afterEach(async () => {
  const opened = pages.splice(0);
  for (const { page } of opened) await page.context().close();
  expect(opened.flatMap(({ errors }) => errors)).toEqual([]);
});

const ready = (page: Page): Promise<unknown> => page.locator('html[data-sandbox=ready]').waitFor();

async function open({ sandbox }: TestChats, path: string): Promise<Page> {
  const watched = await browser.newPage();
  pages.push(watched);
  await watched.page.goto(sandbox.url + path);
  await ready(watched.page);
  return watched.page;
}

/** An account to which a client has written; `lead` is the incoming one. */
async function start(payload: object = {}): Promise<TestChats & { scope: string; lead: number }> {
  const chats = await openChats({ hostFiles: sharedHost() });
  const scope = await chats.connect();
  await chats.receive(scope, payload);
  const [talk] = [...chats.sandbox.server.context.account.talks.values()];
  return { ...chats, scope, lead: talk?.entity_id ?? 0 };
}

const messages = (page: Page): Locator => page.locator('.feed-chat');
const compose = (page: Page): Locator => page.getByRole('region', { name: 'Write to the feed' });
const send = (page: Page): Locator => compose(page).getByRole('button', { name: 'Send', exact: true });

describe('a client who writes for the first time', () => {
  it('is an incoming lead on the board, which is accepted there', async () => {
    const chats = await openChats({ hostFiles: sharedHost() });
    const scope = await chats.connect();
    const page = await open(chats, '/leads/pipeline');
    await chats.receive(scope);
    const accept = page.getByRole('button', { name: 'Accept: Demo chat: Ada Park' });
    await accept.click();
    await accept.waitFor({ state: 'detached' });
    const lead = page.getByRole('link', { name: 'Demo chat: Ada Park' });
    await lead.click();
    await expect.poll(() => messages(page).innerText()).toContain('Is it <b>ready</b>?');
  });
});

describe('the chat in a card', () => {
  it('shows what the client writes as it comes, as text, and sends the answer, whose state it follows', async () => {
    const chats = await start();
    const { lead, scope, receive, receiver, amojo } = chats;
    const page = await open(chats, `/leads/detail/${lead}`);
    await expect.poll(() => messages(page).count()).toBe(1);
    const text = '<img src=x onerror="window.broken=1"> & more';
    await receive(scope, { message: { type: 'text', text } });
    await expect.poll(() => messages(page).last().locator('.feed-chat__text').innerText()).toBe(text);
    expect(await page.evaluate(() => 'broken' in window)).toBe(false);

    const box = compose(page).getByRole('textbox', { name: 'Chat: Ada Park, Demo chat' });
    await box.fill('Yes, come & take it 🙂');
    await send(page).click();
    await expect.poll(() => messages(page).count()).toBe(3);
    const answer = messages(page).last();
    await expect
      .poll(() => answer.innerText())
      .toMatch(/Emma Clarke\s+Demo chat\n+Yes, come & take it 🙂\n+Sent$/);
    expect(await box.inputValue()).toBe('');
    const hook = JSON.parse(receiver.received[0] ?? '') as {
      message: { message: { id: string; text: string } };
    };
    expect(hook.message.message.text).toBe('Yes, come & take it 🙂');
    for (const [status_code, word] of [
      [1, 'Delivered'],
      [2, 'Read'],
    ] as const) {
      const msgid = hook.message.message.id;
      await amojo('POST', `/v2/origin/custom/${scope}/${msgid}/delivery_status`, { msgid, status_code });
      await expect.poll(() => answer.innerText()).toMatch(new RegExp(`${word}$`));
    }
    await amojo('POST', `/v2/origin/custom/${scope}/${hook.message.message.id}/delivery_status`, {
      msgid: hook.message.message.id,
      status_code: -1,
      error_code: 905,
      error: 'The number <b>is gone</b>',
    });
    await expect.poll(() => answer.innerText()).toMatch(/Not delivered: The number <b>is gone<\/b>$/);
  });

  it('shows pictures and files, and sends a picture', async () => {
    const chats = await start();
    const { lead, scope, receive, sandbox, receiver } = chats;
    const page = await open(chats, `/leads/detail/${lead}`);
    const media = `${sandbox.demoChat.url}/media/holiday.png`;
    await receive(scope, { message: { type: 'picture', media, file_name: 'holiday.png', file_size: 7 } });
    await receive(scope, {
      message: { type: 'file', media: 'https://example.com/price.pdf', file_name: 'price.pdf', file_size: 7 },
    });
    await expect.poll(() => messages(page).count()).toBe(3);
    const width = () =>
      messages(page)
        .nth(1)
        .getByRole('img')
        .evaluate((one) => (one as HTMLImageElement).naturalWidth);
    await expect.poll(width).toBe(480);
    const link = messages(page).nth(2).getByRole('link', { name: 'price.pdf' });
    expect(await link.getAttribute('href')).toBe('https://example.com/price.pdf');
    await compose(page).getByRole('button', { name: 'Send a picture' }).click();
    await expect.poll(() => messages(page).count()).toBe(4);
    await expect.poll(() => receiver.received.length).toBe(1);
    expect(JSON.parse(receiver.received[0] ?? '')).toMatchObject({
      message: { message: { type: 'picture', media } },
    });
  });

  it('leaves the note a choice, and what is being written alone', async () => {
    const chats = await start();
    const page = await open(chats, `/leads/detail/${chats.lead}`);
    await compose(page)
      .getByRole('button', { name: /Chat: Ada Park/ })
      .click();
    await page.getByRole('menuitemradio', { name: 'Note' }).click();
    const note = compose(page).getByRole('textbox', { name: 'Note' });
    await note.fill('Calls back on Monday');
    await chats.receive(chats.scope);
    await expect.poll(() => messages(page).count()).toBe(2);
    expect(await note.inputValue()).toBe('Calls back on Monday');
    await send(page).click();
    await expect.poll(() => page.locator('.feed-note_common').innerText()).toContain('Calls back on Monday');
    expect(chats.receiver.received).toEqual([]);
  });

  it('says that the channel is disconnected, and that an answer reached nobody', async () => {
    const chats = await start();
    await chats.amojo('DELETE', `/v2/origin/custom/${chats.channel.id}/disconnect`, {
      account_id: chats.sandbox.server.context.account.amojo_id,
    });
    const page = await open(chats, `/leads/detail/${chats.lead}`);
    await page.getByText('The channel of this chat is disconnected: messages reach nobody.').waitFor();
    await compose(page).getByRole('textbox').fill('Hello?');
    await send(page).click();
    await expect
      .poll(() => messages(page).last().innerText())
      .toContain('Not delivered: The account is not connected to the channel of this chat.');
  });

  it.each(languages)('has no serious findings of axe in either theme, and fits, in %s', async (language) => {
    const chats = await start();
    const { page: call } = chats;
    await call('PATCH', '/sandbox/switches', { language });
    await call('POST', '/sandbox/chats/messages', { lead: chats.lead, text: 'Yes', media: 'picture' });
    await chats.amojo('DELETE', `/v2/origin/custom/${chats.channel.id}/disconnect`, {
      account_id: chats.sandbox.server.context.account.amojo_id,
    });
    await call('POST', '/sandbox/chats/messages', { lead: chats.lead, text: 'Yes' });
    const page = await open(chats, `/leads/detail/${chats.lead}`);
    await expect.poll(() => messages(page).count()).toBe(3);
    for (const theme of ['light', 'dark']) {
      await call('PATCH', '/sandbox/switches', { theme });
      await page.locator(`html[data-color-scheme=${theme}]`).waitFor();
      expect(await seriousFindings(page, '.card-feed')).toEqual([]);
    }
    const width = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await width()).toBeLessThanOrEqual(0);
  });
});
