import type { Page, Request } from 'playwright-core';

/** The requests of a page. Those of the report are none: they tell of what happens and are not part of it. */
export interface Requests {
  /** How many are on their way. */
  readonly open: number;
  /** How many there have been. */
  readonly count: number;
}

/** Counts the requests of a page from now on. */
export function countRequests(page: Page): Requests {
  const open = new Set<Request>();
  let count = 0;
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/sandbox/report') return;
    open.add(request);
    count += 1;
  });
  const ended = (request: Request): void => {
    open.delete(request);
  };
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);
  return {
    get open() {
      return open.size;
    },
    get count() {
      return count;
    },
  };
}
