import { describe } from './recorder.js';
import { intercept } from './intercept.js';
import type { Watcher, WatchTools } from './watcher.js';

/**
 * Sees what a widget writes to the console (`platform/widget.md §8`, 11). Of `console.trace` moderation allows the
 * use in a `catch`, which a running page cannot tell from another, so it is not counted.
 */
export function watchConsole({ actingWidget, breach }: WatchTools): Watcher {
  for (const [name, method] of Object.entries(console)) {
    if (typeof method !== 'function' || name === 'trace') continue;
    intercept(console, name, ({ args, frame }) => {
      const widget = actingWidget(frame);
      if (widget !== null) breach(widget, 'console', `console.${name}(${args.map(asText).join(', ')})`);
    });
  }
  return {};
}

function asText(value: unknown): string {
  return value instanceof Error ? `${value.name}: ${value.message}` : describe(value);
}
