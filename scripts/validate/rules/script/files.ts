import type { Rule } from '../../rule.js';
import { refusedAndHarmful } from './levels.js';

/** The scripts beside `script.js`, as files. */
export const fileRules: readonly Rule[] = [
  {
    code: 'script/other-syntax',
    severity: refusedAndHarmful,
    title: 'Every script of the archive is valid JavaScript.',
    help: 'A file that cannot be parsed loads nothing. A file with import and export at its top is an ES module, which the platform’s loader does not load: bundle it as AMD.',
    source: 'platform/widget.md §8 rule 12, §7',
    check: (view) =>
      view.scripts().flatMap(({ file, failure, origin }) => {
        if (file === 'script.js' || failure?.kind !== 'syntax' || origin === 'vendor') return [];
        const isModule = failure.reason.includes("'import' and 'export'");
        return [
          {
            message: isModule
              ? `${file} is an ES module; the platform loads AMD modules. Bundle it as AMD.`
              : `${file} is not valid JavaScript: ${failure.reason}.`,
            file,
            line: failure.line,
            column: failure.column,
            expected: isModule ? 'an AMD module' : 'valid JavaScript',
            found: isModule ? 'an ES module' : failure.reason,
          },
        ];
      }),
  },
  {
    code: 'script/not-inspected',
    severity: 'notice',
    title: 'Every script of the archive can be looked into.',
    help: 'The rules about code say nothing of this file. Split it, or take out of the archive what the widget does not need.',
    source: 'platform/widget.md §8',
    check: (view) =>
      view.scripts().flatMap(({ file, failure }) =>
        failure?.kind === 'undecided' && file !== 'script.js'
          ? [
              {
                message: `What ${file} does was not looked into: ${failure.reason}.`,
                file,
                expected: 'a script that can be read',
                found: failure.reason,
              },
            ]
          : [],
      ),
  },
];
