import { referenceLanguage } from '../language-texts.js';
import { textNamer, unnamed } from '../named-texts.js';
import { collectReferences, keyPath } from '../references.js';
import { describeShown, type Rule } from '../rule.js';
import type { WidgetView } from '../view.js';
import { quote } from '../words.js';

/** Texts that nothing shows: `platform/widget.md §8 rule 1`. */
export const unusedTextRules: readonly Rule[] = [
  {
    code: 'i18n/unused-text',
    severity: 'notice',
    title: 'Every text is named by the manifest, a script or a template.',
    help: 'Nothing in the archive names this text or a group around it, so it is only carried along and translated. Take it out of every language, unless its path is put together in a way that cannot be read from the script.',
    source: 'platform/widget.md §8 rule 1',
    check: (view) => {
      const language = referenceLanguage(view.texts());
      const names = view.sourceNames();
      if (language === undefined || names === null) return [];
      // Once the manifest is mended it will name more.
      if (view.schemaProblems().length > 0 || refersToNothing(view)) return [];
      const { document } = language;
      return describeShown(unnamed(document.value, textNamer(view, names)), (path) => ({
        message: `Nothing names ${quote(path.join('.'))}.`,
        ...document.keySpot([...path]),
        expected: 'a text that the manifest, a script or a template names',
        found: quote(path.join('.')),
      }));
    },
  },
];

function refersToNothing(view: WidgetView): boolean {
  const manifest = view.manifest();
  const languages = view.texts();
  if (manifest === null) return true;
  return collectReferences(manifest, languages).some(({ key }) =>
    languages.every(({ document }) => typeof document.get(keyPath(key)) !== 'string'),
  );
}
