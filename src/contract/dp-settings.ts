/** The fields of `dp.settings` in the manifest, by the names under which the platform stores and sends them. */
export const dpFields = { message: 'message', onlyMain: 'only_main' } as const;

/** What the platform stores for one trigger and sends with its hook: every value is a string. */
export interface DpSettings {
  /** The message with its macros as written; line breaks are `\n`. */
  message: string;
  /** {@link onlyMainChecked} to write to the main contact alone, empty to write to every contact. */
  only_main: string;
}

/** The value of `only_main` while the box is checked; without the check mark the value is empty. */
export const onlyMainChecked = '1';

const uncheckedSpellings = ['', '0', 'off', 'false', 'n', 'no'];

/**
 * Whether a stored `only_main` means "checked". Widgets and platform versions have stored a check mark as
 * `1`, `on` and `true` (`platform/widget.md §5.3`), so everything but the spellings of "no" counts.
 */
export function isOnlyMain(value: unknown): boolean {
  if (typeof value === 'string') return !uncheckedSpellings.includes(value.trim().toLowerCase());
  return value === true || value === 1;
}
