import { widgetOf } from './who.js';
import { intercept } from './intercept.js';
import type { Watcher, WatchTools } from './watcher.js';

/** Sees a script that calls `define` without a name twice. */
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
  return {};
}

function addressOf(script: Element): string {
  const source = script.getAttribute('src');
  return source === null ? 'an inline script' : new URL(source, location.href).pathname;
}
