/**
 * The mark of a text that `--fix` has copied from another language because it was missing: it stands before the text
 * until somebody has translated it, for people and for `i18n/copied-text` to find.
 */
export function markCopied(text: string, language: string): string {
  return `[translate from ${language}] ${text}`;
}

/** The language that a text was copied from; `null` for a text without the mark. */
export function copiedFrom(text: string): string | null {
  return /^\[translate from ([^\]\s]+)\] /.exec(text)?.[1] ?? null;
}
