import type { WidgetView } from './view.js';

/** More text than any widget has; beyond it looking for names would only cost time. */
const maxCharacters = 16 * 1024 * 1024;

/** What scripts, templates and stylesheets name, as far as it may be a text or a file of the widget. */
export interface SourceNames {
  /** Every word, such as the members in `langs.errors.offline`; words with hyphens as a whole and in parts. */
  words: ReadonlySet<string>;
  /** Every text in quotes that may be a path or its beginning, such as `errors`, `errors.` or `images/`. */
  paths: ReadonlySet<string>;
  /** Beginnings of names that a script puts together, such as `state_`. */
  beginnings: readonly string[];
}

/**
 * Reads the names out of the archive's own sources. `null` when they don't tell: there is no script, it loads
 * another one from a server, or there is more of it than a widget has.
 */
export function readSourceNames(view: WidgetView): SourceNames | null {
  const verdict = view.script()?.kind;
  if (verdict === undefined || verdict === 'remote') return null;
  const texts = [...view.otherTexts()].flatMap(([name, { text }]) =>
    text !== null && /\.(?:m?js|html?|twig|json|css)$/i.test(name) ? [text] : [],
  );
  if (texts.reduce((sum, { length }) => sum + length, 0) > maxCharacters) return null;
  const words = new Set<string>();
  const paths = new Set<string>();
  for (const text of texts) {
    for (const word of text.match(/[\w-]+/g) ?? []) {
      words.add(word);
      if (word.includes('-')) for (const part of word.split('-')) words.add(part);
    }
    for (const [, path = ''] of text.matchAll(/["'`]([\w./-]+)(?=["'`]|\$\{)/g)) paths.add(path);
    // A group that a script takes as `langs.errors` is named as a whole: what follows may be worked out.
    for (const [, group = ''] of text.matchAll(/\b(?:langs?|i18n)\.(\w+)/g)) paths.add(group);
  }
  const beginnings = [...paths].flatMap((path) => /(?:^|[./])(\w+[_-])$/.exec(path)?.[1] ?? []);
  return { words, paths, beginnings: [...new Set(beginnings)] };
}
