import { widgetOf } from './who.js';
import { intercept } from './intercept.js';
import type { Watcher, WatchTools } from './watcher.js';

/** Sees a script that calls `define` without a name twice, and a widget that puts another loader in the page's place. */
export function watchLoader({ actingWidget, breach }: WatchTools): Watcher {
  const nameless = new WeakSet<Element>();
  intercept(window, 'define', ({ args: [id], frame }) => {
    const script = document.currentScript;
    if (typeof id === 'string' || script === null) return;
    if (nameless.has(script)) {
      const widget = actingWidget(frame) ?? widgetOf((script as HTMLScriptElement).src);
      breach(widget, 'global', `define was called twice without a name in ${addressOf(script)}`);
    }
    nameless.add(script);
  });

  const page = window as unknown as Record<string, unknown>;
  const expected = new Map<string, unknown>(
    ['define', 'require', 'requirejs'].map((name) => [name, page[name]]),
  );
  return {
    ran(widget) {
      for (const [name, value] of expected) {
        if (page[name] === value) continue;
        expected.set(name, page[name]);
        breach(widget, 'global', `window.${name} was replaced`);
      }
    },
  };
}

function addressOf(script: Element): string {
  const source = script.getAttribute('src');
  return source === null ? 'an inline script' : new URL(source, location.href).pathname;
}
