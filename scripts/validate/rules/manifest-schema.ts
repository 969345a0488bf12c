import type { SchemaProblemKind } from '../manifest-schema.js';
import { nearest } from '../nearest.js';
import { problemOf, type Rule } from '../rule.js';

const titles: Record<SchemaProblemKind, string> = {
  'missing-key': 'The manifest has every key that it needs.',
  'unknown-key': 'The manifest has only keys that the platform knows.',
  'wrong-type': 'Every value of the manifest is of its type.',
  'wrong-value': 'Every value of the manifest is one of those that the platform knows.',
  'wrong-format': 'Every value of the manifest has its form.',
  empty: 'No value that has to say something is empty.',
  'repeated-item': 'Lists of the manifest do not repeat themselves.',
};

/** The manifest against its JSON Schema, one rule per kind of deviation. */
export const manifestSchemaRules: readonly Rule[] = [
  {
    code: 'manifest/missing',
    severity: 'error',
    title: 'The archive has a manifest.json.',
    source: 'platform/widget.md §2.1',
    check: ({ names }) => {
      if (names.has('manifest.json')) return [];
      const other = [...names].find((name) => name.toLowerCase() === 'manifest.json');
      const similar = other ?? nearest('manifest.json', names);
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
  ...Object.entries(titles).map(([kind, title]): Rule => ({
    code: `manifest/${kind}`,
    severity: 'error',
    title,
    source: 'platform/widget.md §1.2, §1.9 M2',
    check: (view) =>
      view
        .schemaProblems()
        .filter((problem) => problem.kind === kind)
        .map(problemOf),
  })),
];
