import type { JSONPath } from 'jsonc-parser';
import { isObject, type JsonDocument } from './json-document.js';
import { locationEntries, localeEntries, matchPaths } from './manifest-facts.js';
import type { WidgetView } from './view.js';

/** A text of the manifest that stands in the language files. */
export interface Reference {
  /** Where the manifest refers to it. */
  path: JSONPath;
  /** Keys joined by dots. */
  key: string;
  /** The manifest doesn't spell the key out: the platform looks for it by itself. */
  implied: boolean;
}

/** A language of the manifest whose file can be read and is an object. */
export interface Language {
  code: string;
  document: JsonDocument;
}

const patterns = [
  'widget.name',
  'widget.description',
  'widget.short_description',
  'tour.tour_description',
  'settings.*.name',
  'dp.title',
  'dp.settings.*.name',
  'advanced.title',
  'salesbot_designer.*.name',
  'salesbot_designer.*.settings.*.name',
  'left_menu.*.title',
  'left_menu.*.submenu.*.title',
  'amoforms_settings.title',
  'amoforms_settings.error_text',
];

/** The description of the widget for the AI agent: `platform/widget.md §1.9 M14`. */
export const agentDescription = 'widget.ai_agent_description';

/**
 * Every reference of the manifest. The default value of a Salesbot field may be a text as well: it counts as a
 * reference when it begins like one that the language files have.
 */
export function collectReferences(manifest: JsonDocument, languages: readonly Language[]): Reference[] {
  const spelled = patterns.flatMap((pattern) => textsAt(manifest, pattern));
  const defaults = textsAt(manifest, 'salesbot_designer.*.settings.*.default_value').filter(
    ({ key }) =>
      isReferenceLike(key) && languages.some(({ document }) => isObject(document.get(firstStep(key)))),
  );
  const agent = locationEntries(manifest)
    .filter(({ parsed }) => parsed?.code === 'ai_agent')
    .map(({ path }) => ({ path, key: agentDescription, implied: true }));
  return [...spelled, ...defaults, ...agent.slice(0, 1)];
}

/** The languages of `widget.locale` that can be read, in that order. */
export function readableLanguages(view: WidgetView): Language[] {
  const manifest = view.manifest();
  if (manifest === null) return [];
  return localeEntries(manifest).flatMap(({ text: code }) => {
    const document = view.languages().get(code);
    return document !== undefined && isObject(document.value) ? [{ code, document }] : [];
  });
}

/** Keys joined by dots, at least two of them. */
export function isReferenceLike(text: string): boolean {
  return /^[\w-]+(?:\.[\w-]+)+$/.test(text);
}

export function keyPath(key: string): string[] {
  return key.split('.');
}

function firstStep(key: string): string[] {
  return keyPath(key).slice(0, 1);
}

function textsAt(manifest: JsonDocument, pattern: string): Reference[] {
  return matchPaths(manifest, pattern).flatMap((path) => {
    const key = manifest.get(path);
    return typeof key === 'string' && key !== '' ? [{ path, key, implied: false }] : [];
  });
}
