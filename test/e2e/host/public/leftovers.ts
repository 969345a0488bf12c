import { isDrawn } from './dom.js';
import type { Leftovers } from './types.js';

interface JQueryInternals {
  _data(target: object, key: 'events'): Record<string, { type: string; namespace: string }[]> | undefined;
  _data(target: object, key: 'handle'): EventListener | undefined;
}

interface Listener {
  target: EventTarget;
  type: string;
  listener: unknown;
  capture: boolean;
}

const places = (): [string, EventTarget][] => [
  ['document', document],
  ['window', window],
  ['html', document.documentElement],
  ['body', document.body],
];

/**
 * Watches what is put on the page from now on. Call it once the host itself is in place; what it bound or
 * drew before does not count.
 */
export function watchLeftovers(appWrites: readonly string[]): () => Leftovers {
  const listeners = watchListeners();
  const intervals = watchIntervals();
  const known = new Set(Object.getOwnPropertyNames(window));
  const handlersBefore = new Set(jQueryHandlers().map(({ handler }) => handler));

  return () => {
    const { nodes, tags } = foreignElements();
    return {
      handlers: jQueryHandlers()
        .filter(({ handler }) => !handlersBefore.has(handler))
        .map(({ name }) => name),
      listeners: listeners(),
      nodes,
      tags,
      intervals: intervals.size,
      globals: Object.getOwnPropertyNames(window).filter((name) => !known.has(name)),
      appWrites: [...appWrites],
    };
  };
}

function jQueryHandlers(): { name: string; handler: object }[] {
  const internals = $ as unknown as JQueryInternals;
  return places().flatMap(([place, target]) =>
    Object.values(internals._data(target, 'events') ?? {}).flatMap((handlers) =>
      [...handlers].map((handler) => ({
        name: `${place} ${handler.type}${handler.namespace === '' ? '' : `.${handler.namespace}`}`,
        handler,
      })),
    ),
  );
}

function watchListeners(): () => string[] {
  const live: Listener[] = [];
  const prototype = EventTarget.prototype;
  const { addEventListener, removeEventListener } = prototype;
  const captureOf = (options: unknown): boolean =>
    typeof options === 'object' && options !== null ? Boolean((options as { capture?: boolean }).capture) : Boolean(options);
  const find = (target: EventTarget, type: string, listener: unknown, capture: boolean): number =>
    live.findIndex(
      (entry) =>
        entry.target === target && entry.type === type && entry.listener === listener && entry.capture === capture,
    );
  const forget = (target: EventTarget, type: string, listener: unknown, capture: boolean): void => {
    const index = find(target, type, listener, capture);
    if (index >= 0) live.splice(index, 1);
  };

  prototype.addEventListener = function (this: EventTarget | undefined, type, listener, options) {
    const target = this ?? window;
    const capture = captureOf(options);
    if (listener !== null && places().some(([, place]) => place === target)) {
      if (find(target, type, listener, capture) < 0) live.push({ target, type, listener, capture });
      if (typeof options === 'object') {
        options.signal?.addEventListener('abort', () => {
          forget(target, type, listener, capture);
        });
      }
    }
    addEventListener.call(target, type, listener, options);
  };
  prototype.removeEventListener = function (this: EventTarget | undefined, type, listener, options) {
    const target = this ?? window;
    forget(target, type, listener, captureOf(options));
    removeEventListener.call(target, type, listener, options);
  };

  return () =>
    live
      // One native listener per element serves all jQuery handlers there; those are listed on their own.
      .filter(({ target, listener }) => listener !== ($ as unknown as JQueryInternals)._data(target, 'handle'))
      .map(({ target, type }) => `${places().find(([, place]) => place === target)?.[0] ?? '?'} ${type}`);
}

function watchIntervals(): ReadonlySet<unknown> {
  const running = new Set<unknown>();
  const { setInterval, clearInterval } = window;
  window.setInterval = ((handler: TimerHandler, delay?: number, ...rest: unknown[]) => {
    const id = setInterval(handler, delay, ...rest);
    running.add(id);
    return id;
  }) as typeof window.setInterval;
  window.clearInterval = (id) => {
    running.delete(id);
    clearInterval(id);
  };
  return running;
}

function foreignElements(): Pick<Leftovers, 'nodes' | 'tags'> {
  const nodes: string[] = [];
  const tags: string[] = [];
  const visit = (element: Element): void => {
    if (isDrawn(element)) {
      for (const child of element.children) visit(child);
    } else if (/^(style|link|script)$/i.test(element.tagName)) {
      if (!element.hasAttribute('data-requiremodule')) tags.push(describe(element));
    } else {
      nodes.push(describe(element));
    }
  };
  visit(document.documentElement);
  return { nodes, tags };
}

function describe(element: Element): string {
  const id = element.id === '' ? '' : `#${element.id}`;
  const classes = [...element.classList].map((name) => `.${name}`).join('');
  const source = element.getAttribute('href') ?? element.getAttribute('src');
  return `${element.tagName.toLowerCase()}${id}${classes}${source === null ? '' : `[${source}]`}`;
}
