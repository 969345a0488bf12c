import { locations } from '../../../../src/kommo/locations.js';
import { locationEntries } from '../../manifest-facts.js';
import type { Problem, Rule } from '../../rule.js';
import type { ScriptVerdict } from '../../script/index.js';
import { list, quote } from '../../words.js';

const file = 'script.js';

const absent = { file, expected: file, found: 'no such file' };

/** `script.js` as the AMD module that the platform loads: `platform/widget.md §3.1`. */
export const moduleRules: readonly Rule[] = [
  {
    code: 'script/missing',
    severity: 'error',
    title: 'A widget with locations that only work with code has a script.js.',
    help: 'Cards, lists, settings and most other locations only work through callbacks of script.js. Put script.js beside manifest.json, spelled like this.',
    source: 'platform/widget.md §1.2, §1.3, §2.1',
    check: (view) => {
      const manifest = view.manifest();
      if (view.names.has(file) || manifest === null) return [];
      const needing = locationEntries(manifest).filter(
        ({ parsed }) => parsed !== null && locations[parsed.code].needsScript,
      );
      if (needing.length === 0) return [];
      const codes = list(needing.map(({ text }) => quote(text)));
      return [{ message: `There is no script.js, without which ${codes} do nothing.`, ...absent }];
    },
  },
  {
    code: 'script/absent',
    severity: 'warning',
    title: 'A widget has a script.js.',
    help: 'amoCRM demands the file in every archive; Kommo takes a widget without one where no location calls it. Add it for amoCRM.',
    source: 'platform/widget.md §2.1, §11: amoCRM demands it, Kommo does not',
    check: (view) => {
      const manifest = view.manifest();
      if (view.names.has(file) || manifest === null) return [];
      if (
        locationEntries(manifest).some(({ parsed }) => parsed !== null && locations[parsed.code].needsScript)
      )
        return [];
      return [{ message: 'There is no script.js. Kommo does without, amoCRM does not.', ...absent }];
    },
  },
  verdictRule(
    'syntax',
    'error',
    'script/syntax',
    'script.js is valid JavaScript.',
    'The platform loads script.js as it is, and a file that cannot be parsed loads nothing. Code with import and export at its top has to be bundled as AMD first.',
    ({ line, column, reason }) => ({
      message: /'import' and 'export'/.test(reason)
        ? 'script.js is an ES module; the platform loads AMD modules. Bundle it as AMD.'
        : `script.js is not valid JavaScript: ${reason}.`,
      expected: 'a script that defines an AMD module',
      found: /'import' and 'export'/.test(reason) ? 'an ES module' : reason,
      line,
      column,
    }),
  ),
  verdictRule(
    'no-define',
    'error',
    'script/not-amd',
    'script.js is an AMD module.',
    'The platform asks its AMD loader for script.js. Wrap the widget in define([…], function (…) { return function () { … }; }), and call define right away, not later.',
    ({ reason }) => ({
      message: `script.js is not an AMD module: ${reason}. The platform loads nothing from it.`,
      expected: 'define([…], function (…) { return function () { … }; })',
      found: reason,
    }),
  ),
  verdictRule(
    'only-named',
    'error',
    'script/only-named-modules',
    'script.js defines its own module without a name.',
    'The loader looks for the module that belongs to the file, which is the one without a name. Leave the name out of the last define.',
    ({ names }) => ({
      message:
        'script.js only defines modules with names of their own, so the platform gets nothing from it.',
      expected: 'define([…], …)',
      found: list(names.map((name) => `define(${quote(name)}, …)`)),
    }),
  ),
  verdictRule(
    'no-function',
    'error',
    'script/no-function',
    'The module of script.js is a function.',
    'The platform makes the widget from the function that the module returns, and passes over everything else without a word. Let the module return that function itself.',
    (verdict) => ({
      message: verdict.found.includes('default')
        ? 'The module of script.js is an object around the function. Export the function itself, in webpack with output.library.export: "default".'
        : 'The module of script.js must be a function, from which the platform makes the widget; anything else it ignores in silence.',
      line: verdict.line,
      column: verdict.column,
      expected: 'a function',
      found: verdict.found,
    }),
  ),
  verdictRule(
    'not-extendable',
    'error',
    'script/not-extendable',
    'The module of script.js is a plain function, which the platform can extend.',
    'The platform puts its own methods into the prototype and calls the function with new. Return function () { … }; a class, an arrow function or an async function will not do.',
    ({ found, line, column }) => ({
      message: `The platform extends the function with its own methods, which ${found} does not allow.`,
      line,
      column,
      expected: 'function () { … }',
      found,
    }),
  ),
  verdictRule(
    'remote',
    'warning',
    'script/remote',
    'script.js brings its own code.',
    'Whoever holds the other server decides what runs in the account, so moderation refuses it. Put the code into the archive before you publish it.',
    ({ address }) => ({
      message: 'script.js only loads another server’s script: good for development, refused by moderation.',
      expected: 'the widget itself',
      found: address,
    }),
  ),
  unlessNotInspected(
    verdictRule(
      'undecided',
      'notice',
      'script/undecided',
      'It can be told without the platform that the module of script.js is a function.',
      'The script was read, and run without the platform, and neither told what its module is. If the widget runs in an account, nothing has to be done.',
      ({ reason }) => ({
        message: `Whether script.js gives a function cannot be told here: ${reason}.`,
        expected: 'a function',
        found: reason,
      }),
    ),
  ),
];

/** Where `script/not-inspected` gives the same reason, that is enough. */
function unlessNotInspected(rule: Rule): Rule {
  return {
    ...rule,
    check: (view) => {
      const failure = view.scripts().find((script) => script.file === file)?.failure;
      const told = failure?.kind === 'undecided' ? failure.reason : null;
      return rule.check(view).filter(({ found }) => found !== told);
    },
  };
}

type VerdictOf<Kind extends ScriptVerdict['kind']> = Extract<ScriptVerdict, { kind: Kind }>;

function verdictRule<Kind extends ScriptVerdict['kind']>(
  kind: Kind,
  severity: Rule['severity'],
  code: string,
  title: string,
  help: string,
  explain: (verdict: VerdictOf<Kind>) => Omit<Problem, 'file'>,
): Rule {
  const isKind = (verdict: ScriptVerdict | null): verdict is VerdictOf<Kind> => verdict?.kind === kind;
  return {
    code,
    severity,
    title,
    help,
    source: 'platform/widget.md §3.1, §12',
    check: (view) => {
      const verdict = view.script();
      return isKind(verdict) ? [{ ...explain(verdict), file }] : [];
    },
  };
}
