/**
 * Tells widgets of something with an event of jQuery's, and goes on when a handler of theirs throws: jQuery passes
 * that to whoever triggers. The exception is written to the report as one that nobody caught.
 */
export function announce($target: JQuery, event: string, args: unknown[] = []): void {
  try {
    $target.trigger(event, args);
  } catch (error) {
    reportError(error);
  }
}
