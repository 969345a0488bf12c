import { intercept } from './intercept.js';
import { widgetOf, type Frame } from './who.js';
import type { OwnerOf } from './watch-nodes.js';
import type { Watcher, WatchTools } from './watcher.js';

/**
 * Sees requests to other hosts. Calls of `$authorizedAjax` are the host's own and do not count; neither does a
 * library's (`platform/widget.md §8`, 17 speaks of those), unless a widget's file calls it.
 */
export function watchRequests({ actingWidget, breach, onlyWidget }: WatchTools, ownerOf: OwnerOf): Watcher {
  const asked = (widget: string | null, method: string, address: unknown): void => {
    const url = foreign(address);
    if (url === null || widget === null) return;
    breach(widget, 'foreign-host', `${method.toUpperCase()} ${url.origin}${url.pathname}`);
  };

  intercept(
    window,
    'fetch',
    () => undefined,
    ({ args: [target, options], frame }) => {
      const request = target instanceof Request ? target : undefined;
      const { method = request?.method ?? 'GET' } = (options ?? {}) as RequestInit;
      const address = request?.url ?? target;
      if (foreign(address) !== null) asked(actingWidget(frame), method, address);
      return undefined;
    },
  );
  intercept(XMLHttpRequest.prototype, 'open', ({ args: [method, address], frame }) => {
    if (foreign(address) !== null) asked(actingWidget(frame), String(method), address);
  });
  intercept(navigator, 'sendBeacon', ({ args: [address], frame }) => {
    if (foreign(address) !== null) asked(actingWidget(frame), 'POST', address);
  });
  watchSockets((address, frame) => {
    if (foreign(address) !== null) asked(actingWidget(frame), 'WebSocket', address);
  });

  // What remains are pictures, styles, scripts and frames: a browser tells of them without a stack.
  new PerformanceObserver((list) => {
    for (const { name, initiatorType } of list.getEntries() as PerformanceResourceTiming[]) {
      if (/^(fetch|xmlhttprequest|beacon)$/.test(initiatorType) || foreign(name) === null) continue;
      asked(requestedBy(name, ownerOf) ?? onlyWidget(), 'GET', name);
    }
  }).observe({ type: 'resource' });
  return {};
}

function watchSockets(open: (address: unknown, frame: Frame) => void): void {
  const construct = (target: typeof WebSocket, args: never[], newTarget: typeof WebSocket): object => {
    open(args[0], construct);
    return Reflect.construct(target, args, newTarget) as object;
  };
  window.WebSocket = new Proxy(WebSocket, { construct });
}

/** The address when it leads to another host, over the network. */
function foreign(address: unknown): URL | null {
  const url = URL.parse(String(address), location.href);
  return url === null || url.host === location.host || !/^(https?|wss?):$/.test(url.protocol) ? null : url;
}

/** The widget in whose element the address stands. */
function requestedBy(address: string, ownerOf: OwnerOf): string | null {
  for (const element of document.querySelectorAll<HTMLElement>('[src], [href]')) {
    const { src, href } = element as Partial<HTMLImageElement & HTMLLinkElement>;
    if (src !== address && href !== address) continue;
    const owner = ownerOf(element) ?? widgetOf(element.getAttribute('data-requiremodule') ?? '');
    if (owner !== null) return owner;
  }
  return null;
}
