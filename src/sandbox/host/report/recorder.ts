import type { AccountApi } from '../account-api.js';
import { reportBatch, type BreachKind, type ErrorView, type ReportEntry } from '../../wire.js';

/** What a callback gave, as the page sees it. */
export interface Outcome {
  readonly returned: unknown;
  /** Undefined unless it threw. */
  readonly error: unknown;
}

/** Writes down what widgets do, for the sandbox's report. */
export interface Recorder {
  loaded(widget: string, area: string): void;
  dropped(widget: string, area: string, reason: string, error?: unknown): void;
  /** Calls it and never throws. A promise is written down when it is settled, or after {@link patience}. */
  run(widget: string, area: string, name: string, call: () => unknown): Outcome;
  /** @param text A sentence for the widget's developer about what is no error. */
  note(widget: string, area: string, text: string): void;
  exception(widget: string | null, area: string, error: unknown): void;
  breach(widget: string | null, area: string, breach: BreachKind, detail: string): void;
  /** Which callback of which widget is running now: what is seen meanwhile is that widget's. */
  readonly running: { readonly widget: string; readonly area: string } | undefined;
  /** Whether a promise of a callback is open that was given no longer than these milliseconds ago. */
  isWaiting(milliseconds: number): boolean;
  /** Sends what was not sent yet. */
  flush(): Promise<void>;
  /** Nobody waits any longer: writes down the promises that are still open, and sends everything. */
  finish(): Promise<void>;
}

type Entry = ReportEntry extends infer One ? (One extends unknown ? Omit<One, 'at'> : never) : never;

/** Milliseconds after which a promise of a callback counts as one that stays open. */
export const patience = 10_000;

type OpenPromises = Map<() => void, number>;

/** Entries are sent together, this many milliseconds after the first. */
const pause = 50;

export interface RecorderOptions {
  readonly now?: () => number;
  readonly timer?: Pick<Performance, 'now'>;
  /** A callback is about to run. */
  readonly runs?: () => void;
  /** A callback of this widget has returned or thrown. */
  readonly ran?: (widget: string) => void;
}

export function createRecorder(
  api: Pick<AccountApi, 'addReport'>,
  { now = Date.now, timer = performance, runs, ran }: RecorderOptions = {},
): Recorder {
  let waiting: ReportEntry[] = [];
  let sending: Promise<void> = Promise.resolve();
  let timeout: number | undefined;
  const stack: { widget: string; area: string }[] = [];
  /** What writes a promise down that is still open, and when it came. */
  const open: OpenPromises = new Map();
  // The page's own timers are watched, and a widget may replace them.
  const [later, forget] = [window.setTimeout.bind(window), window.clearTimeout.bind(window)];

  const flush = (): Promise<void> => {
    forget(timeout);
    timeout = undefined;
    const entries = waiting;
    waiting = [];
    for (let from = 0; from < entries.length; from += reportBatch) {
      const batch = entries.slice(from, from + reportBatch);
      sending = sending.then(() => api.addReport(batch)).catch(() => undefined);
    }
    return sending;
  };
  const add = (entry: Entry): void => {
    waiting.push({ ...entry, at: now() });
    timeout ??= later(() => void flush(), pause);
  };

  return {
    loaded(widget, area) {
      add({ kind: 'loaded', widget, area });
    },
    dropped(widget, area, reason, error) {
      add({ kind: 'dropped', widget, area, reason, error: error === undefined ? null : viewError(error) });
    },
    run(widget, area, name, call) {
      runs?.();
      const began = timer.now();
      const write = (returned: string, error: unknown): void => {
        const ms = Math.round((timer.now() - began) * 10) / 10;
        add({
          kind: 'callback',
          widget,
          area,
          name,
          returned,
          ms,
          error: error === undefined ? null : viewError(error),
        });
      };
      stack.push({ widget, area });
      try {
        const returned = call();
        if (isThenable(returned)) watchPromise(returned, write, { open, later, forget });
        else write(describe(returned), undefined);
        return { returned, error: undefined };
      } catch (error) {
        // Outcome and report tell by it that something was thrown.
        const thrown = error ?? new Error(`${String(error)} was thrown`);
        write('', thrown);
        return { returned: undefined, error: thrown };
      } finally {
        stack.pop();
        ran?.(widget);
      }
    },
    note(widget, area, text) {
      add({ kind: 'note', widget, area, text });
    },
    exception(widget, area, error) {
      add({ kind: 'exception', widget, area, error: viewError(error) });
    },
    breach(widget, area, breach, detail) {
      add({ kind: 'breach', widget, area, breach, detail });
    },
    get running() {
      return stack.at(-1);
    },
    isWaiting: (milliseconds) => [...open.values()].some((came) => performance.now() - came < milliseconds),
    flush,
    finish() {
      for (const giveUp of [...open.keys()]) giveUp();
      return flush();
    },
  };
}

/** Whatever was thrown, as text. Never throws itself. */
export function viewError(error: unknown): ErrorView {
  try {
    if (error instanceof Error)
      return { message: `${error.name}: ${error.message}`, stack: error.stack ?? '' };
    return { message: describe(error), stack: '' };
  } catch {
    return { message: 'Something was thrown that cannot be shown.', stack: '' };
  }
}

/** A short text of any value, for a person. */
export function describe(value: unknown): string {
  if (value === undefined) return 'undefined';
  if (typeof value === 'function') return 'function';
  if (typeof value === 'object' && value !== null && 'jquery' in value) return 'jQuery';
  try {
    const text = JSON.stringify(value) as string | undefined;
    if (text === undefined) return typeof value;
    return text.length > 200 ? `${text.slice(0, 199)}…` : text;
  } catch {
    return Object.prototype.toString.call(value);
  }
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    value !== null &&
    (typeof value === 'object' || typeof value === 'function') &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}

function watchPromise(
  promise: PromiseLike<unknown>,
  write: (returned: string, error: unknown) => void,
  {
    open,
    later,
    forget,
  }: { open: OpenPromises; later: typeof window.setTimeout; forget: typeof window.clearTimeout },
): void {
  const began = performance.now();
  let written = false;
  const once = (returned: string, error: unknown): void => {
    if (written) return;
    written = true;
    open.delete(giveUp);
    forget(timeout);
    write(returned, error);
  };
  const giveUp = (): void => {
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    once(`Promise, still open after ${seconds} s`, undefined);
  };
  open.set(giveUp, began);
  const timeout = later(giveUp, patience);
  promise.then(
    (value) => {
      once(`Promise → ${describe(value)}`, undefined);
    },
    (error: unknown) => {
      once('Promise, rejected', error ?? new Error('rejected without a reason'));
    },
  );
}
