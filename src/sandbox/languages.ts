/** Languages of the account's pages: those of Kommo's own interface, and Russian for amoCRM's. */
export const languages = ['en', 'es', 'pt', 'tr', 'id', 'ru'] as const;
export type Language = (typeof languages)[number];

export function isLanguage(code: unknown): code is Language {
  return (languages as readonly unknown[]).includes(code);
}
