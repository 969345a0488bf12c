import { isObject } from '../json-document.js';
import type { TreeDifference } from '../language-trees.js';
import { localeEntries } from '../manifest-facts.js';
import { describeFirst, type Problem, type Rule } from '../rule.js';
import { describeValue, list, quote } from '../words.js';
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
            const similar = view.inOtherCase(file);
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
    help: 'A language file is one JSON object whose keys lead to texts or to groups of texts. Write each text under a key.',
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
    'All language files have the same tree of keys, and what only some have is misspelt, left over, or missing in the first language. Correct the key, take it out, or add it to the first language.',
    'extra',
  ),
  treeRule(
    'i18n/different-kind',
    'A key is a text in every language or a group in every language.',
    'A script that takes a text gets an object here, or the other way round. Give the key the same form in every language file.',
    'kind',
  ),
];

function treeRule(code: string, title: string, help: string, about: TreeDifference['about']): Rule {
  return {
    code,
    severity: 'error',
    title,
    help,
    source: 'platform/widget.md §1.9 M4',
    check: (view) => describeDifferences(view.treeDifferences().filter((one) => one.about === about)),
  };
}

function describeDifferences(differences: readonly TreeDifference[]): Problem[] {
  const total = differences.reduce((sum, difference) => sum + difference.count, 0);
  return describeFirst(problemsIn(differences), total, (problem) => problem());
}

function* problemsIn(differences: readonly TreeDifference[]): Generator<() => Problem> {
  for (const { languages, describe } of differences) {
    for (const language of languages()) yield () => describe(language);
  }
}
