import { lookUp } from '../../words/look-up.js';

/** Texts of a widget (`platform/widget.md §3.2`): empty until `set_lang`, which comes after the constructor. */
export function wordMethods() {
  let words: unknown = {};
  return {
    langs: words,
    set_lang(this: { langs: unknown }, language: unknown) {
      words = language;
      this.langs = language;
    },
    /** A text or branch. What a path that leads nowhere gives is not documented; here undefined. */
    i18n: (path: unknown) => (typeof path === 'string' ? lookUp(words, path) : undefined),
  };
}
