import { applyEdits, type JSONPath, modify } from 'jsonc-parser';
import { languagesOf } from '../../src/kommo/languages.js';
import { locationCodes, locations, parseLocation } from '../../src/kommo/locations.js';
import { type JsonObject, localeOf, readObject } from './manifest.js';

/** The platforms with one widget SDK. */
export type Platform = keyof typeof languagesOf;

/**
 * The manifest of another platform than the source's: its languages, as far as the sources have them, their pictures of
 * the tour, and its locations with their blocks (`platform/widget.md §1.2`, `§1.3`, `§1.9 M21`). `names` are the files
 * of the sources by their paths in the archive. A manifest that can't be read is passed on as it is.
 */
export function manifestFor(platform: Platform, bytes: Buffer, names: Iterable<string>): Buffer {
  const source = bytes.toString('utf8');
  const manifest = readObject(source);
  if (manifest === undefined) return bytes;
  let text = source;
  const set = (path: JSONPath, value: unknown): void => {
    text = applyEdits(
      text,
      modify(text, path, value, { formattingOptions: { insertSpaces: true, tabSize: 2 } }),
    );
  };

  const files = [...names];
  const locale = localeOf(manifest);
  if (Array.isArray(locale)) {
    const languages = chooseLanguages(platform, locale, files);
    if (!sameItems(locale, languages)) set(['widget', 'locale'], languages);
    const pictures = tourImages(manifest);
    if (pictures !== undefined) {
      const chosen = languages.flatMap((language) => {
        const own = pictures[language] ?? picturesIn(language, files);
        return Array.isArray(own) && own.length === 0 ? [] : [[language, own] as const];
      });
      if (
        !sameItems(
          Object.keys(pictures),
          chosen.map(([language]) => language),
        )
      )
        set(['tour', 'tour_images'], Object.fromEntries(chosen));
    }
  }

  const listed = manifest['locations'];
  if (Array.isArray(listed)) {
    const kept = (listed as unknown[]).filter((entry) => typeof entry !== 'string' || isOn(platform, entry));
    if (kept.length < listed.length) set(['locations'], kept);
  }
  for (const block of foreignBlocks(platform)) if (block in manifest) set([block], undefined);
  return text === source ? bytes : Buffer.from(text, 'utf8');
}

/** Those of the source, without the other platform's, and with those that only this platform has and the sources know. */
function chooseLanguages(platform: Platform, listed: readonly unknown[], files: readonly string[]): string[] {
  const other = languagesOf[platform === 'kommo' ? 'amocrm' : 'kommo'];
  const own: readonly string[] = languagesOf[platform];
  const added = own.filter(
    (language) =>
      !(other as readonly string[]).includes(language) &&
      !listed.includes(language) &&
      files.includes(`i18n/${language}.json`),
  );
  return [
    ...listed.filter((language) => typeof language === 'string' && own.includes(language)),
    ...added,
  ] as string[];
}

function tourImages(manifest: JsonObject): JsonObject | undefined {
  const tour = manifest['tour'] as JsonObject | null | undefined;
  const images = typeof tour === 'object' && tour !== null ? tour['tour_images'] : undefined;
  return typeof images === 'object' && images !== null && !Array.isArray(images)
    ? (images as JsonObject)
    : undefined;
}

/** At most five, which is what the platform shows (`platform/widget.md §2.2`). */
function picturesIn(language: string, files: readonly string[]): string[] {
  return files
    .filter((file) => file.startsWith(`images/tour/${language}/`))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .slice(0, 5)
    .map((file) => `/${file}`);
}

/** What nobody knows is left to the validator. */
function isOn(platform: Platform, entry: string): boolean {
  const parsed = parseLocation(entry);
  return parsed === null || documents(platform, parsed.code);
}

function documents(platform: Platform, code: (typeof locationCodes)[number]): boolean {
  const { kommo, amo } = locations[code].documentedBy;
  return platform === 'kommo' ? kommo : amo;
}

/** The blocks of locations that only the other platform has. */
function foreignBlocks(platform: Platform): string[] {
  return locationCodes.flatMap((code) => {
    const { block } = locations[code];
    return block === null || documents(platform, code) ? [] : [block];
  });
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
