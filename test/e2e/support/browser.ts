import type { BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../../../scripts/setup/launch.js';

/** A page, with everything it said and asked for since it was opened. */
export interface WatchedPage {
  page: Page;
  /** Console output as `error: text`. */
  console: string[];
  /** Exceptions that nobody caught. */
  errors: string[];
  /** URLs of all requests. */
  requests: string[];
}

export interface TestBrowser {
  /** A page in a context of its own: no cookies, cache or storage of another test. */
  newPage(): Promise<WatchedPage>;
  close(): Promise<void>;
}

/** The browser that the end-to-end tests run in: headless, installed first when the machine has none. */
export async function launchBrowser(): Promise<TestBrowser> {
  const browser = await launchChromium({
    log: (line) => {
      process.stderr.write(`${line}\n`);
    },
  });
  return {
    newPage: async () => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      return watch(context);
    },
    close: () => browser.close(),
  };
}

async function watch(context: BrowserContext): Promise<WatchedPage> {
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const watched: WatchedPage = { page, console: [], errors: [], requests: [] };
  page.on('console', (message) => {
    const type: string = message.type();
    // "verbose", which Playwright's types lack, is the browser's own advice, such as that a password field has
    // no form; it comes when it likes.
    if (type !== 'verbose') watched.console.push(`${type}: ${message.text()}`);
  });
  page.on('pageerror', (error) => watched.errors.push(error.message));
  page.on('request', (request) => watched.requests.push(request.url()));
  return watched;
}
