import { intercept } from './intercept.js';
import { isLeft, type Maker, type Watcher, type WatchTools } from './watcher.js';

/** Milliseconds: timeouts that fire sooner belong to what the widget is doing now. */
const soon = 1_000;

/** Sees timers of a widget that run on, or are yet to fire, when it is gone. */
export function watchTimers({ maker }: WatchTools): Watcher {
  const pending = new Map<
    unknown,
    { readonly maker: Maker; readonly detail: string; readonly due: number }
  >();
  const clock = performance.now.bind(performance);

  for (const name of ['setTimeout', 'setInterval'] as const) {
    // `before` learns who calls and, for a timeout, notices when it fires; `after` learns the timer's number.
    let by: Maker | null = null;
    let timer: { id: unknown } = { id: undefined };
    intercept(
      window,
      name,
      ({ args: [, delay], returned }) => {
        timer.id = returned;
        if (by === null) return;
        const milliseconds = Number(delay ?? 0);
        const after = Number.isNaN(milliseconds) ? 0 : milliseconds;
        pending.set(returned, {
          maker: by,
          detail: `${name} of ${after} ms`,
          due: name === 'setTimeout' ? clock() + after : Number.POSITIVE_INFINITY,
        });
      },
      ({ args, frame }) => {
        by = maker(frame);
        timer = { id: undefined };
        const [handler, ...rest] = args;
        if (by === null || name === 'setInterval' || typeof handler !== 'function') return undefined;
        const mine = timer;
        const fired = function (this: unknown, ...given: unknown[]): unknown {
          pending.delete(mine.id);
          return Reflect.apply(handler, this, given) as unknown;
        };
        return [fired, ...rest];
      },
    );
  }
  for (const name of ['clearTimeout', 'clearInterval']) {
    intercept(window, name, ({ args: [id] }) => {
      pending.delete(typeof id === 'string' ? Number(id) : id);
    });
  }

  return {
    isDue() {
      const now = clock();
      // One that is long overdue was a text, of which nobody hears when it has run.
      return [...pending.values()].some(({ due }) => due < now + soon && due > now - soon);
    },
    leftovers(widget, life) {
      const left = [...pending].filter(([, { maker: by }]) => isLeft(by, widget, life));
      for (const [id] of left) pending.delete(id);
      return left.map(([, { detail }]) => ({ kind: 'timer', detail }));
    },
  };
}
