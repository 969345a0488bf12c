import { $ } from '../jquery.js';
import { intercept } from './intercept.js';
import { isLeft, places, type Leftover, type Maker, type Watcher, type WatchTools } from './watcher.js';

interface JQueryHandler {
  readonly type: string;
  readonly namespace: string;
}

/** The part of jQuery 2.1.3 that keeps handlers; its types do not name it. */
interface JQueryInternals {
  readonly event: object;
  _data(target: object, key: 'events'): Record<string, Iterable<JQueryHandler>> | undefined;
  _data(target: object, key: 'handle'): unknown;
}

interface Listener {
  readonly target: EventTarget;
  readonly type: string;
  readonly listener: unknown;
  readonly capture: boolean;
  readonly maker: Maker | null;
}

/** How many handlers of one place are named; React binds a hundred at once. */
const named = 3;

/** Sees the handlers that a widget left on the document, the window, `html` and `body`, with jQuery or without. */
export function watchHandlers(tools: WatchTools): Watcher {
  const takeJQuery = watchJQueryHandlers(tools);
  const takeNative = watchListeners(tools);
  return {
    leftovers(widget, life) {
      const isTheirs = (maker: Maker | null | undefined): boolean => isLeft(maker, widget, life);
      const found = [...takeJQuery(isTheirs), ...takeNative(isTheirs)];
      return places().flatMap(([place, target]) =>
        together(
          place,
          found.flatMap((one) => (one.target === target ? [one.name] : [])),
        ),
      );
    },
  };
}

interface Found {
  readonly target: EventTarget;
  readonly name: string;
}

function together(place: string, names: readonly string[]): Leftover[] {
  if (names.length <= named) return names.map((name) => ({ kind: 'handler', detail: `${place} ${name}` }));
  const rest = names.length - named;
  return [{ kind: 'handler', detail: `${place} ${names.slice(0, named).join(', ')} and ${rest} more` }];
}

function watchJQueryHandlers({ maker }: WatchTools): (isTheirs: (maker?: Maker) => boolean) => Found[] {
  const internals = $ as unknown as JQueryInternals;
  const makers = new WeakMap<object, Maker>();
  const known = new WeakSet<object>();
  const handlersOf = (target: EventTarget): JQueryHandler[] =>
    Object.values(internals._data(target, 'events') ?? {}).flatMap((handlers) => [...handlers]);
  for (const [, target] of places()) for (const handler of handlersOf(target)) known.add(handler);

  intercept(internals.event, 'add', ({ args: [target], frame }) => {
    if (!places().some(([, place]) => place === target)) return;
    const by = maker(frame);
    for (const handler of handlersOf(target as EventTarget)) {
      if (known.has(handler)) continue;
      known.add(handler);
      if (by !== null) makers.set(handler, by);
    }
  });
  return (isTheirs) =>
    places().flatMap(([, target]) =>
      handlersOf(target).flatMap((handler) => {
        if (!isTheirs(makers.get(handler))) return [];
        makers.delete(handler);
        const { type, namespace } = handler;
        return [{ target, name: namespace === '' ? type : `${type}.${namespace}` }];
      }),
    );
}

function watchListeners({ maker }: WatchTools): (isTheirs: (maker: Maker | null) => boolean) => Found[] {
  let live: Listener[] = [];
  const isSame = (one: Omit<Listener, 'maker'>, other: Omit<Listener, 'maker'>): boolean =>
    one.target === other.target &&
    one.type === other.type &&
    one.listener === other.listener &&
    one.capture === other.capture;
  const forget = (gone: Omit<Listener, 'maker'>): void => {
    live = live.filter((one) => !isSame(one, gone));
  };
  const listen = Reflect.get(EventTarget.prototype, 'addEventListener') as (...args: unknown[]) => void;

  intercept(EventTarget.prototype, 'addEventListener', ({ self, args, frame }) => {
    const added = asListener(self, args);
    if (!hears(added.listener) || !places().some(([, place]) => place === added.target)) return;
    // React leaves this one on the document for ever, whatever the widget does.
    if (added.target === document && added.type === 'selectionchange') return;
    const by = maker(frame);
    if (by === null || live.some((one) => isSame(one, added))) return;
    live.push({ ...added, maker: by });
    const { signal, once = false } = optionsOf(args);
    const gone = (): void => {
      forget(added);
    };
    if (signal != null) Reflect.apply(listen, signal, ['abort', gone]);
    if (once) {
      Reflect.apply(listen, added.target, [added.type, gone, { once: true, capture: added.capture }]);
    }
  });
  intercept(EventTarget.prototype, 'removeEventListener', ({ self, args }) => {
    forget(asListener(self, args));
  });

  return (isTheirs) => {
    const found = live.filter(
      (one) =>
        isTheirs(one.maker) &&
        // One native listener per element serves all of jQuery's handlers there; those are told on their own.
        one.listener !== ($ as unknown as JQueryInternals)._data(one.target, 'handle'),
    );
    live = live.filter((one) => !found.includes(one));
    return found.map(({ target, type }) => ({ target, name: type }));
  };
}

function asListener(self: unknown, args: readonly unknown[]): Omit<Listener, 'maker'> {
  const [type, listener, options] = args;
  return {
    target: (self ?? window) as EventTarget,
    type: String(type),
    listener,
    capture: typeof options === 'object' ? optionsOf(args).capture === true : Boolean(options),
  };
}

/** Whether anything is called at all: libraries add an object of options alone to learn what the browser knows of them. */
function hears(listener: unknown): boolean {
  return (
    typeof listener === 'function' ||
    (typeof listener === 'object' && listener !== null && 'handleEvent' in listener)
  );
}

function optionsOf([, , options]: readonly unknown[]): AddEventListenerOptions {
  return typeof options === 'object' && options !== null ? options : {};
}
