/**
 * Languages of the account's interface: Kommo's (`platform/widget.md §1.2`, `widget.locale`) and Russian, which
 * amoCRM adds.
 */
export const languages = ['en', 'es', 'pt', 'tr', 'id', 'ru'] as const;
export type Language = (typeof languages)[number];

export function isLanguage(code: unknown): code is Language {
  return (languages as readonly unknown[]).includes(code);
}
