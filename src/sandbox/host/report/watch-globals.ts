import { isLeft, type Maker, type Watcher, type WatchTools } from './watcher.js';

/** Names that the platform's own libraries take when a widget asks the loader for them. */
const libraryNames = new Set(['_', '$', 'jQuery', 'Backbone', 'moment', 'Twig', 'Clipboard', 'ClipboardJS']);

/**
 * Sees global names that a widget made and left. A new name has no stack: it belongs to the widget whose callback
 * or script ran last before it was there.
 */
export function watchGlobals({ life, onlyWidget }: WatchTools): Watcher {
  const known = new Set(Object.getOwnPropertyNames(window));
  const makers = new Map<string, Maker>();
  const notice = (widget: string | null): void => {
    // After every callback of a widget: nearly all names are known.
    for (const name of Object.getOwnPropertyNames(window)) {
      if (known.has(name)) continue;
      known.add(name);
      if (widget !== null && isMade(name)) makers.set(name, { widget, life: life(widget) });
    }
  };

  return {
    runs() {
      // What came between two callbacks came from a timer or an event.
      notice(onlyWidget());
    },
    ran: notice,
    leftovers(widget, upTo) {
      notice(onlyWidget());
      const left = [...makers].filter(([, maker]) => isLeft(maker, widget, upTo));
      for (const [name] of left) makers.delete(name);
      return left.flatMap(([name]) =>
        Object.hasOwn(window, name) ? [{ kind: 'global', detail: `window.${name}` }] : [],
      );
    },
  };
}

/** No library's name, and none of a frame's, which are numbers. */
function isMade(name: string): boolean {
  return !libraryNames.has(name) && !/^\d+$/.test(name);
}
