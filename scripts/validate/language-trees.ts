import { isObject, property } from './json-document.js';
import { collectReferences, type Language, readableLanguages } from './references.js';
import type { Problem } from './rule.js';
import type { WidgetView } from './view.js';
import { count, quote } from './words.js';

/** One key of the language files that not all have, or not as the same kind of value. */
export interface TreeDifference {
  readonly about: 'missing' | 'extra' | 'kind';
  /** How many languages it is to be said of: with many languages there are millions. */
  readonly count: number;
  readonly languages: () => Iterable<Language>;
  readonly describe: (language: Language) => Problem;
}

/** In which keys the languages of the manifest differ. */
export function compareTrees(view: WidgetView): TreeDifference[] {
  const manifest = view.manifest();
  const languages = readableLanguages(view);
  if (manifest === null || languages.length < 2) return [];
  const referred = new Set(collectReferences(manifest, languages).flatMap(({ key }) => withAncestors(key)));
  return compare(languages, [], referred);
}

/**
 * Compares what the languages have below one path. Whose fault a difference is:
 *
 * | the first language | the manifest refers to it | finding                            |
 * | ------------------ | ------------------------- | ---------------------------------- |
 * | has the key        | either                    | missing, in each that lacks it     |
 * | lacks the key      | yes                       | missing, in each that lacks it     |
 * | lacks the key      | no                        | extra, in each that has it         |
 */
function compare(
  languages: readonly Language[],
  path: string[],
  referred: ReadonlySet<string>,
): TreeDifference[] {
  return [...languagesByKey(languages, path)].flatMap(([key, having]): TreeDifference[] => {
    const [first] = having;
    if (first === undefined) return [];
    const inner = [...path, key];
    const isOurs = first === languages[0] || referred.has(inner.join('.'));
    const expected = kindAt(first, inner);
    const kinds = having.filter((other) => kindAt(other, inner) !== expected);
    const groups = having.filter(({ document }) => isObject(document.get(inner)));
    return [
      ...(having.length === languages.length ? [] : [gaps(languages, having, inner, isOurs)]),
      ...(kinds.length === 0 ? [] : [otherKinds(kinds, first, inner)]),
      ...(groups.length > 1 ? compare(groups, inner, referred) : []),
    ];
  });
}

/** Which languages have each key below a path, in the order of the languages. */
function languagesByKey(languages: readonly Language[], path: string[]): Map<string, Language[]> {
  const having = new Map<string, Language[]>();
  for (const language of languages) {
    for (const key of Object.keys(language.document.get(path) as object)) {
      const known = having.get(key);
      if (known === undefined) having.set(key, [language]);
      else known.push(language);
    }
  }
  return having;
}

function gaps(
  languages: readonly Language[],
  having: readonly Language[],
  path: string[],
  isOurs: boolean,
): TreeDifference {
  if (!isOurs) {
    return {
      about: 'extra',
      count: having.length,
      languages: () => having,
      describe: (language) => extra(language, languages[0], path),
    };
  }
  const [first] = having;
  return {
    about: 'missing',
    count: languages.length - having.length,
    languages: () => languages.filter((language) => !having.includes(language)),
    describe: (language) => missing(language, first, path),
  };
}

function otherKinds(kinds: readonly Language[], first: Language, path: string[]): TreeDifference {
  return {
    about: 'kind',
    count: kinds.length,
    languages: () => kinds,
    describe: (language) => otherKind(language, first, path),
  };
}

function missing({ document }: Language, first: Language | undefined, path: string[]): Problem {
  const texts = countTexts(first?.document.get(path));
  const much = texts > 1 ? ` with its ${count(texts, 'text')}` : '';
  return {
    message: `${quote(path.join('.'))}${much} is missing; ${first?.document.file ?? 'another file'} has it.`,
    ...document.keySpot(path.slice(0, -1)),
    expected: quote(path.join('.')),
    found: 'no such key',
  };
}

function extra({ document }: Language, first: Language | undefined, path: string[]): Problem {
  return {
    message: `${first?.document.file ?? 'The first language'} has no ${quote(path.join('.'))}: add it there or take it out here.`,
    ...document.keySpot(path),
    expected: 'the keys of the first language',
    found: quote(path.join('.')),
  };
}

function otherKind(other: Language, first: Language, path: string[]): Problem {
  const expected = kindAt(first, path);
  return {
    message: `${quote(path.join('.'))} is ${kindAt(other, path)} here and ${expected} in ${first.document.file}.`,
    ...other.document.spot(path),
    expected,
    found: kindAt(other, path),
  };
}

function kindAt({ document }: Language, path: string[]): string {
  const value = document.get(path);
  if (typeof value === 'string') return 'a text';
  if (isObject(value)) return 'a group of texts';
  return Array.isArray(value) ? 'a list' : 'a plain value';
}

function countTexts(value: unknown): number {
  if (!isObject(value)) return 1;
  return Object.keys(value).reduce((sum, key) => sum + countTexts(property(value, key)), 0);
}

function withAncestors(key: string): string[] {
  const steps = key.split('.');
  return steps.map((_step, index) => steps.slice(0, index + 1).join('.'));
}
