import type English from '../../i18n/en.json';
import type { WidgetInstance } from '../kommo/widget.js';

/** Every dotted path of the language files that leads to a text, e.g. `dp.preview.title`. */
export type WordKey = Leaves<typeof English>;

type Leaves<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Key : `${Key}.${Leaves<Tree[Key]>}`;
}[keyof Tree & string];

/** The widget's texts in the user's language. */
export type Words = (key: WordKey, values?: Record<string, string>) => string;

/**
 * Reads texts lazily, because the platform fills `langs` only after the constructor (`platform/widget.md §4.2`).
 * `{name}` in a text is replaced by `values.name`. A text that is missing shows as its key: a gap in a
 * language file is never worth a broken page.
 */
export function createWords(widget: Pick<WidgetInstance, 'i18n'>): Words {
  return (key, values = {}) => {
    const text = lookUp(widget, key);
    if (typeof text !== 'string') return key;
    const given = new Map(Object.entries(values));
    return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => given.get(name) ?? placeholder);
  };
}

/** What `i18n` does with a path that isn't there is not documented: it may throw. */
function lookUp(widget: Pick<WidgetInstance, 'i18n'>, key: string): unknown {
  try {
    return widget.i18n(key);
  } catch {
    return undefined;
  }
}
