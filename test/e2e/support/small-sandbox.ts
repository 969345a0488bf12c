import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Page } from 'playwright-core';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/index.js';
import type { ReportEntry } from '../../../src/sandbox/wire.js';
import { type SmallWidget, widgetFiles } from '../../support/small-widget.js';
import { launchBrowser, type TestBrowser, type WatchedPage } from './browser.js';
import { sharedHost } from './shared-host.js';

export interface SmallSandbox extends WatchedPage {
  readonly sandbox: Sandbox;
  readonly page: Page;
  /** The page is open and its widgets are started. */
  readonly ready: () => Promise<void>;
  /** Reads an expression in the page, in which `self` is the first widget. */
  readonly read: <Value>(expression: string) => Promise<Value>;
  /** Messages of the exceptions that the report has by now. */
  readonly exceptions: () => Promise<readonly string[]>;
}

/** The instance of the first widget is told to the page under this name. */
const self = 'window.APP.widgets.list.small';

/**
 * Opens pages of accounts with small widgets of code `small`, `small2`, …; one browser
 * for the file, one account for each test.
 */
export function useSmallSandbox(): (
  path: string,
  widgets: readonly SmallWidget[],
  options?: Partial<SandboxOptions>,
  prepare?: (page: Page, sandbox: Sandbox) => unknown,
) => Promise<SmallSandbox> {
  let browser: TestBrowser;
  const opened: SmallSandbox[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    for (const { page, sandbox } of opened.splice(0)) {
      await page.context().close();
      await sandbox.close();
    }
  });

  return async (path, widgets, options = {}, prepare) => {
    const sandbox = await startSandbox({
      hostFiles: sharedHost(),
      widgets: widgets.map((widget, index) => ({
        files: widgetFiles({ locations: ['settings', 'everywhere'], ...widget }),
        label: `small${index === 0 ? '' : index + 1}`,
      })),
      ...options,
    });
    if (sandbox.refused.length > 0) throw new Error(JSON.stringify(sandbox.refused));
    const watched = await browser.newPage();
    const { page } = watched;
    const ready = async (): Promise<void> => {
      const isReady = page.locator('html[data-sandbox=ready]').waitFor();
      await isReady.catch((error: unknown) => {
        throw new Error(`The page was not ready: ${watched.errors.join('; ')}`, { cause: error });
      });
    };
    let questions = 0;
    const small: SmallSandbox = {
      ...watched,
      sandbox,
      ready,
      read: <Value>(expression: string) =>
        page.evaluate<Value>(`(async () => { const self = ${self}; return (${expression}); })()`),
      async exceptions() {
        // The page sends its report a moment after what it tells of, and in order: what comes before a message of
        // ours is there when that is.
        const last = `the test has asked ${++questions} times`;
        await page.evaluate((message) => {
          window.dispatchEvent(new ErrorEvent('error', { error: new Error(message) }));
        }, last);
        await expect.poll(() => messagesOf(sandbox.report.entries())).toContain(`Error: ${last}`);
        return messagesOf(sandbox.report.entries()).filter((one) => !one.startsWith('Error: the test has'));
      },
    };
    opened.push(small);
    await prepare?.(page, sandbox);
    await page.goto(sandbox.url + path);
    await ready();
    return small;
  };
}

function messagesOf(entries: readonly ReportEntry[]): readonly string[] {
  return entries.flatMap((entry) => ('error' in entry && entry.error !== null ? [entry.error.message] : []));
}
