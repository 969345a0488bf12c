import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';

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

/** The browser that all end-to-end tests share; closing it closes the pages that were opened here. */
export async function launchBrowser(): Promise<TestBrowser> {
  const browser = await chromium.connect(inject('browserServer'));
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
