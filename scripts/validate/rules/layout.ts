import { logos } from '../../../src/kommo/pictures.js';
import { matchPaths } from '../manifest-facts.js';
import type { Problem, Rule } from '../rule.js';
import { logoFile, tourFiles } from '../shown-pictures.js';
import type { Levels } from '../situation.js';
import type { WidgetView } from '../view.js';
import { quote } from '../words.js';

const unneeded: Levels = { private: 'warning', public: 'error' };

interface Kind {
  code: string;
  title: string;
  help: string;
  severity: Levels;
  source: string;
  pattern: RegExp;
  message: (file: string) => string;
  expected: string;
}

/** Kinds of files with a reason of their own not to be in an archive; a file is of the first kind that fits. */
const kinds: readonly Kind[] = [
  {
    code: 'archive/secret-file',
    title: 'The archive holds no files with keys and passwords.',
    help: 'The platform puts every file of the archive on its servers, where anybody can fetch it by its address. Take the file out, and replace the keys in it if the archive was ever uploaded.',
    severity: unneeded,
    source: 'inferred from platform/widget.md §2.5; §8 rule 1',
    pattern:
      /(?:^|\/)(?:\.env(?:\.[^/]*)?|\.npmrc|\.netrc|id_(?:rsa|dsa|ecdsa|ed25519)|secrets?\.(?:json|ya?ml)|[^/]+\.(?:pem|p12|pfx|key|jks|keystore))$/i,
    message: () => 'The file may hold keys or passwords, and everybody can fetch it once it is uploaded.',
    expected: 'no such file',
  },
  {
    code: 'archive/source-map',
    title: 'The archive holds no source maps.',
    help: 'A source map is for debugging during development and often larger than the script. Let the bundler write none for the archive, or leave *.map out when you pack.',
    severity: unneeded,
    source: 'platform/widget.md §8 rule 1, §13',
    pattern: /\.map$/i,
    message: () => 'The widget does not need its source map. Leave it out.',
    expected: 'no source map',
  },
  {
    code: 'archive/nested-archive',
    title: 'The archive holds no other archives.',
    help: 'A second build often packs the archive of the one before. The platform never unpacks it. Write the archive to a place outside of what is packed.',
    severity: unneeded,
    source: 'platform/widget.md §8 rule 1, §13',
    pattern: /\.(?:zip|rar|7z|tar|t?gz)$/i,
    message: (file) =>
      /(?:^|\/)widget\.zip$/i.test(file)
        ? 'An earlier archive of the widget is inside this one. Leave it out.'
        : 'The platform does not unpack archives inside the archive. Leave it out.',
    expected: 'no archive inside',
  },
  {
    code: 'archive/source-file',
    title: 'The archive holds what browsers run, not what it was made from.',
    help: 'The platform runs neither TypeScript, JSX, Sass nor PHP, and tests are for you alone. Pack the folder that the build writes, not the one that it reads.',
    severity: unneeded,
    source: 'platform/widget.md §8 rule 1',
    pattern:
      /\.(?:tsx?|jsx|vue|svelte|coffee|scss|sass|less|styl|php|py|rb|sh|bat|ps1)$|(?:^|\/)(?:tests?|__tests__|spec|cypress)\/|\.(?:test|spec)\.\w+$/i,
    message: () => 'This is a source or a test, which browsers cannot use. Leave it out.',
    expected: 'only files that browsers use',
  },
];

/** Whether a rule of {@link unneededFileRules} speaks of the file, so that no other needs to. */
export function hasRuleOfItsOwn(file: string): boolean {
  return kinds.some(({ pattern }) => pattern.test(file));
}

/** Files that have no place in an archive. */
export const unneededFileRules: readonly Rule[] = [
  ...kinds.map(({ code, title, help, severity, source, message, expected }): Rule => ({
    code,
    title,
    help,
    severity,
    source,
    check: ({ files }) =>
      [...files.keys()]
        .filter((file) => kinds.find((kind) => kind.pattern.test(file))?.code === code)
        .map((file) => ({ message: message(file), file, expected, found: file })),
  })),
  {
    code: 'archive/unusual-name',
    severity: 'notice',
    title: 'Names in the archive are of letters, digits and the usual signs.',
    help: 'Names become parts of addresses. Spaces, umlauts and other letters have to be escaped there, which scripts and servers do in different ways. Take a-z, 0-9, hyphens, underscores and dots.',
    source: 'inferred: files are served by their names, platform/widget.md §2.5',
    // What is unsafe in a name or a backslash has rules of its own.
    check: ({ files }) =>
      [...files.keys()]
        .filter((file) => /[^\w./@+~-]/.test(file) && !file.includes('\\'))
        .map((file) => ({
          message: `The name ${quote(file)} has signs that must be escaped in addresses.`,
          file,
          expected: 'a-z, 0-9, -, _ and .',
          found: quote(/[^\w./@+~-]/u.exec(file)?.[0] ?? file),
        })),
  },
  {
    code: 'archive/unused-file',
    severity: { private: 'notice', public: 'warning' },
    title: 'Every picture, font and sound is named by the manifest, a script, a stylesheet or a template.',
    help: 'Nothing in the archive names this file, so it is only carried along. Take it out, unless its name is put together in a way that cannot be read from the script.',
    source: 'platform/widget.md §8 rule 1',
    check: unusedFiles,
  },
];

function unusedFiles(view: WidgetView): Problem[] {
  const names = view.sourceNames();
  const manifest = view.manifest();
  if (names === null || manifest === null) return [];
  // Whatever the case: a name in the wrong case is a missing file, which has a rule of its own.
  const named = [
    ...logos.map(({ name }) => logoFile(view, name)),
    ...logos.map(({ name }) => `images/${name}.png`),
    ...tourFiles(view),
    ...['salesbot_designer.logo', 'left_menu.*.icon', 'left_menu.*.icons.*']
      .flatMap((pattern) => matchPaths(manifest, pattern))
      .map((path) => /images\/.*$/.exec(String(manifest.get(path)))?.[0] ?? null),
  ];
  const shown = new Set(named.map((file) => file?.toLowerCase()));
  // The last folder of `../images/icons/` and of `icons`.
  const folders = new Set([...names.paths].map((path) => path.replace(/\/$/, '').split('/').at(-1)));
  return [...view.files.keys()]
    .filter((file) => /\.(?:png|jpe?g|gif|svg|webp|ico|woff2?|ttf|otf|eot|mp3|wav|ogg)$/i.test(file))
    .filter((file) => !shown.has(file.toLowerCase()) && !isNamed(file))
    .map((file) => ({
      message: 'Nothing in the archive names this file.',
      file,
      expected: 'a file that the widget uses',
      found: file,
    }));

  function isNamed(file: string): boolean {
    const steps = file.split('/');
    const [name = ''] = (steps.at(-1) ?? '').split('.');
    if (!/^[\w-]+$/.test(name) || names?.words.has(name) === true) return true;
    if (names?.beginnings.some((beginning) => name.startsWith(beginning)) === true) return true;
    // A script that names the folder may put the rest of the path together.
    return folders.has(steps.at(-2) ?? '');
  }
}
