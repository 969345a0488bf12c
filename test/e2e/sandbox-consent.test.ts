import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAccount } from '../sandbox/account/oauth/support/account.js';
import { startReceiver } from '../sandbox/account/oauth/support/receiver.js';
import { launchBrowser, type TestBrowser } from './support/browser.js';

let browser: TestBrowser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function integrationInBrowser() {
  const account = await startAccount();
  const receiver = await startReceiver((response) =>
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Integration</title>'),
  );
  const integration = account.integration({ redirect_uri: `${receiver.url}/callback` });
  const { page } = await browser.newPage();
  const address = (query: string) => `${account.url}/oauth?client_id=${integration.client_uuid}&${query}`;
  return { page, receiver, address };
}

it('takes the decision of a person at the keyboard to the redirect address', async () => {
  const { page, address } = await integrationInBrowser();
  await page.goto(address('state=s1&mode=popup'));
  await page.getByRole('button', { name: 'Allow' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/callback\?code=def502.*&state=s1&/);
  await page.goto(address('state=s2'));
  await page.getByRole('button', { name: 'Decline' }).click();
  await page.waitForURL(/\/callback\?error=access_denied&.*&state=s2$/);
});

it('sends the result to the window that opened it, and closes', async () => {
  const { page, receiver, address } = await integrationInBrowser();
  await page.goto(receiver.url);
  await page.evaluate(() => {
    window.addEventListener('message', ({ data }) => {
      document.title = JSON.stringify(data);
    });
  });
  const opened = page.waitForEvent('popup');
  await page.evaluate(
    (url) => void window.open(url, 'consent', 'width=750,height=580'),
    address('state=</script>&mode=post_message'),
  );
  const popup = await opened;
  const closed = popup.waitForEvent('close');
  await popup.getByRole('button', { name: 'Allow' }).click();
  await closed;
  await page.waitForFunction(() => document.title !== 'Integration');
  expect(JSON.parse(await page.title())).toMatchObject({
    code: expect.stringMatching(/^def502/) as string,
    state: '</script>',
    platform: '2',
  });
});
