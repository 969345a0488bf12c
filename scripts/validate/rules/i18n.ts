import { isObject, property } from '../json-document.js';
import { localeEntries } from '../manifest-facts.js';
import { collectReferences, type Language, readableLanguages } from '../references.js';
import { describeShown, type Problem, type Rule } from '../rule.js';
import type { WidgetView } from '../view.js';
import { count, describeValue, list, quote } from '../words.js';
import { onManifest } from './manifest.js';

/** The language files beside each other: `platform/widget.md §1.9 M4`. */
export const i18nRules: readonly Rule[] = [
  {
    code: 'i18n/missing-file',
    severity: 'error',
    title: 'Every language of the manifest has its file.',
    help: 'The platform loads i18n/<code>.json of the user’s language. Without the file users of this language see no texts at all. The name is in lower case.',
    source: 'platform/widget.md §1.9 M4',
    check: (view) =>
      onManifest((manifest) =>
        localeEntries(manifest)
          .filter(({ text }) => !view.names.has(`i18n/${text}.json`))
          .map(({ text, path }) => {
            const file = `i18n/${text}.json`;
            const similar = [...view.names].find((name) => name.toLowerCase() === file.toLowerCase()) ?? null;
            const hint = similar === null ? '' : ` Is it ${similar}? Rename it.`;
            const message = `The language ${quote(text)} has no file ${file}.${hint}`;
            return { message, ...manifest.spot(path), expected: file, found: similar ?? 'no such file' };
          }),
      )(view),
  },
  {
    code: 'i18n/unlisted-file',
    severity: { private: 'warning', public: 'error' },
    title: 'Every language file belongs to a language of the manifest.',
    help: 'The platform never loads the file of a language that is not listed, and moderation wants no files that are not used. List the language if its texts are complete.',
    source: 'platform/widget.md §8 rules 1 and 28',
    check: (view) => {
      const manifest = view.manifest();
      const codes = manifest === null ? [] : localeEntries(manifest).map(({ text }) => text);
      if (codes.length === 0) return [];
      return [...view.languages()]
        .filter(([code]) => !codes.includes(code))
        .map(([code, { file }]) => ({
          message: `The language ${quote(code)} is not in widget.locale: nobody sees this file. List it or leave it out.`,
          file,
          expected: list(codes, { last: 'or' }),
          found: code,
        }));
    },
  },
  {
    code: 'i18n/not-an-object',
    severity: 'error',
    title: 'A language file is an object of texts.',
    help: 'A language file is one JSON object: keys lead to texts or to groups of texts.',
    source: 'platform/widget.md §1.1',
    check: (view) =>
      [...view.languages().values()].flatMap((document): Problem[] =>
        document.value === undefined || isObject(document.value)
          ? []
          : [
              {
                message: 'A language file must be an object of texts by their keys.',
                ...document.spot([]),
                expected: 'an object',
                found: describeValue(document.value),
              },
            ],
      ),
  },
  treeRule(
    'i18n/missing-key',
    'Every language has the keys that the others have.',
    'All language files have the same tree of keys. Users of a language that lacks one see nothing in its place. Add it with its translation.',
    'missing',
  ),
  treeRule(
    'i18n/extra-key',
    'No language has keys that the first language lacks.',
    'All language files have the same tree of keys. What only some have is misspelt, left over, or missing in the first language.',
    'extra',
  ),
  treeRule(
    'i18n/different-kind',
    'A key is a text in every language or a group in every language.',
    'A script that takes a text gets an object here, or the other way round. Give the key the same form in every language file.',
    'kind',
  ),
];

interface Difference {
  about: 'missing' | 'extra' | 'kind';
  describe(): Problem;
}

function treeRule(code: string, title: string, help: string, about: Difference['about']): Rule {
  return {
    code,
    severity: 'error',
    title,
    help,
    source: 'platform/widget.md §1.9 M4',
    check: (view) => {
      const concerned = differences(view).filter((difference) => difference.about === about);
      return describeShown(concerned, (difference) => difference.describe());
    },
  };
}

function differences(view: WidgetView): Difference[] {
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
): Difference[] {
  return [...languagesByKey(languages, path)].flatMap(([key, having]): Difference[] => {
    const [first] = having;
    if (first === undefined) return [];
    const inner = [...path, key];
    const isOurs = first === languages[0] || referred.has(inner.join('.'));
    const expected = kindAt(first, inner);
    const kinds = having.filter((other) => kindAt(other, inner) !== expected);
    const groups = having.filter(({ document }) => isObject(document.get(inner)));
    return [
      ...(having.length === languages.length ? [] : gaps(languages, having, inner, isOurs)),
      ...kinds.map((other): Difference => ({
        about: 'kind',
        describe: () => otherKind(other, first, inner),
      })),
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
): Difference[] {
  if (!isOurs) {
    return having.map((language) => ({
      about: 'extra',
      describe: () => extra(language, languages[0], path),
    }));
  }
  const [first] = having;
  return languages
    .filter(({ document }) => document.get(path) === undefined)
    .map((language) => ({ about: 'missing', describe: () => missing(language, first, path) }));
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
