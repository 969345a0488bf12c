import { $ } from '../jquery.js';
import type { Watcher, WatchTools } from './watcher.js';

/** Sees when a widget puts another jQuery in the place of the page's, or its own methods over those of jQuery. */
export function watchJQuery({ breach }: WatchTools): Watcher {
  const page = window as unknown as Record<string, unknown>;
  const methods = $.fn as unknown as Record<string, unknown>;
  const globals = new Map<string, unknown>(['$', 'jQuery'].map((name) => [name, page[name]]));
  const own = new Map<string, unknown>(Object.entries(methods));

  const compare = (
    expected: Map<string, unknown>,
    now: Readonly<Record<string, unknown>>,
    tell: (name: string) => void,
  ): void => {
    for (const [name, value] of expected) {
      if (now[name] === value) continue;
      // From now on this one is what is there: the next widget did not do it.
      expected.set(name, now[name]);
      tell(name);
    }
  };

  return {
    ran(widget) {
      compare(globals, page, (name) => {
        breach(widget, 'jquery-replaced', `window.${name}`);
      });
      compare(own, methods, (name) => {
        breach(widget, 'jquery-replaced', `$.fn.${name}`);
      });
    },
  };
}
