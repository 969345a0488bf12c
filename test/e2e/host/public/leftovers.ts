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
  const find = (wanted: Listener): number =>
    live.findIndex(
      ({ target, type, listener, capture }) =>
        target === wanted.target &&
        type === wanted.type &&
        listener === wanted.listener &&
        capture === wanted.capture,
    );
  const forget = (gone: Listener): void => {
    const index = find(gone);
    if (index >= 0) live.splice(index, 1);
  };
  intercept(EventTarget.prototype, 'addEventListener', (self, [type, listener, options]) => {
    const added = asListener(self, type, listener, options);
    if (added.listener === null || !places().some(([, place]) => place === added.target)) return;
    if (find(added) < 0) live.push(added);
    const { signal } = (options ?? {}) as { signal?: AbortSignal };
    signal?.addEventListener('abort', () => {
      forget(added);
    });
  });
  intercept(EventTarget.prototype, 'removeEventListener', (self, [type, listener, options]) => {
    forget(asListener(self, type, listener, options));
  });

  return () =>
    live
      // One native listener per element serves all jQuery handlers there; those are listed on their own.
      .filter(
        ({ target, listener }) => listener !== ($ as unknown as JQueryInternals)._data(target, 'handle'),
      )
      .map(({ target, type }) => `${places().find(([, place]) => place === target)?.[0] ?? '?'} ${type}`);
}

function asListener(self: unknown, type: unknown, listener: unknown, options: unknown): Listener {
  const capture =
    typeof options === 'object' && options !== null ? (options as { capture?: unknown }).capture : options;
  return { target: (self ?? window) as EventTarget, type: String(type), listener, capture: Boolean(capture) };
}

function watchIntervals(): ReadonlySet<unknown> {
  const running = new Set<unknown>();
  intercept(window, 'setInterval', (_self, _args, id) => {
    running.add(id);
  });
  intercept(window, 'clearInterval', (_self, [id]) => {
    running.delete(id);
  });
  return running;
}

/** Lets every call through and shows it to `seen`, with what it returned. */
function intercept(
  owner: object,
  name: string,
  seen: (self: unknown, args: unknown[], returned: unknown) => void,
): void {
  const original = Reflect.get(owner, name) as (...args: unknown[]) => unknown;
  const watched = new Proxy(original, {
    apply(target, self: unknown, args: unknown[]) {
      const returned = Reflect.apply(target, self, args);
      seen(self, args, returned);
      return returned;
    },
  });
  Reflect.set(owner, name, watched);
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
