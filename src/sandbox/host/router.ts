import { announce } from './announce.js';
import { draw } from './dom.js';
import { $ } from './jquery.js';
import type { Host, OpenPage, Page } from './host.js';
import type { AccountChange } from '../wire.js';

/** Goes from page to page within one document, as the account's interface does. */
export interface Router {
  /** Opens the page of this address and puts it into the browser's history. */
  go(path: string): Promise<void>;
  /** Opens the page of the browser's address, without a new entry in the history. */
  start(state?: unknown): Promise<void>;
  /** The open page goes on under another address, which takes the place of the one before in the history. */
  rename(path: string): void;
  /** Draws the open page again, with its widgets started anew and what it captures kept. */
  repeat(): Promise<void>;
  readonly path: string;
  capture(): unknown;
  changed(change: AccountChange): Promise<void>;
}

/** Remembered over a live reload of the document, for the page of the same address only. */
const resumeKey = 'sandbox:resume';

/**
 * @param pages The first that matches an address opens; the last must match every address.
 * @param onOpen A page is about to be drawn.
 */
export function createRouter(
  pages: readonly Page[],
  host: () => Host,
  onOpen: (page: Page, path: string) => void,
): Router {
  let open: OpenPage | undefined;
  /** The newest opening; one that is overtaken stops at its next step. */
  let turn = 0;
  /** The address whose page it is. */
  let shown = '';
  let hash = location.hash;

  async function show(path: string, state?: unknown): Promise<void> {
    const mine = ++turn;
    shown = path;
    // For whoever drives the page: it is ready when its widgets were started.
    document.documentElement.dataset['sandbox'] = 'loading';
    const { page, params } = find(pages, path);
    const area = page.area(params);
    const { lifecycle } = host();
    lifecycle.leave();
    open?.close?.();
    open = undefined;
    $('.modal').remove();
    const $holder = emptyHolder();
    host().app.enter(area);
    announce($(document), 'page:changed');
    onOpen(page, path);
    const opened = await page.open($holder, host(), params);
    if (mine !== turn) {
      opened.close?.();
      return;
    }
    open = opened;
    document.title = opened.title;
    await lifecycle.enter(area);
    if (mine !== turn) return;
    await opened.loaded?.();
    if (mine === turn && state !== undefined) await opened.restore?.(state);
    if (mine === turn) document.documentElement.dataset['sandbox'] = 'ready';
  }

  window.addEventListener('popstate', () => {
    // A widget that changes `location.hash` makes such an event too, and the page is the same.
    const isSamePage = location.pathname === shown && location.hash !== hash;
    hash = location.hash;
    if (!isSamePage) void show(location.pathname);
  });
  return {
    async go(path) {
      if (path !== location.pathname) history.pushState(null, '', path);
      await show(path);
    },
    start: (state) => show(location.pathname, state),
    rename(path) {
      history.replaceState(null, '', path);
      shown = path;
    },
    repeat: () => show(location.pathname, open?.capture?.()),
    get path() {
      return location.pathname;
    },
    capture: () => open?.capture?.(),
    changed: async (change) => {
      await open?.changed?.(change);
    },
  };
}

/** Loads the document again and comes back to the same page with the same state. */
export function reloadInPlace(router: Router): void {
  const resume = { path: router.path, state: router.capture(), scroll: [window.scrollX, window.scrollY] };
  sessionStorage.setItem(resumeKey, JSON.stringify(resume));
  location.reload();
}

/** Starts the router with what {@link reloadInPlace} left, if anything. */
export async function resume(router: Router): Promise<void> {
  const text = sessionStorage.getItem(resumeKey);
  sessionStorage.removeItem(resumeKey);
  const left =
    text === null
      ? undefined
      : (JSON.parse(text) as { path: string; state?: unknown; scroll: [number, number] });
  if (left?.path !== location.pathname) {
    await router.start();
    return;
  }
  await router.start(left.state);
  window.scrollTo(...left.scroll);
}

function find(
  pages: readonly Page[],
  path: string,
): { page: Page; params: Readonly<Record<string, string>> } {
  for (const page of pages) {
    const params = page.match(path);
    if (params !== undefined) return { page, params };
  }
  throw new Error(`No page of the sandbox takes ${path}.`);
}

/** A widget may have removed it, so it is made again. Focus that was in it goes to what comes in its place. */
function emptyHolder(): JQuery {
  const hadFocus = document.getElementById('page_holder')?.contains(document.activeElement) ?? false;
  $('#page_holder').remove();
  if ($('#notifications').length === 0) {
    $(document.body).append(draw('<div id="notifications" class="notifications"></div>'));
  }
  const $holder = draw('<main id="page_holder" tabindex="-1"></main>').insertBefore('#notifications');
  if (hadFocus) $holder.trigger('focus');
  return $holder;
}
