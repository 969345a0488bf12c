import type { Recorder } from './recorder.js';

/** Writes down what nobody caught: in event handlers, timers and promises. */
export function catchExceptions(recorder: Recorder, area: () => string): void {
  window.addEventListener('error', ({ error, message, filename }) => {
    // A picture or script that cannot be loaded is no exception, and has neither.
    if (error === null && message === '') return;
    recorder.exception(ownerOf(stackOf(error) || filename), area(), error ?? message);
  });
  window.addEventListener('unhandledrejection', ({ reason }) => {
    recorder.exception(ownerOf(stackOf(reason)), area(), reason);
  });
}

/** Code of the widget whose file is the first in a stack or address, or null. */
export function ownerOf(stack: string): string | null {
  return /\/upl\/([^/]+)\/widget\//.exec(stack)?.[1] ?? null;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? '') : '';
}
