import { platformModules, platformRequire, seenModules } from '../../../../src/kommo/amd.js';
import { nearest } from '../../nearest.js';
import type { CodeCheck, Remark, ScriptContext } from '../../script/check.js';
import { type Dependency, dependenciesOf } from '../../script/dependencies.js';
import { list, quote } from '../../words.js';
import { advised } from './levels.js';

const documented = new Set<string>([
  ...Object.keys(platformModules),
  'lib/components/base/modal',
  'require',
  'exports',
  'module',
]);

const plugins: readonly string[] = platformRequire.plugins;

/** A plugin of the loader is a module as well: an official sample asks for `text` to switch how it loads. */
const known = new Set<string>([...documented, ...seenModules, ...plugins]);

/** What `define` and `require` ask for: of the platform, and of the archive. */
export const moduleChecks: readonly CodeCheck[] = [
  {
    code: 'script/unknown-module',
    severity: 'warning',
    title: 'Modules without a path are those of the platform.',
    help: 'A module that the platform does not have keeps the widget from loading, without a word. Files of the archive are named with "./" at the start; libraries that the platform lacks belong in the archive. The platform may have more modules than are known.',
    source: 'platform/widget.md §3.7, §12',
    visit: each(unknownModule),
  },
  {
    code: 'script/undocumented-module',
    severity: advised,
    title: 'Of the platform’s own modules only the documented one is used.',
    help: 'The platform may change or drop what it does not document. Only lib/components/base/modal is. Do without the other, or bring code of your own.',
    source: 'platform/widget.md §3.7, §8 rule 13',
    visit: each(({ id, start }, { once }) => {
      const { resource } = split(id);
      if (!/^lib\//.test(resource) && !seenModules.includes(resource as never)) return null;
      if (documented.has(resource) || once(ownNames)?.has(resource) === true) return null;
      return {
        start,
        message: `${quote(resource)} is a module of the platform that its documentation does not name.`,
        expected: 'a documented module, or a file of the archive',
        found: quote(id),
      };
    }),
  },
  {
    code: 'script/missing-module',
    severity: 'error',
    title: 'The files that script.js needs to load are in the archive.',
    help: 'The platform loads nothing of the widget when one file is missing that script.js names in define, and it says nothing about it. Put the file into the archive, or correct the path.',
    source: 'platform/widget.md §7',
    visit: each((wanted, context) =>
      context.file === 'script.js' && wanted.by === 'define' ? missing(wanted, context) : null,
    ),
  },
  {
    code: 'script/missing-on-demand-module',
    severity: 'warning',
    title: 'The files that scripts load later are in the archive.',
    help: 'Paths begin at the folder of the script that asks. Where the file is missing, the part of the widget that asks for it does nothing. Put the file into the archive, or correct the path.',
    source: 'platform/widget.md §7',
    visit: each((wanted, context) =>
      context.file !== 'script.js' || wanted.by === 'require' ? missing(wanted, context) : null,
    ),
  },
  {
    code: 'script/module-without-extension',
    severity: 'warning',
    title: 'Relative paths of modules end in .js.',
    help: 'RequireJS puts .js to the names of modules, but not to addresses, and on the platform a relative path becomes one. Write "./lib/config.js".',
    source:
      'platform/widget.md §7, §12: RequireJS 2.3.5, jsExtRegExp (inferred: the platform loads script.js by an address)',
    visit: each(({ id, whole, start }, context) => {
      const { plugin, resource } = split(id);
      if (!whole || plugin !== null || !/^\.\.?\//.test(resource)) return null;
      const path = resolve(resource, context.file);
      if (path === null || context.names.has(path) || !context.names.has(`${path}.js`)) return null;
      return {
        start,
        message: `The platform asks for ${quote(path)} as it is written; the file is ${quote(`${path}.js`)}.`,
        expected: quote(`${resource}.js`),
        found: quote(id),
      };
    }),
  },
];

function each(
  judge: (wanted: Dependency, context: ScriptContext) => Remark | null,
): NonNullable<CodeCheck['visit']> {
  return {
    CallExpression: ({ node }, context) =>
      dependenciesOf(node, context)
        .filter(({ by }) => by !== 'paths')
        .map((wanted) => judge(wanted, context))
        .filter((remark) => remark !== null),
  };
}

function unknownModule({ id, whole, start }: Dependency, { once }: ScriptContext): Remark | null {
  if (!whole) return null;
  const { plugin, resource } = split(id);
  if (plugin !== null && !plugins.includes(plugin)) {
    return {
      start,
      message: `The platform’s loader has no plugin ${quote(plugin)}.`,
      expected: list(
        plugins.map((name) => `${name}!`),
        { last: 'or' },
      ),
      found: quote(id),
    };
  }
  if (plugin !== null || known.has(resource) || /^(?:\.|\/|lib\/|https?:)/.test(resource)) return null;
  const own = once(ownNames);
  if (own === null || own.has(resource)) return null;
  const meant = nearest(resource, known);
  const isFile = /\.js(?:\?|$)/.test(resource);
  return {
    start,
    message:
      meant !== null && !isFile
        ? `The platform is not known to have a module ${quote(resource)}. Did you mean ${quote(meant)}?`
        : `The platform is not known to have a module ${quote(resource)}.`,
    expected: isFile
      ? quote(`./${resource}`)
      : meant === null
        ? 'a module of the platform or "./…"'
        : quote(meant),
    found: quote(id),
  };
}

/** Names that the script gives to modules itself; `null` where it configures the loader, which may give any. */
function ownNames(text: string): ReadonlySet<string> | null {
  if (/\brequire(?:js)?\.config\b/.test(text)) return null;
  return new Set(
    [...text.matchAll(/\bdefine\(\s*['"`]([^'"`\n]{1,200})['"`]/g)].map(([, name = '']) => name),
  );
}

function missing({ id, whole, start }: Dependency, { file, names, once }: ScriptContext): Remark | null {
  const { plugin, resource } = split(id);
  if (!whole || (plugin !== null && !plugins.includes(plugin)) || !/^\.\.?\//.test(resource)) return null;
  const path = resolve(resource, file);
  if (path !== null && (names.has(path) || names.has(`${path}.js`))) return null;
  const suggestions = once(suggestionsLeft);
  suggestions.left -= 1;
  const meant = path === null || suggestions.left < 0 ? null : nearest(path, names);
  const hint = meant === null ? '' : ` Is it ${meant}?`;
  return {
    start,
    message:
      path === null
        ? `${quote(resource)} leads out of the archive.`
        : `There is no ${path} in the archive.${hint}`,
    expected: meant ?? path ?? 'a path in the archive',
    found: 'no such file',
  };
}

/** Whoever has more files missing than this has one mistake in all of them, and to look for names takes time. */
function suggestionsLeft(): { left: number } {
  return { left: 20 };
}

/** `text!./a.twig` into its plugin and what that one loads. */
function split(id: string): { plugin: string | null; resource: string } {
  const mark = id.indexOf('!');
  if (mark === -1) return { plugin: null, resource: id };
  return { plugin: id.slice(0, mark), resource: id.slice(mark + 1) };
}

/** The path in the archive; `null` when it leads out of it. */
function resolve(relative: string, file: string): string | null {
  const steps = file.split('/').slice(0, -1);
  for (const step of relative.replace(/[?#].*$/s, '').split('/')) {
    if (step === '..') {
      if (steps.pop() === undefined) return null;
    } else if (step !== '.' && step !== '') {
      steps.push(step);
    }
  }
  return steps.join('/');
}
