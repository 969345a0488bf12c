/** Who acts: a widget by its code, the host itself, or nobody that a stack tells of (a library, the browser). */
export type Actor = { readonly widget: string } | 'host' | undefined;

/** A function that runs: the stack is read from its caller on. */
export type Frame = (...args: never[]) => unknown;

/** Frames that are looked through: jQuery and React lay many between a widget and the page. */
const depth = 60;

/**
 * Reads from the stack whose code runs now: the innermost frame that is a widget's file or the host's decides,
 * so that a window that the host closes for a widget counts as closed by the host.
 *
 * @param below The function that asks: frames above it, and its own, are left out.
 */
export function whoActs(below: Frame): Actor {
  const frame = stackBelow(below)
    .split('\n')
    .find((line) => line.includes('/sandbox/host.js') || widgetOf(line) !== null);
  if (frame === undefined) return undefined;
  const widget = widgetOf(frame);
  return widget === null ? 'host' : { widget };
}

/** Code of the widget whose file is the innermost in the stack, whatever the host does in between. */
export function widgetInStack(below: Frame): string | null {
  return widgetOf(stackBelow(below));
}

/** Code of the widget whose file is the first in a stack or address, or null. */
export function widgetOf(stack: string): string | null {
  return /\/upl\/([^/]+)\/widget\//.exec(stack)?.[1] ?? null;
}

/** The stack as text; empty where the browser has none. A widget may have changed how stacks are prepared. */
function stackBelow(below: Frame): string {
  const holder: { stack?: unknown } = {};
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = depth;
  try {
    // A property and not a method of every browser.
    (Error as { captureStackTrace?: typeof Error.captureStackTrace }).captureStackTrace?.(holder, below);
    return typeof holder.stack === 'string' ? holder.stack : '';
  } catch {
    return '';
  } finally {
    Error.stackTraceLimit = before;
  }
}
