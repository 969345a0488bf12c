import { createBreaches, type WriteBreach } from './breaches.js';
import { watchBuiltins } from './watch-builtins.js';
import { watchConsole } from './watch-console.js';
import { watchGlobals } from './watch-globals.js';
import { watchHandlers } from './watch-handlers.js';
import { watchHostNodes } from './watch-host-nodes.js';
import { watchJQuery } from './watch-jquery.js';
import { watchLoader } from './watch-loader.js';
import { watchNodes } from './watch-nodes.js';
import { watchRequests } from './watch-requests.js';
import { watchScripts } from './watch-scripts.js';
import { watchStyles } from './watch-styles.js';
import { watchTimers } from './watch-timers.js';
import { whoActs, widgetInStack, widgetOf } from './who.js';
import type { Recorder } from './recorder.js';
import type { Watcher, WatchTools } from './watcher.js';

/** Watches what widgets do to the page that the platform's moderation refuses (`platform/widget.md §8`, `§10`, 8). */
export interface PageWatch {
  /** A widget is about to be loaded. */
  started(code: string, area: string): void;
  /** Its `destroy` has run: what is still there was left behind. */
  destroyed(code: string, area: string): void;
  /** A callback is about to run. */
  runs(): void;
  /** A callback of it has ended. */
  ran(code: string): void;
  /** Whether a widget has a timer that fires within a second. */
  isDue(): boolean;
  /** Something was written that is the platform's own, `APP.lang_id` for example. */
  wroteApp(member: string): void;
}

/** Milliseconds after `destroy` until its leftovers are counted: React and others tidy up in the next task. */
const tidying = 50;

/** Call it once the host itself is in place, and jQuery kept: what was there before does not count. */
export function watchPage({
  recorder,
  area,
}: {
  readonly recorder: Pick<Recorder, 'breach' | 'running'>;
  /** Area of the page now. */
  readonly area: () => string;
}): PageWatch {
  const later = window.setTimeout.bind(window);
  const lives = new Map<string, number>();
  const alive = new Set<string>();
  const breach: WriteBreach = createBreaches(recorder, area);
  const tools: WatchTools = {
    breach,
    life: (widget) => lives.get(widget) ?? 0,
    actingWidget(frame) {
      const actor = whoActs(frame);
      if (actor === undefined) return recorder.running?.widget ?? null;
      return actor === 'host' ? null : actor.widget;
    },
    maker(frame) {
      const widget = tools.actingWidget(frame);
      return widget === null ? null : { widget, life: tools.life(widget) };
    },
    onlyWidget: () => (alive.size === 1 ? ([...alive][0] ?? null) : null),
  };

  const made = watchNodes(tools);
  const watchers: Watcher[] = [
    made,
    watchHostNodes(tools),
    watchConsole(tools),
    watchHandlers(tools),
    watchTimers(tools),
    watchGlobals(tools),
    watchJQuery(tools),
    watchLoader(tools),
    watchStyles(tools, made.ownerOf),
    watchScripts(tools, made.ownerOf),
    watchRequests(tools, made.ownerOf),
    watchBuiltins(tools),
  ];
  const ran = (code: string): void => {
    for (const watcher of watchers) watcher.ran?.(code);
  };
  const wroteApp = (member: string): void => {
    // The host's own APP stands between the widget and the member, so that the innermost frame would be the host's.
    breach(widgetInStack(wroteApp) ?? recorder.running?.widget ?? null, 'app-write', member);
  };
  followScripts((code) => {
    later(ran, 0, code);
  });

  return {
    started(code) {
      lives.set(code, (lives.get(code) ?? 0) + 1);
      alive.add(code);
    },
    destroyed(code, where) {
      const life = lives.get(code) ?? 0;
      alive.delete(code);
      later(() => {
        for (const watcher of watchers) {
          for (const { kind, detail } of watcher.leftovers?.(code, life) ?? []) {
            breach(code, kind, detail, where);
          }
        }
      }, tidying);
    },
    runs() {
      for (const watcher of watchers) watcher.runs?.();
    },
    ran,
    isDue: () => watchers.some((watcher) => watcher.isDue?.() === true),
    wroteApp,
  };
}

/** Tells of every script of a widget that has been run. */
function followScripts(onScript: (code: string) => void): void {
  document.addEventListener(
    'load',
    ({ target }) => {
      if (!(target instanceof HTMLScriptElement)) return;
      const code = widgetOf(target.src);
      if (code !== null) onScript(code);
    },
    true,
  );
}
