import globalNames from 'globals';
import type { Problem, Rule } from '../../rule.js';
import type { GlobalUse } from '../../script/scopes.js';
import type { ScriptSource } from '../../script/source.js';
import type { WidgetView } from '../../view.js';
import { quote } from '../../words.js';
import { refusedAndHarmful } from './levels.js';

/** Variables that the platform's pages have beside those of browsers (`platform/widget.md §3.5`, §3.7). */
const platformNames = ['APP', 'AMOCRM', 'AMO', '$', 'jQuery', '_', 'Backbone', 'Twig', 'moment', 'Modernizr'];

/** Names that no declaration stands for; only in code of one's own, where scopes can be told for certain. */
export const variableRules: readonly Rule[] = [
  {
    code: 'script/undeclared-variable',
    severity: refusedAndHarmful,
    title: 'Variables are declared.',
    help: 'A name that is given a value without a declaration becomes a variable of the whole page, where the platform and other widgets may have one of that name; in strict mode it is an error. Put const, let or var before it.',
    source: 'platform/widget.md §8 rule 12',
    check: (view) =>
      names(
        view,
        ({ written }) => written,
        (name) => ({
          message: `${quote(name)} is given a value and declared nowhere.`,
          expected: `const ${name} = … or let ${name}`,
          found: `${name} = …`,
        }),
      ),
  },
  {
    code: 'script/unknown-variable',
    severity: 'warning',
    title: 'Variables that scripts read are there.',
    help: 'The name is declared in no script of the widget, and neither browsers nor the platform are known to have it: reading it stops the script with a ReferenceError. A bundle that wants React as a global variable comes from JSX compiled in the classic way: let the compiler import it (“jsx”: “react-jsx”).',
    source: 'platform/widget.md §8 rule 12, §13',
    check: (view) =>
      names(
        view,
        ({ written }) => !written,
        (name) => ({
          message: `${quote(name)} is declared nowhere, and the page is not known to have it.`,
          expected: 'a declaration, or a module in define',
          found: name,
        }),
      ),
  },
];

function names(
  view: WidgetView,
  concerns: (use: GlobalUse) => boolean,
  describe: (name: string) => Pick<Problem, 'message' | 'expected' | 'found'>,
): Problem[] {
  const own = view.scripts().filter(({ origin, globals }) => origin === 'own' && globals !== null);
  if (own.length === 0) return [];
  const known = knownNames(view);
  // What one script of the widget gives to the page the others may read.
  const made = new Set(
    own.flatMap(({ globals }) =>
      (globals?.uses ?? []).filter(({ written }) => written).map(({ name }) => name),
    ),
  );
  return own.flatMap((script) => {
    const guarded = guardedNames(script);
    const told = new Set<string>();
    return (script.globals?.uses ?? []).flatMap((use): Problem[] => {
      const { name, start, written } = use;
      const isKnown = known.has(name) || guarded.has(name) || (!written && made.has(name));
      if (isKnown || !concerns(use) || told.has(name) || script.originAt(start) !== 'own') return [];
      told.add(name);
      return [{ ...describe(name), file: script.file, ...script.placeOf(start) }];
    });
  });
}

function knownNames(view: WidgetView): Set<string> {
  const { browser, builtin, amd } = globalNames;
  const known = new Set([browser, builtin, amd].flatMap((names) => Object.keys(names)));
  for (const name of [...platformNames, 'requirejs', 'arguments', 'undefined']) known.add(name);
  for (const { globals, text } of view.scripts()) {
    for (const name of globals?.declared ?? []) known.add(name);
    for (const [, name = ''] of text.matchAll(
      /\b(?:window|self|globalThis|root|global|this)\.([A-Za-z_$][\w$]*)\s*=(?!=)/g,
    )) {
      known.add(name);
    }
  }
  return known;
}

/** Names that the script asks about before it uses them: `typeof name`. */
function guardedNames({ text }: ScriptSource): Set<string> {
  return new Set([...text.matchAll(/\btypeof[\s(]+([A-Za-z_$][\w$]*)/g)].map(([, name = '']) => name));
}
