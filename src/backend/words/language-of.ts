import type { NoteLanguage, Platform } from '../config.js';

/** ISO 3166 codes of the countries whose accounts are written to in the language. */
const countries: Readonly<Record<Exclude<NoteLanguage, 'en'>, string>> = {
  es: 'AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PR PY SV UY VE',
  pt: 'AO BR CV GW MZ PT ST TL',
  tr: 'TR',
  id: 'ID',
  // Where amoCRM's Russian interface is what companies work with.
  ru: 'AM AZ BY KG KZ MD RU TJ TM UZ',
};

const languageByCountry = new Map(
  Object.entries(countries).flatMap(([language, codes]) =>
    codes.split(' ').map((code) => [code, language as NoteLanguage] as const),
  ),
);

/**
 * The language in which an account's notes are written, and the numbers in its messages.
 *
 * | configured | platform | country               | language        |
 * | ---------- | -------- | --------------------- | --------------- |
 * | yes        | any      | any                   | the configured  |
 * | no         | amoCRM   | any                   | Russian         |
 * | no         | Kommo    | one of the table      | the country's   |
 * | no         | Kommo    | another one, unknown  | English         |
 *
 * An amoCRM account abroad is a Russian-speaking company's as a rule; the API doesn't tell an account's language.
 */
export function languageOf(
  country: string | undefined | null,
  platform: Platform,
  configured: NoteLanguage | undefined,
): NoteLanguage {
  if (configured !== undefined) return configured;
  if (platform === 'amocrm') return 'ru';
  return languageByCountry.get(country?.trim().toUpperCase() ?? '') ?? 'en';
}
