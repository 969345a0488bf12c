import { isObject } from '../json-document.js';
import { formatPath } from '../manifest-schema.js';
import { nearest } from '../nearest.js';
import {
  agentDescription,
  collectReferences,
  isReferenceLike,
  keyPath,
  type Language,
  readableLanguages,
  type Reference,
} from '../references.js';
import { type Problem, type Rule } from '../rule.js';
import type { WidgetView } from '../view.js';
import { describeValue, list, quote } from '../words.js';

/** Whoever has more references wrong than this has one mistake in all of them. */
const maxSuggestions = 20;

/**
 * What the manifest refers to in the language files: `platform/widget.md §1.9 M5`. A key that only some
 * languages lack is left to the comparison of the files, which points to the file that has to change.
 */
export const referenceRules: readonly Rule[] = [
  {
    code: 'manifest/unresolved-reference',
    severity: 'error',
    title: 'Every reference of the manifest leads to a text in the language files.',
    help: 'Texts of the manifest are paths into i18n/<language>.json. Where the path leads nowhere, users see nothing or the path itself. Add the key to every language file or correct the path.',
    source: 'platform/widget.md §1.9 M5',
    check: (view) => {
      const languages = readableLanguages(view);
      const known = textKeys(languages[0]?.document.value);
      return unresolved(view, isReferenceLike, ({ key, path }, index) => {
        const meant = index < maxSuggestions ? nearest(key, known) : null;
        const hint = meant === null ? '' : ` Did you mean ${quote(meant)}?`;
        return {
          message: `${formatPath(path)} refers to ${quote(key)}, which no language file has.${hint}`,
          expected: meant === null ? `${key} in ${fileNames(languages)}` : quote(meant),
          found: quote(key),
        };
      });
    },
  },
  {
    code: 'manifest/literal-text',
    severity: 'error',
    title: 'Texts stand in the language files; the manifest refers to them.',
    help: 'The platform takes every such text for a path into the language files. Put the text there, under a key of your choice, and its path here.',
    source: 'platform/widget.md §1.1',
    check: (view) =>
      unresolved(
        view,
        (key) => !isReferenceLike(key),
        ({ key, path }) => ({
          message: `${formatPath(path)} must be a path into the language files, not the text itself.`,
          expected: `a path such as "${formatPath(path).replace(/\[\d+\]/g, '')}"`,
          found: quote(key),
        }),
      ),
  },
  {
    code: 'i18n/not-a-text',
    severity: 'error',
    title: 'What the manifest refers to is a text.',
    help: 'The path of the manifest ends at a group of texts or at another value, not at a text. Let it go on to the text that is meant.',
    source: 'platform/widget.md §1.9 M5',
    check: (view) =>
      resolved(view, (value, key) =>
        typeof value === 'string'
          ? null
          : {
              message: `The manifest refers to ${quote(key)}, which must be a text.`,
              expected: 'a text',
              found: describeValue(value),
            },
      ),
  },
  {
    code: 'i18n/empty-text',
    severity: 'error',
    title: 'What the manifest refers to is not empty.',
    help: 'Users see this text: the name of the widget, the label of a field. Write it in every language.',
    source: 'platform/widget.md §1.9 M5',
    check: (view) =>
      resolved(view, (value, key) =>
        typeof value === 'string' && value.trim() === ''
          ? {
              message: `The manifest refers to ${quote(key)}, which is empty.`,
              expected: 'a text',
              found: quote(value),
            }
          : null,
      ),
  },
  {
    code: 'i18n/no-agent-description',
    severity: 'error',
    title: 'A widget for the AI agent describes itself to it.',
    help: 'The agent decides by this text when to use the widget. Write it in every language file as ai_agent_description in the group widget; the manifest does not name it.',
    source: 'platform/widget.md §1.9 M14',
    check: (view) => {
      const languages = readableLanguages(view);
      return references(view)
        .filter(({ implied, key }) => implied && isNowhere(key, languages))
        .map(({ path }) => ({
          message: `The location "ai_agent" needs ${quote(agentDescription)} in every language file.`,
          ...view.manifest()?.spot(path),
          file: 'manifest.json',
          found: 'no such text',
          expected: `${agentDescription} in ${fileNames(languages)}`,
        }));
    },
  },
  {
    code: 'i18n/agent-description-length',
    severity: 'warning',
    title: 'The description for the AI agent has at most 100 characters.',
    help: 'What stands after the hundredth character never reaches the agent. Say in one short sentence what the widget does.',
    source: 'platform/widget.md §1.9 M14',
    check: (view) =>
      resolved(view, (value, key) => {
        const length = typeof value === 'string' ? Array.from(value).length : 0;
        if (key !== agentDescription || length <= 100) return null;
        const message = 'The platform cuts the description for the AI agent after 100 characters.';
        return { message, expected: 'at most 100 characters', found: `${length} characters` };
      }),
  },
];

function references(view: WidgetView): Reference[] {
  const manifest = view.manifest();
  return manifest === null ? [] : collectReferences(manifest, readableLanguages(view));
}

type Judgement = Pick<Problem, 'message' | 'expected' | 'found'>;

/** References that no language has, with their place in the manifest. */
function unresolved(
  view: WidgetView,
  concerns: (key: string) => boolean,
  judge: (reference: Reference, index: number) => Judgement,
): Problem[] {
  const manifest = view.manifest();
  const languages = readableLanguages(view);
  if (manifest === null || languages.length === 0) return [];
  return references(view)
    .filter(({ implied, key }) => !implied && concerns(key) && isNowhere(key, languages))
    .map((reference, index) => ({ ...judge(reference, index), ...manifest.spot(reference.path) }));
}

/** What each language has for each reference, once per key, with its place in the language file. */
function resolved(view: WidgetView, judge: (value: unknown, key: string) => Judgement | null): Problem[] {
  const keys = new Set(references(view).map(({ key }) => key));
  return readableLanguages(view).flatMap(({ document }) =>
    [...keys].flatMap((key): Problem[] => {
      const value = document.get(keyPath(key));
      const judgement = value === undefined ? null : judge(value, key);
      return judgement === null ? [] : [{ ...judgement, ...document.spot(keyPath(key)) }];
    }),
  );
}

function isNowhere(key: string, languages: readonly Language[]): boolean {
  return languages.length > 0 && languages.every(({ document }) => document.get(keyPath(key)) === undefined);
}

function fileNames(languages: readonly Language[]): string {
  return list(languages.map(({ document }) => document.file));
}

/** The paths of all texts below a value. */
function textKeys(value: unknown, prefix = ''): string[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? [`${prefix}${key}`] : textKeys(inner, `${prefix}${key}.`),
  );
}
