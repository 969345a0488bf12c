import type { SchemaProblemKind } from '../manifest-schema.js';
import { nearest } from '../nearest.js';
import { problemOf, type Rule } from '../rule.js';
import type { Levels } from '../situation.js';

interface KindText {
  title: string;
  severity: Levels;
  help: string;
}

/** What the uploader makes of a key that it doesn't know, or of an item that stands twice, is not known. */
const kinds: Record<SchemaProblemKind, KindText> = {
  'missing-key': {
    title: 'The manifest has every key that it needs.',
    severity: 'error',
    help: 'The platform refuses a manifest without this key, or the part of the widget that it describes does not work. Add it; `expected` says what belongs there.',
  },
  'unknown-key': {
    title: 'The manifest has only keys that the platform knows.',
    severity: 'warning',
    help: 'No documentation has this key, so the platform passes over it at best. It is mostly a misspelt name, so that what you meant to set is not set. Correct the name, or take the key out.',
  },
  'wrong-type': {
    title: 'Every value of the manifest is of its type.',
    severity: 'error',
    help: 'The platform reads a text, a number, true or false, a list or an object here and nothing else. "true" in quotes is a text, not true. Write the value as `expected` says.',
  },
  'wrong-value': {
    title: 'Every value of the manifest is one of those that the platform knows.',
    severity: 'error',
    help: 'The platform documents a closed list of values here; another one does nothing or has the upload refused. Take one of the list in `expected`.',
  },
  'wrong-format': {
    title: 'Every value of the manifest has its form.',
    severity: 'error',
    help: 'The platform reads this value in one form only. Write it as `expected` shows it.',
  },
  empty: {
    title: 'No value that has to say something is empty.',
    severity: 'error',
    help: 'The platform needs something here. Fill it in, or take the key out if it may be left out.',
  },
  'repeated-item': {
    title: 'Lists of the manifest do not repeat themselves.',
    severity: 'warning',
    help: 'The second mention does nothing. It is mostly a slip in place of another item, so look whether one is missing.',
  },
};

/** The manifest against its JSON Schema, one rule per kind of deviation. */
export const manifestSchemaRules: readonly Rule[] = [
  {
    code: 'manifest/missing',
    severity: 'error',
    title: 'The archive has a manifest.json.',
    help: 'The manifest says what the widget is and where it runs; without it nothing is a widget. Put it at the root of the archive, with its name in lower case.',
    source: 'platform/widget.md §2.1',
    check: (view) => {
      if (view.names.has('manifest.json')) return [];
      const similar = view.inOtherCase('manifest.json') ?? nearest('manifest.json', view.names);
      const hint = similar === null ? '' : ` Is it ${similar}? Rename it.`;
      const message = `There is no manifest.json: this is not the folder or archive of a widget.${hint}`;
      return [
        {
          message,
          file: 'manifest.json',
          expected: 'manifest.json',
          found: similar ?? 'no such file',
        },
      ];
    },
  },
  ...Object.entries(kinds).map(([kind, text]): Rule => ({
    code: `manifest/${kind}`,
    ...text,
    source: 'platform/widget.md §1.2, §1.9 M2',
    check: (view) =>
      view
        .schemaProblems()
        .filter((problem) => problem.kind === kind)
        .map(problemOf),
  })),
];
