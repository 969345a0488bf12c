import { isObject } from './json-document.js';
import { collectReferences } from './references.js';
import type { WidgetView } from './view.js';

/** Texts that the platform looks for by itself: `platform/widget.md §1.2`. */
const platformTexts = ['widget.call_action', 'widget.ai_agent_description'];

/** What scripts, templates and the manifest name, as far as it may be a key of the language files. */
interface Names {
  /** Every word, such as the members in `langs.errors.offline`. */
  words: ReadonlySet<string>;
  /** Every text in quotes that may be a path or its beginning, such as `errors` or `errors.`. */
  paths: ReadonlySet<string>;
  /** Beginnings of keys that a script puts together, such as `state_`. */
  beginnings: readonly string[];
}

/**
 * Whether anything may name a text: its last key as a word, a path to it or to a group around it, or the beginning
 * of a key that a script puts together. Rather one text too many counts as named than one too few.
 */
export function textNamer(view: WidgetView): (path: readonly string[]) => boolean {
  const { words, paths, beginnings } = namesIn(view);
  const manifest = view.manifest();
  const referred = new Set([
    ...platformTexts,
    ...(manifest === null ? [] : collectReferences(manifest, view.texts()).map(({ key }) => key)),
  ]);
  return (path) => {
    const last = path.at(-1) ?? '';
    if (!/^\w+$/.test(last) || words.has(last) || referred.has(path.join('.'))) return true;
    if (beginnings.some((beginning) => last.startsWith(beginning))) return true;
    return path.some((_key, index) => {
      const group = path.slice(0, index + 1).join('.');
      return paths.has(group) || paths.has(`${group}.`);
    });
  };
}

function namesIn(view: WidgetView): Names {
  const words = new Set<string>();
  const paths = new Set<string>();
  const beginnings = new Set<string>();
  for (const [name, { text }] of view.otherTexts()) {
    if (text === null || !/\.(?:m?js|html?|twig|json)$/i.test(name)) continue;
    for (const [word] of text.matchAll(/\w+/g)) words.add(word);
    for (const [, path = ''] of text.matchAll(/["'`]([\w-]+(?:\.[\w-]+)*\.?)(?=["'`]|\$\{)/g)) {
      paths.add(path);
      const beginning = path.split('.').at(-1) ?? '';
      if (/^\w{2,}[_-]$/.test(beginning)) beginnings.add(beginning);
    }
  }
  for (const member of ['langs', 'lang', 'i18n']) {
    // A group that a script takes as `langs.errors` is named as a whole: what follows may be worked out.
    addMembers(view, member, paths);
  }
  return { words, paths, beginnings: [...beginnings] };
}

function addMembers(view: WidgetView, member: string, paths: Set<string>): void {
  const pattern = new RegExp(`\\b${member}\\.(\\w+)`, 'g');
  for (const [, { text }] of view.otherTexts()) {
    for (const [, group = ''] of (text ?? '').matchAll(pattern)) paths.add(group);
  }
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
    item,
    found: unnamed(item, isNamed, [...path, key]),
  }));
  const isWhole =
    path.length > 0 &&
    inner.length > 0 &&
    inner.every(({ path: own, found }) => found.length === 1 && found[0]?.length === own.length);
  return isWhole ? [path] : inner.flatMap(({ found }) => found);
}
