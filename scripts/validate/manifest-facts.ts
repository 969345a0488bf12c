import type { JSONPath } from 'jsonc-parser';
import { type ParsedLocation, parseLocation } from '../../src/kommo/locations.js';
import { isObject, type JsonDocument, property } from './json-document.js';
import type { Target } from './situation.js';

export interface LocationEntry {
  text: string;
  path: JSONPath;
  /** `null` when no location has that code. */
  parsed: ParsedLocation | null;
}

/** The texts in `locations`, in their order. */
export function locationEntries(manifest: JsonDocument): LocationEntry[] {
  return textItems(manifest, ['locations']).map(({ text, path }) => ({
    text,
    path,
    parsed: parseLocation(text),
  }));
}

/** Whether a location is listed, with whatever suffix. */
export function listsLocation(manifest: JsonDocument, ...codes: readonly string[]): boolean {
  return locationEntries(manifest).some(({ parsed }) => parsed !== null && codes.includes(parsed.code));
}

/** The language codes of `widget.locale`, each once. */
export function localeEntries(manifest: JsonDocument): { text: string; path: JSONPath }[] {
  const seen = new Set<string>();
  return textItems(manifest, ['widget', 'locale']).filter(
    ({ text }) => text !== '' && !seen.has(text) && seen.add(text),
  );
}

/**
 * The platform that the widget speaks the languages of (`platform/widget.md §1.2`): Russian is amoCRM's alone, Turkish
 * and Indonesian are Kommo's. Kommo where that does not tell.
 */
export function targetOf(manifest: JsonDocument | null): Target {
  const locales = manifest === null ? [] : localeEntries(manifest).map(({ text }) => text);
  const isKommo = locales.includes('tr') || locales.includes('id');
  return locales.includes('ru') && !isKommo ? 'amocrm' : 'kommo';
}

/** Whether a path leads to the one empty way to the support beside another that is filled in. */
export function isEmptySupport(manifest: JsonDocument, path: JSONPath): boolean {
  const [block, support, way, ...more] = path;
  if (block !== 'widget' || support !== 'support' || more.length > 0) return false;
  if (way !== 'link' && way !== 'email') return false;
  const other = manifest.get(['widget', 'support', way === 'link' ? 'email' : 'link']);
  return manifest.get(path) === '' && typeof other === 'string' && other !== '';
}

/** Every place in the manifest that a pattern matches; `*` stands for any key, or any index of a list. */
export function matchPaths(manifest: JsonDocument, pattern: string): JSONPath[] {
  let paths: JSONPath[] = [[]];
  for (const step of pattern.split('.')) {
    paths = paths.flatMap((path) => {
      const value = manifest.get(path);
      if (step !== '*') return property(value, step) === undefined ? [] : [[...path, step]];
      if (Array.isArray(value)) return value.map((_item, index) => [...path, index]);
      return isObject(value) ? Object.keys(value).map((key) => [...path, key]) : [];
    });
  }
  return paths;
}

function textItems(manifest: JsonDocument, path: JSONPath): { text: string; path: JSONPath }[] {
  const value = manifest.get(path);
  if (!Array.isArray(value)) return [];
  return value.flatMap((item, index) =>
    typeof item === 'string' ? [{ text: item, path: [...path, index] }] : [],
  );
}
