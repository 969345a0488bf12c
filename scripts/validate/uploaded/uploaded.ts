/** What was uploaded last, as far as it is known. */
export interface Uploaded {
  /** Its `widget.version`; `null` when it had none. */
  readonly version: string | null;
  /** Its `widget.code`, which old widgets have alone (`platform/widget.md §1.2`). */
  readonly code: string | null;
}
