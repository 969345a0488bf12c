import { isLanguage, type Language } from '../../languages.js';

/** The texts of one part of the pages: every key in every language. */
export type Words<Key extends string> = Readonly<Record<Language, Readonly<Record<Key, string>>>>;

/** Gives the text of a key; `{name}` in it is replaced by the value of that name. Not escaped. */
export type Translate<Key extends string> = (
  key: Key,
  values?: Readonly<Record<string, string | number>>,
) => string;

/** The texts of a part in one language; English where the language is none of {@link languages}. */
export function translator<Key extends string>(words: Words<Key>, language: string): Translate<Key> {
  const texts = words[isLanguage(language) ? language : 'en'];
  return (key, values = {}) =>
    texts[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
