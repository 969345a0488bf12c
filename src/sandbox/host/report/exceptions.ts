import { widgetOf } from './who.js';
import type { Recorder } from './recorder.js';

/** Writes down what nobody caught: in event handlers, timers and promises. */
export function catchExceptions(recorder: Recorder, area: () => string): void {
  window.addEventListener('error', ({ error, message, filename }) => {
    // A picture or script that cannot be loaded is no exception, and has neither.
    if (error === null && message === '') return;
    recorder.exception(widgetOf(stackOf(error) || filename), area(), error ?? message);
  });
  window.addEventListener('unhandledrejection', ({ reason }) => {
    recorder.exception(widgetOf(stackOf(reason)), area(), reason);
  });
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? '') : '';
}
