import type { Browser, Locator, Page } from 'playwright-core';

/** How long a page or an answer is waited for, in milliseconds: a widget may take its time, but not for ever. */
const patience = 3_000;

/** A page of the account in the browser. */
export interface AccountPage {
  readonly page: Page;
  /** Loads the page of an address and waits until its widgets were started, or could not be. */
  goTo(path: string): Promise<void>;
  /** Waits until a condition holds; false when it does not in time. */
  holds(condition: () => boolean | Promise<boolean>): Promise<boolean>;
  /** Calls the account as its own page does; the status of the answer, 0 when there was none. */
  call(method: string, path: string, body: unknown): Promise<number>;
  /** Clicks what is there; false when it is not, or cannot be clicked. */
  click(target: Locator): Promise<boolean>;
  /** Waits until what the page has to report has been reported. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Opens an account in a browser context of its own. */
export async function openAccount(browser: Browser, url: string): Promise<AccountPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  // A question of a widget must not stop the round.
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));

  const settle = async (): Promise<void> => {
    // What a widget loads after its start counts too; one that asks for something all the time is not waited for.
    await page.waitForLoadState('networkidle', { timeout: patience }).catch(() => undefined);
  };
  return {
    page,
    settle,
    async goTo(path) {
      if (!(await stepTo(page, path))) await page.goto(`${url}${path}`);
      await page
        .waitForFunction(isReadyAt, path, { timeout: patience * 4 })
        .catch(() => page.goto(`${url}${path}`))
        .catch(() => undefined);
      await settle();
    },
    async holds(condition) {
      const end = performance.now() + patience;
      while (performance.now() < end) {
        if (await condition()) return true;
        await page.waitForTimeout(25);
      }
      return false;
    },
    call: (method, path, body) =>
      page
        .evaluate(
          async ([verb, address, text]) => {
            const headers = { 'Content-Type': 'application/json', 'X-Requested-With': 'XMLHttpRequest' };
            return (await fetch(address, { method: verb, headers, body: text })).status;
          },
          [method, path, JSON.stringify(body)] as const,
        )
        .catch(() => 0),
    async click(target) {
      try {
        await target.first().click({ timeout: patience / 4 });
        return true;
      } catch {
        return false;
      }
    },
    close: () => context.close(),
  };
}

/**
 * Goes there within the document, as a click on a link of the account does, so that the widgets of the page that is
 * left are destroyed; false when there is no account in the page yet.
 */
async function stepTo(page: Page, path: string): Promise<boolean> {
  return page
    .evaluate((address) => {
      if (document.documentElement.dataset['sandbox'] !== 'ready') return false;
      history.pushState(null, '', address);
      window.dispatchEvent(new PopStateEvent('popstate'));
      return true;
    }, path)
    .catch(() => false);
}

/** Runs in the page. */
function isReadyAt(path: string): boolean {
  return location.pathname === path && document.documentElement.dataset['sandbox'] === 'ready';
}
