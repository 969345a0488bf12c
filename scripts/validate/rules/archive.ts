import { type ArchiveProblem, type ArchiveProblemKind, defaultLimits } from '../../archive/files.js';
import type { Problem, Rule } from '../rule.js';
import { quote } from '../words.js';
import { hasRuleOfItsOwn } from './layout.js';

const megabyte = 1024 * 1024;

interface ArchiveText {
  title: string;
  help: string;
  /** What was expected, in a few words. */
  expected: string;
  message: (problem: ArchiveProblem) => string;
}

const name = ({ file }: ArchiveProblem): string => quote(file ?? 'the archive', 120);

const texts: Record<ArchiveProblemKind, ArchiveText> = {
  'not-a-zip': {
    title: 'The archive is a zip archive.',
    help: 'The platform takes zip archives alone, and a file that was renamed from another format stays what it was. Pack the widget as a zip.',
    expected: 'a zip archive',
    message: () => 'The file is not a zip archive. Pack the widget again.',
  },
  damaged: {
    title: 'The archive can be unpacked to the last byte.',
    help: 'An archive that was cut off or changed on its way cannot be unpacked in full. Pack it again and copy it whole.',
    expected: 'a whole archive',
    message: (problem) =>
      problem.file === null
        ? 'The archive is damaged or cut off. Pack the widget again.'
        : `${name(problem)} cannot be unpacked: the archive is damaged. Pack the widget again.`,
  },
  encrypted: {
    title: 'The archive has no password.',
    help: 'The platform asks for no password. Pack the files without one.',
    expected: 'files without encryption',
    message: (problem) => `${name(problem)} is encrypted. Pack the widget without a password.`,
  },
  'unsafe-name': {
    title: 'The names in the archive are relative paths that stay inside.',
    help: 'Such a name could write outside of the folder that the archive is unpacked into, so no careful program takes it. Pack the files by their paths below the folder of the widget.',
    expected: 'a relative path such as images/logo.png',
    message: (problem) =>
      `${name(problem)} must not stand in an archive: it is ${problem.found ?? 'unsafe'}.`,
  },
  'unsupported-compression': {
    title: 'The files in the archive are compressed in the way that everybody can unpack.',
    help: 'Deflate is what every program can unpack. Some archivers choose newer methods for large files: switch that off and pack again.',
    expected: 'Deflate or no compression',
    message: (problem) =>
      `${name(problem)}: the compression method ${problem.found ?? ''} is not supported. Pack with Deflate, what archivers do by default.`,
  },
  'backslash-name': {
    title: 'The folders in the names of the archive are separated by forward slashes.',
    help: 'Folders in a zip are separated by forward slashes. With backslashes there are no folders on the server, only files with strange names, and nothing is found. Pack the widget with another archiver.',
    expected: 'forward slashes between folders',
    message: () =>
      'Names in the archive have backslashes between their folders, as some archivers of Windows write them. Pack with another archiver.',
  },
  'different-name': {
    title: 'Every file of the archive has the same name in its two headers.',
    help: 'Programs take the name from either of the two places, so what is unpacked differs from one to the other. Pack the widget again.',
    expected: 'one name in both headers',
    message: (problem) =>
      `${name(problem)} has another name in its own header than in the list of the archive; which one counts is unknown. Pack the widget again.`,
  },
  'file-and-folder': {
    title: 'No name in the archive is both a file and a folder.',
    help: 'No disk can hold a file and a folder of one name, so the archive cannot be unpacked in full. Rename one of the two and pack the widget again.',
    expected: 'a file or a folder',
    message: (problem) =>
      `${name(problem)} is both a file and a folder: the archive cannot be unpacked. Pack the widget again.`,
  },
  'duplicate-name': {
    title: 'Every name stands in the archive once.',
    help: 'Programs take the first or the last of two files with one name, so what is unpacked differs from one to the other. Some archivers add a file again in place of replacing it: begin with a new archive.',
    expected: 'the name once',
    message: (problem) =>
      `${name(problem)} stands in the archive more than once; which one counts is unknown.`,
  },
  symlink: {
    title: 'The widget consists of files, not of links to files.',
    help: 'A link leads to a file of your machine, which is not there on the server. Put the file itself in its place.',
    expected: 'a file',
    message: (problem) => `${name(problem)} is a symbolic link. Put the file itself in its place.`,
  },
  'special-file': {
    title: 'The widget consists of ordinary files.',
    help: 'Devices, pipes and sockets have no content that could be packed. Take them out of the folder.',
    expected: 'a file',
    message: (problem) =>
      `${name(problem)} is ${problem.found ?? 'no ordinary file'}. Take it out of the folder.`,
  },
  unreadable: {
    title: 'Every file of the widget can be read.',
    help: 'What cannot be read cannot be packed. Check who owns the file and its permissions.',
    expected: 'a file that can be read',
    message: (problem) => `${name(problem)} cannot be read. Check its permissions.`,
  },
  'file-too-large': {
    title: 'No file is larger than a widget needs.',
    help: 'No widget needs a file of this size, and every user would have to load it. Take it out or make it smaller. The limit is the validator’s; that of the platform is not known.',
    expected: `at most ${defaultLimits.fileBytes / megabyte} MB`,
    message: (problem) => `${name(problem)} is larger than the files that are checked.`,
  },
  'too-large': {
    title: 'The widget is not larger than anybody needs.',
    help: 'No widget needs so much. See whether it is the right folder, and take out what the widget does not use. The limit is the validator’s; that of the platform is not known.',
    expected: `at most ${defaultLimits.totalBytes / megabyte} MB`,
    message: () => 'The widget is larger than what is checked. Is it the right folder or archive?',
  },
  'too-many-entries': {
    title: 'The widget does not have more files than anybody needs.',
    help: 'No widget needs so many files. See whether it is the right folder; node_modules, for one, stays outside. The limit is the validator’s.',
    expected: `at most ${defaultLimits.entries} entries`,
    message: () => 'There are more files than are checked. Is it the right folder or archive?',
  },
};

/** What reading the folder or archive brought to light, one rule per kind. */
export const archiveRules: readonly Rule[] = Object.entries(texts).map(
  ([kind, { title, help, expected, message }]) => ({
    code: `archive/${kind}`,
    severity: 'error',
    title,
    help,
    source: 'The platform unpacks the archive; platform/widget.md §2.1',
    check: (view) =>
      view.problems
        .filter((problem) => problem.kind === kind)
        .map((problem): Problem => ({
          message: message(problem),
          file: problem.file,
          fromRoot: true,
          expected,
          found: problem.found,
        })),
  }),
);

/** Names that archivers, systems and bundlers leave behind. */
const leftovers: readonly [pattern: RegExp, origin: string][] = [
  [/(?:^|\/)(?:__MACOSX\/|\.DS_Store$|\._)/, 'macOS'],
  [/(?:^|\/)(?:Thumbs\.db|desktop\.ini)$/i, 'Windows'],
  [/(?:^|\/)(?:\.git|\.svn|\.idea|\.vscode|node_modules)\//, 'the development folder'],
  [/(?:^|\/)widget\.config\.json$/, 'the validator'],
  [/(?:^|\/)(?:package(?:-lock)?\.json|\.gitignore|\.env[^/]*)$/, 'the development folder'],
  [/\.LICENSE\.txt$/, 'the bundler'],
  [/\.(?:psd|ai|fig|log|bak|tmp|swp|orig|rej)$|~$/i, 'earlier work'],
  [
    /(?:^|\/)(?:readme|changelog|contributing)(?:\.\w+)?$|(?:^|\/)(?:tsconfig[^/]*\.json|(?:webpack|vite|rollup|babel|eslint)\.config\.\w+|yarn\.lock|pnpm-lock\.yaml|composer\.(?:json|lock)|Makefile|Dockerfile)$/i,
    'the development folder',
  ],
  [/(?:^|\/)\.[^/]/, 'a program that hides its files'],
];

export const layoutRules: readonly Rule[] = [
  {
    code: 'archive/top-folder',
    severity: 'error',
    title: 'The files of the widget are at the root of the archive, without a folder around them.',
    help: 'The platform looks for manifest.json at the root of the archive and refuses one where it is inside a folder. Select the files and pack them, not the folder around them.',
    source: 'platform/widget.md §2.1',
    check: ({ topFolder }) =>
      topFolder === ''
        ? []
        : [
            {
              message: `The widget is inside the folder ${quote(topFolder.slice(0, -1))}. Pack what is in the folder, not the folder.`,
              file: null,
              expected: 'manifest.json',
              found: `${topFolder}manifest.json`,
            },
          ],
  },
  {
    code: 'archive/name',
    severity: { kommo: 'off', amocrm: 'warning' },
    title: 'The archive is called widget.zip.',
    help: 'amoCRM takes an archive under this name alone, in lower case. Rename it before you upload it; Kommo does not mind.',
    source: 'platform/widget.md §2.1: amoCRM insists on it',
    check: ({ archiveName }) =>
      archiveName === null || archiveName === 'widget.zip'
        ? []
        : [
            {
              message: `amoCRM takes the archive under the name widget.zip alone; this one is ${quote(archiveName)}.`,
              file: null,
              expected: 'widget.zip',
              found: archiveName,
            },
          ],
  },
  {
    code: 'archive/leftover-file',
    severity: { private: 'warning', public: 'error' },
    title: 'The archive holds no files that the widget does not use.',
    help: 'Systems, editors and builds leave files behind that no widget uses. The marketplace wants only needed files; in a private widget they make the archive larger and show others how you work. Leave them out when you pack.',
    source: 'platform/widget.md §8 rule 1, §13',
    check: ({ files }) =>
      [...files.keys()].flatMap((file): Problem[] => {
        if (hasRuleOfItsOwn(file)) return [];
        const origin = leftovers.find(([pattern]) => pattern.test(file))?.[1];
        return origin === undefined
          ? []
          : [
              {
                message: `The widget does not need this file; it comes from ${origin}. Leave it out.`,
                file,
                expected: 'only files of the widget',
                found: `a file from ${origin}`,
              },
            ];
      }),
  },
  {
    code: 'archive/same-name-in-other-case',
    severity: 'warning',
    title: 'Names in the archive differ in more than upper and lower case.',
    help: 'On Windows and macOS the two are one file, so what you see there is not what is uploaded. Keep one of them and see that everything names it in the same way.',
    source: 'Windows and macOS take such names for one file; which one the platform takes is not known',
    check: ({ names }) => {
      const first = new Map<string, string>();
      return [...names].sort().flatMap((file): Problem[] => {
        const plain = file.toLowerCase();
        const before = first.get(plain);
        if (before === undefined) first.set(plain, file);
        if (before === undefined) return [];
        return [
          {
            message: `${quote(before)} and ${quote(file)} differ only in upper and lower case. Keep one of them.`,
            file,
            expected: 'one spelling of a name',
            found: `${before} and ${file}`,
          },
        ];
      });
    },
  },
];
