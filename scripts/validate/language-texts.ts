import { copiedFrom } from './copied-texts.js';
import { isObject } from './json-document.js';
import { type Language, readableLanguages } from './references.js';
import type { Problem } from './rule.js';
import type { WidgetView } from './view.js';

/** A text of a language file. */
export interface LanguageText {
  /** The keys that lead to it. */
  path: readonly string[];
  text: string;
}

/** A language with all its texts, by {@link textId}. */
export interface LanguageTexts extends Language {
  texts: ReadonlyMap<string, LanguageText>;
}

/** The texts of every language of the manifest that can be read, in that order. */
export function collectTexts(view: WidgetView): LanguageTexts[] {
  return readableLanguages(view).map((language) => {
    const texts = new Map<string, LanguageText>();
    gather(language.document.value, [], texts);
    return { ...language, texts };
  });
}

/** Tells paths apart even where keys have dots in them. */
export function textId(path: readonly string[]): string {
  return path.join('\0');
}

/** What a text is called in messages. */
export function textName({ path }: LanguageText): string {
  return path.join('.');
}

/** The language that the others are translations of: English where there is English, otherwise the first. */
export function referenceLanguage(languages: readonly LanguageTexts[]): LanguageTexts | undefined {
  return languages.find(({ code }) => code === 'en') ?? languages[0];
}

/** Texts that the manifest shows as the name, the description and so on, in every language. */
export function presentedTexts(
  view: WidgetView,
  keys: readonly ('name' | 'short_description' | 'description')[],
): { language: LanguageTexts; text: LanguageText }[] {
  const manifest = view.manifest();
  if (manifest === null) return [];
  const paths = keys
    .map((key) => manifest.get(['widget', key]))
    .flatMap((reference) => (typeof reference === 'string' ? [reference.split('.')] : []));
  return view.texts().flatMap((language) =>
    paths.flatMap((path) => {
      const text = language.texts.get(textId(path));
      return text === undefined ? [] : [{ language, text }];
    }),
  );
}

/** A problem with a text, at its place. */
export function atText(
  { document }: Language,
  { path }: LanguageText,
  what: Pick<Problem, 'message' | 'expected' | 'found'>,
): Problem {
  return { ...what, ...document.spot([...path]) };
}

/** The text as it is read: without tags. */
export function visibleText(text: string): string {
  return text
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * The words of a text that a translator would translate: without tags, addresses and placeholders. A text that
 * consists of names alone, such as `WhatsApp Business API`, has none.
 */
export function translatableWords(text: string): string[] {
  // Word by word: one expression over the whole text would take quadratic time on a text without spaces.
  const plain = visibleText(text)
    .split(' ')
    .filter((word) => !/[@#{}%]|:\/\/|\w\.\w/.test(word))
    .join(' ');
  const words = plain.match(/\p{L}{2,}/gu) ?? [];
  return words.slice(1).some((word) => /^\p{Ll}/u.test(word)) ? words : [];
}

function gather(value: unknown, path: readonly string[], texts: Map<string, LanguageText>): void {
  // What waits for its translation is told of once, as that.
  if (typeof value === 'string' && copiedFrom(value) === null) texts.set(textId(path), { path, text: value });
  else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) gather(inner, [...path, key], texts);
  }
}
