import type { ErrorView, ReportEntry } from '../../src/sandbox/index.js';

/** What `--format json` prints: `{ widgets: WidgetResult[] }`. */
export interface WidgetResult {
  /** As it was given on the command line. */
  path: string;
  /** Its code in the account; empty when the account refused it. */
  code: string;
  /** Whether it was started at least once. */
  loaded: boolean;
  areas: AreaResult[];
  /** Exceptions, and why it was dropped or refused: a sentence each. Any of them fails the run. */
  errors: string[];
  /** What a person would want to know beside that; nothing of it fails the run. */
  notes: string[];
}

export interface AreaResult {
  /** As `APP.getWidgetsArea()` gives it, or the loader's own name such as `widgetsSettings:<code>`. */
  area: string;
  callbacks: CallbackResult[];
  /** What moderation refuses, a sentence each. */
  breaches: string[];
}

export interface CallbackResult {
  name: string;
  /** A short text of what it returned. */
  returned: string;
  ms: number;
  /** Name, message and stack of what it threw or was rejected with. */
  error: string | null;
}

/** Puts what the sandbox has written down about one widget into the order of its areas. */
export function resultOf(
  { path, code }: Pick<WidgetResult, 'path' | 'code'>,
  entries: readonly ReportEntry[],
  notes: readonly string[],
): WidgetResult {
  const areas = new Map<string, AreaResult>();
  const errors: string[] = [];
  const noted: string[] = [];
  let loaded = false;
  for (const entry of entries) {
    // With one widget in the account, what nobody else claims is its own.
    if (entry.widget !== code && entry.widget !== null) continue;
    const area = areas.get(entry.area) ?? { area: entry.area, callbacks: [], breaches: [] };
    areas.set(entry.area, area);
    switch (entry.kind) {
      case 'loaded':
        loaded = true;
        break;
      case 'dropped':
        errors.push(`${entry.area}: not started. ${[entry.reason, ...causeOf(entry.error)].join(' ')}`);
        break;
      case 'callback':
        area.callbacks.push({
          name: entry.name,
          returned: entry.returned,
          ms: entry.ms,
          error: entry.error === null ? null : stackOf(entry.error),
        });
        // A rejection of onSave is an answer: the settings are not complete.
        if (entry.error !== null && !(entry.name === 'onSave' && entry.returned !== '')) {
          errors.push(`${entry.area}: ${entry.name} threw ${thrown(entry.error)}`);
        }
        break;
      case 'note':
        noted.push(`${entry.area}: ${entry.text}`);
        break;
      case 'exception':
        errors.push(`${entry.area}: nobody caught ${thrown(entry.error)}`);
        break;
      case 'breach':
        area.breaches.push(`${entry.breach}: ${entry.detail}`);
        break;
    }
  }
  return {
    path,
    code,
    loaded,
    areas: [...areas.values()],
    errors: [...new Set(errors)],
    notes: [...new Set([...notes, ...noted])],
  };
}

/** What the reason does not say yet: RequireJS's own errors are in it, in better words. */
function causeOf(error: ErrorView | null): string[] {
  return error === null || /\nhttps?:\/\/requirejs\.org\//.test(error.message) ? [] : [thrown(error)];
}

/** What was thrown in one line, with the file and line of the widget where that is known. */
function thrown({ message, stack }: ErrorView): string {
  const text = message.replace(/\s*\n\s*/g, ' ');
  const [, file, line] = /\/upl\/[^/]+\/widget\/([^?:\s]+)(?:\?[^:\s]*)?:(\d+):\d+/.exec(stack) ?? [];
  return file === undefined ? text : `${text} (${file}:${line ?? ''})`;
}

function stackOf({ message, stack }: ErrorView): string {
  return stack.includes(message) || stack === '' ? stack || message : `${message}\n${stack}`;
}
