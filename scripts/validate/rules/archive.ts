import type { ArchiveProblem, ArchiveProblemKind } from '../../archive/files.js';
import type { Problem, Rule } from '../rule.js';
import { quote } from '../words.js';

interface ArchiveText {
  title: string;
  message: (problem: ArchiveProblem) => string;
}

const name = ({ file }: ArchiveProblem): string => quote(file ?? 'the archive', 120);

const texts: Record<ArchiveProblemKind, ArchiveText> = {
  'not-a-zip': {
    title: 'The archive is a zip archive.',
    message: () => 'The file is not a zip archive. Pack the widget again.',
  },
  damaged: {
    title: 'The archive can be unpacked to the last byte.',
    message: (problem) =>
      problem.file === null
        ? 'The archive is damaged or cut off. Pack the widget again.'
        : `${name(problem)} cannot be unpacked: the archive is damaged. Pack the widget again.`,
  },
  encrypted: {
    title: 'The archive has no password.',
    message: (problem) => `${name(problem)} is encrypted. Pack the widget without a password.`,
  },
  'unsafe-name': {
    title: 'The names in the archive are relative paths with forward slashes that stay inside.',
    message: (problem) =>
      `${name(problem)} must not stand in an archive: it is ${problem.found ?? 'unsafe'}.`,
  },
  'duplicate-name': {
    title: 'Every name stands in the archive once.',
    message: (problem) =>
      `${name(problem)} stands in the archive more than once; which one counts is unknown.`,
  },
  symlink: {
    title: 'The widget consists of files, not of links to files.',
    message: (problem) => `${name(problem)} is a symbolic link. Put the file itself in its place.`,
  },
  'special-file': {
    title: 'The widget consists of ordinary files.',
    message: (problem) =>
      `${name(problem)} is ${problem.found ?? 'no ordinary file'}. Take it out of the folder.`,
  },
  unreadable: {
    title: 'Every file of the widget can be read.',
    message: (problem) => `${name(problem)} cannot be read. Check its permissions.`,
  },
  'file-too-large': {
    title: 'No file is larger than a widget needs.',
    message: (problem) => `${name(problem)} is larger than the files that are checked.`,
  },
  'too-large': {
    title: 'The widget is not larger than anybody needs.',
    message: () => 'The widget is larger than what is checked. Is it the right folder or archive?',
  },
  'too-many-entries': {
    title: 'The widget does not have more files than anybody needs.',
    message: () => 'There are more files than are checked. Is it the right folder or archive?',
  },
};

/** What reading the folder or archive brought to light, one rule per kind. */
export const archiveRules: readonly Rule[] = Object.entries(texts).map(([kind, { title, message }]) => ({
  code: `archive/${kind}`,
  severity: 'error',
  title,
  source: 'The platform unpacks the archive; platform/widget.md §2.1',
  check: (view) =>
    view.problems
      .filter((problem) => problem.kind === kind)
      .map((problem): Problem => ({
        message: message(problem),
        file: problem.file,
        fromRoot: true,
        found: problem.found,
      })),
}));

/** Names that archivers, systems and bundlers leave behind. */
const leftovers: readonly [pattern: RegExp, origin: string][] = [
  [/(?:^|\/)(?:__MACOSX\/|\.DS_Store$|\._)/, 'macOS'],
  [/(?:^|\/)(?:Thumbs\.db|desktop\.ini)$/i, 'Windows'],
  [/(?:^|\/)(?:\.git|\.svn|\.idea|\.vscode|node_modules)\//, 'the development folder'],
  [/(?:^|\/)(?:package(?:-lock)?\.json|\.gitignore|\.env[^/]*)$/, 'the development folder'],
  [/\.(?:map|LICENSE\.txt)$/, 'the bundler'],
  [/\.(?:zip|rar|7z|psd|log|bak|tmp|swp)$/i, 'earlier work'],
];

export const layoutRules: readonly Rule[] = [
  {
    code: 'archive/top-folder',
    severity: 'error',
    title: 'The files of the widget are at the root of the archive, without a folder around them.',
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
    code: 'archive/leftover-file',
    severity: 'warning',
    title: 'The archive holds no files that the widget does not use.',
    source: 'platform/widget.md §8 rule 1, §13',
    check: ({ files }) =>
      [...files.keys()].flatMap((file): Problem[] => {
        const origin = leftovers.find(([pattern]) => pattern.test(file))?.[1];
        return origin === undefined
          ? []
          : [{ message: `The widget does not need this file; it comes from ${origin}. Leave it out.`, file }];
      }),
  },
];
