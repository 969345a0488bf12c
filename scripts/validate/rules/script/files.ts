import type { Problem, Rule } from '../../rule.js';
import { maxScopedLength } from '../../script/scopes.js';
import type { ScriptSource } from '../../script/source.js';
import { advised, refusedAndHarmful } from './levels.js';

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
    severity: advised,
    title: 'Every script of the archive can be looked into.',
    help: 'The rules about code say nothing of what was not looked into, so that no finding does not mean that all is well. Split the file, or take out of it what the widget does not need.',
    source: 'platform/widget.md §8 rule 2: moderators have to read the code',
    check: (view) =>
      view.scripts().flatMap((script): Problem[] => {
        const { file } = script;
        const left = leftOut(script);
        if (left === null) return [];
        return [
          {
            message: `${left.what} was not looked into: ${left.reason}.`,
            file,
            expected: 'a script that can be looked into',
            found: left.reason,
          },
        ];
      }),
  },
];

/** What of a script was not looked into; `null` when all was. */
function leftOut({
  file,
  failure,
  origin,
  globals,
  text,
}: ScriptSource): { what: string; reason: string } | null {
  if (failure?.kind === 'undecided') return { what: file, reason: failure.reason };
  if (failure !== null || origin !== 'own' || globals !== null) return null;
  const reason = text.length > maxScopedLength ? 'it is too large' : 'its functions nest too deep';
  return { what: `Which variables ${file} uses`, reason };
}
