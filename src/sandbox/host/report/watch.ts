/** Watches what widgets do to the page that the platform's moderation refuses (`platform/widget.md §8`, `§10`, 8). */
export interface PageWatch {
  /** A widget is about to be loaded. */
  started(code: string, area: string): void;
  /** Its `destroy` has run: what is still there was left behind. */
  destroyed(code: string, area: string): void;
}

export function watchPage(): PageWatch {
  return { started: () => undefined, destroyed: () => undefined };
}
