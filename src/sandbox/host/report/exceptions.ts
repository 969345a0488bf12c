import { widgetOf } from './who.js';
import type { Recorder } from './recorder.js';

/** Writes down what nobody caught: in event handlers, timers and promises. */
export function catchExceptions(recorder: Recorder, area: () => string): void {
  window.addEventListener('error', ({ error, message, filename, lineno, colno }) => {
    // A picture or script that cannot be loaded is no exception, and has neither.
    if (error === null && message === '') return;
    // Of a script that does not parse the stack says nothing, but the event does.
    if (error instanceof SyntaxError && filename !== '') {
      error.stack = `${stackOf(error)}\n    at ${filename}:${lineno}:${colno}`;
    }
    recorder.exception(widgetOf(stackOf(error) || filename), area(), error ?? message);
  });
  window.addEventListener('unhandledrejection', ({ reason }) => {
    recorder.exception(widgetOf(stackOf(reason)), area(), reason);
  });
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? '') : '';
}
