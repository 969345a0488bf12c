import { systemNames } from './system-names.js';

/** Whose elements a selector holds for. */
export type Reach =
  /** The widget's alone. */
  | { kind: 'own' }
  /** The platform's, by a name that its pages use. */
  | { kind: 'system'; name: string }
  /** Whatever element fits. */
  | { kind: 'global' };

/** What is known of the widget's own names. */
export interface OwnNames {
  /** The widget's code, or what stands for it; plain ({@link plain}). */
  readonly codes: readonly string[];
}

/**
 * Judges one selector. It is the widget's own when it has the widget's code in a class, an id or an attribute, or names
 * a class that looks like a root of the widget's (it has a `-`, a `_`, a digit or a capital inside), or any id: the documentation tells to
 * begin with `#<widget_code>`, and before its first upload an author does not know the code. Names of the platform's
 * pages are nobody's own (`platform/widget.md §8`, rules 20 and 21).
 */
export function reachOf(selector: string, { codes }: OwnNames): Reach {
  if (/[#.[]/.test(selector)) {
    const text = plain(selector);
    if (codes.some((code) => text.includes(code))) return { kind: 'own' };
  }
  const names = namesIn(selector);
  const own = names.some(
    ({ sign, name }) => !systemNames.has(name) && (sign === '#' || /[-_\d]|[a-z][A-Z]/.test(name)),
  );
  if (own) return { kind: 'own' };
  const system = names.find(({ name }) => systemNames.has(name));
  return system === undefined ? { kind: 'global' } : { kind: 'system', name: system.sign + system.name };
}

/** The classes and ids of a selector; what stands in quotes is a value. */
export function namesIn(selector: string): { sign: string; name: string }[] {
  const text = selector.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '""');
  return [...text.matchAll(/([#.])((?:[\w-]|\\.|[^\0-\x7f])+)/g)].map(([, sign = '', name = '']) => ({
    sign,
    name,
  }));
}

/** Whether a selector is of the page as a whole, as the one for variables: `:root`, `html`, `body`. */
export function isPageWide(selector: string): boolean {
  return /^(?::root|html|body)(?![\w-])[^\s>+~]*$/i.test(selector.trim());
}

/** A code is written with `-` here and with `_` there. */
export function plain(text: string): string {
  return text.toLowerCase().replace(/[-_]/g, '');
}
