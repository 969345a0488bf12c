/**
 * Languages of the account's interface: Kommo's (`platform/widget.md §1.2`, `widget.locale`) and Russian, which
 * amoCRM adds.
 */
export const languages = ['en', 'es', 'pt', 'tr', 'id', 'ru'] as const;
export type Language = (typeof languages)[number];

/** What may stand in `widget.locale` on each platform (`platform/widget.md §1.2`). */
export const languagesOf = {
  kommo: ['en', 'es', 'pt', 'tr', 'id'],
  amocrm: ['ru', 'en', 'es', 'pt'],
} as const satisfies Record<string, readonly Language[]>;

export function isLanguage(code: unknown): code is Language {
  return (languages as readonly unknown[]).includes(code);
}
