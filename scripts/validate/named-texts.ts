import { isObject } from './json-document.js';
import { collectReferences } from './references.js';
import type { SourceNames } from './source-names.js';
import type { WidgetView } from './view.js';

/** Texts that the platform looks for by itself: `platform/widget.md §1.2`. */
const platformTexts = ['widget.call_action', 'widget.ai_agent_description'];

/**
 * Whether anything may name a text: its last key as a word, a path to it or to a group around it, or the beginning
 * of a key that a script puts together. Rather one text too many counts as named than one too few.
 */
export function textNamer(
  view: WidgetView,
  { words, paths, beginnings }: SourceNames,
): (path: readonly string[]) => boolean {
  const manifest = view.manifest();
  const referred = new Set([
    ...platformTexts,
    ...(manifest === null ? [] : collectReferences(manifest, view.texts()).map(({ key }) => key)),
  ]);
  return (path) => {
    const last = path.at(-1) ?? '';
    if (!/^[\w-]+$/.test(last) || words.has(last) || referred.has(path.join('.'))) return true;
    if (beginnings.some((beginning) => last.startsWith(beginning))) return true;
    return path.some((_key, index) => {
      const group = path.slice(0, index + 1).join('.');
      return paths.has(group) || paths.has(`${group}.`);
    });
  };
}

/** The topmost groups and texts of which nothing is named. */
export function unnamed(
  value: unknown,
  isNamed: (path: readonly string[]) => boolean,
  path: readonly string[] = [],
): (readonly string[])[] {
  if (typeof value === 'string') return isNamed(path) ? [] : [path];
  if (!isObject(value)) return [];
  const inner = Object.entries(value).map(([key, item]) => ({
    path: [...path, key],
    found: unnamed(item, isNamed, [...path, key]),
  }));
  const isWhole =
    path.length > 0 &&
    inner.length > 0 &&
    inner.every(({ path: own, found }) => found.length === 1 && found[0]?.length === own.length);
  return isWhole ? [path] : inner.flatMap(({ found }) => found);
}
