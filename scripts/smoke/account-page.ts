import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { inTime } from './in-time.js';
import { countRequests } from './requests.js';

/** How long what a widget does on a page is waited for, in milliseconds: it may take its time, but not for ever. */
const patience = 3_000;

/**
 * How long a control is waited for that is there and cannot be used yet, in milliseconds; less than a page has for an
 * answer. A browser that has no processor draws late, and a control that moves cannot be clicked.
 */
const controlPatience = 8_000;

/** Timers that start the next one all the time are waited for no longer than this. */
const timerPatience = 1_000;

/** How long nothing may happen until a page counts as settled. */
const quiet = 60;

/** A page that gives no answer for so long never will: loops of widgets are stopped after five seconds. */
const answerPatience = 10_000;

/** A page of the account that cannot be used any more; the message is a sentence. */
export class PageLost extends Error {
  override readonly name = 'PageLost';
}

const notReady = (): PageLost => new PageLost('The page did not get ready.');

/** A page of the account in the browser. */
export interface AccountPage {
  readonly page: Page;
  /** Opens the page of an address and waits until its widgets were started, or could not be, and have settled. */
  goTo(path: string): Promise<void>;
  /** The same in a new document, for what was changed in the account past the page. */
  load(path: string): Promise<void>;
  /** Waits until a condition holds; false when it does not in time. */
  holds(condition: () => boolean): Promise<boolean>;
  /** Calls the account as its own page does; the status of the answer, 0 when there was none. */
  call(method: string, path: string, body: unknown): Promise<number>;
  /** Clicks what is there and waits until the page has settled; false when it is not there, or cannot be clicked. */
  readonly click: (target: Locator) => Promise<boolean>;
  /** Types a text into each of these inputs that is empty and waits until the page has settled. */
  readonly fill: (inputs: Locator, text: string) => Promise<void>;
  /** Presses a key in what is there and waits until the page has settled. */
  readonly press: (target: Locator, key: string) => Promise<void>;
  /** Waits until everything that was begun has ended, what a widget loads after its start included. */
  settle(): Promise<void>;
  /** A picture of the whole page as PNG; undefined when none can be made of it. */
  readonly picture: () => Promise<Buffer | undefined>;
  /** Waits until the page has sent all that it has to report. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/** Opens an account in a browser context of its own. Its methods reject with {@link PageLost}. */
export async function openAccount(browser: Browser, url: string): Promise<AccountPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const requests = countRequests(page);
  page.setDefaultTimeout(controlPatience);
  // A question of a widget must not stop the round.
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
  const crash = new Promise<never>((_resolve, reject) => {
    page.on('crash', () => {
      reject(new PageLost('The page crashed.'));
    });
  });
  // Until somebody asks the page for something, this is nobody's.
  crash.catch(() => undefined);

  /** The answer of the page, or what stands for it when it has none. */
  const ask = <Answer>(answer: Promise<Answer>, otherwise: Answer): Promise<Answer> =>
    inTime(
      Promise.race([answer.catch(() => otherwise), crash]),
      answerPatience,
      () => new PageLost(`The page gave no answer for ${answerPatience / 1000} s.`),
    );
  const pending = (): Promise<string | null> => ask(page.evaluate(readPending), 'page');

  const settle = async (): Promise<void> => {
    const began = performance.now();
    let calmAt = -1;
    /** When the page was last seen being drawn: one that loads itself anew again and again is ready for moments only. */
    let drawnAt = Number.NEGATIVE_INFINITY;
    for (;;) {
      const passed = performance.now() - began;
      const state = requests.open > 0 ? 'request' : await pending();
      if (state === 'page') drawnAt = passed;
      const isCalm = state === null || (state === 'timer' && passed > timerPatience);
      if (isCalm && calmAt === requests.count) break;
      if (passed - Math.max(drawnAt, 0) > patience) break;
      if (passed > patience * 4) throw notReady();
      calmAt = isCalm ? requests.count : -1;
      await pause(isCalm ? quiet : quiet / 4);
    }
    await ask(page.evaluate(flushReport), undefined);
  };

  /** Whether the page is there in time. */
  const isReady = async (): Promise<boolean> => {
    const end = performance.now() + patience * 4;
    while (performance.now() < end) {
      if ((await pending()) !== 'page') return true;
      await pause(quiet / 4);
    }
    return false;
  };
  const load = async (path: string): Promise<void> => {
    const isOpened = page.goto(`${url}${path}`, { waitUntil: 'commit' }).then(() => undefined);
    await ask(isOpened, undefined);
    if (!(await isReady())) throw notReady();
    await settle();
  };

  return {
    page,
    settle,
    async goTo(path) {
      if ((await ask(page.evaluate(stepTo, path), false)) && (await isReady())) await settle();
      else await load(path);
    },
    load,
    async holds(condition) {
      const end = performance.now() + patience;
      while (!condition()) {
        if (performance.now() > end) return false;
        await pause(quiet / 4);
      }
      return true;
    },
    call: (method, path, body) =>
      ask(page.evaluate(callAccount, [method, path, JSON.stringify(body)] as const), 0),
    async click(target) {
      const first = target.first();
      if (!(await ask(first.isVisible(), false))) return false;
      const isClicked = await ask(
        first.click().then(() => true),
        false,
      );
      await settle();
      return isClicked;
    },
    async fill(inputs, text) {
      for (const input of await ask(inputs.all(), [])) {
        if ((await ask(input.inputValue(), 'gone')) === '') await ask(input.fill(text), undefined);
      }
      await settle();
    },
    async press(target, key) {
      const first = target.first();
      if (!(await ask(first.isVisible(), false))) return;
      await ask(first.press(key), undefined);
      await settle();
    },
    picture: () => ask<Buffer | undefined>(page.screenshot({ fullPage: true }), undefined),
    async finish() {
      await settle();
      await ask(page.evaluate(finishReport), undefined);
    },
    // Of a page that is lost even the end may not come; the browser's own end takes it along.
    close: () => inTime(context.close(), answerPatience, () => new Error('late')).catch(() => undefined),
  };
}

/** What these functions find in the page: `src/sandbox/host/driver.ts`. */
interface DrivenWindow {
  readonly accountPage?: {
    pending(): string | null;
    flush(): Promise<void>;
    finish(): Promise<void>;
  };
}

/** Runs in the page. */
function readPending(): string | null {
  const { accountPage } = window as unknown as DrivenWindow;
  return accountPage === undefined ? 'page' : accountPage.pending();
}

/** Runs in the page. */
function flushReport(): Promise<void> | undefined {
  return (window as unknown as DrivenWindow).accountPage?.flush();
}

/** Runs in the page. */
function finishReport(): Promise<void> | undefined {
  return (window as unknown as DrivenWindow).accountPage?.finish();
}

/**
 * Runs in the page. Goes there within the document, as a click on a link of the account does, so that the widgets of
 * the page that is left are destroyed; false when there is no account in the page yet.
 */
function stepTo(path: string): boolean {
  if ((window as unknown as DrivenWindow).accountPage === undefined) return false;
  history.pushState(null, '', path);
  window.dispatchEvent(new PopStateEvent('popstate'));
  return true;
}

/** Runs in the page. */
async function callAccount([method, address, body]: readonly [string, string, string]): Promise<number> {
  const headers = { 'Content-Type': 'application/json', 'X-Requested-With': 'XMLHttpRequest' };
  return (await fetch(address, { method, headers, body })).status;
}
