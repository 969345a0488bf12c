import type { ArchiveProblemKind } from '../../archive/files.js';
import type { Example } from './example.js';
import { type Content, widgetFiles } from './widget.js';

/** What no file can show, since it is in how the archive is made. */
function ofReading(
  kind: ArchiveProblemKind,
  file: string | null,
  found: string | null,
  wrong: string,
  right: string,
): Record<string, Example> {
  return {
    [`archive/${kind}`]: {
      wrong: { problems: [{ kind, file, found }], said: wrong },
      right: { said: right },
    },
  };
}

/** The minimal widget with a folder around it, as it is when the folder was packed instead of what is in it. */
function inFolder(folder: string): Record<string, Content> {
  const moved = [...widgetFiles()].flatMap(([name, bytes]): [string, Content][] => [
    [name, null],
    [`${folder}/${name}`, bytes],
  ]);
  return Object.fromEntries(moved);
}

export const archiveExamples: Readonly<Record<string, Example>> = {
  ...ofReading(
    'not-a-zip',
    null,
    null,
    'widget.zip is a RAR archive that was renamed.',
    'widget.zip was packed as a zip.',
  ),
  ...ofReading(
    'damaged',
    null,
    null,
    'widget.zip was cut off while it was copied.',
    'widget.zip can be unpacked whole.',
  ),
  ...ofReading(
    'encrypted',
    'script.js',
    null,
    'widget.zip asks for a password.',
    'widget.zip has no password.',
  ),
  ...ofReading(
    'unsafe-name',
    '../script.js',
    'a path that leaves the archive',
    'The archive holds ../script.js.',
    'The archive holds script.js.',
  ),
  ...ofReading(
    'unsupported-compression',
    'script.js',
    '12',
    'The archive was compressed with BZIP2.',
    'The archive was compressed with Deflate, as archivers do by default.',
  ),
  ...ofReading(
    'backslash-name',
    'images\\logo.png',
    null,
    'The archive holds images\\logo.png.',
    'The archive holds images/logo.png.',
  ),
  ...ofReading(
    'different-name',
    'script.js',
    'other.js',
    'A file is called script.js in the list of the archive, and other.js before its own bytes.',
    'Both say script.js, as archivers write it.',
  ),
  ...ofReading(
    'file-and-folder',
    'images',
    null,
    'The archive holds a file images, and images/logo.png.',
    'The archive holds images/logo.png alone.',
  ),
  ...ofReading(
    'duplicate-name',
    'script.js',
    null,
    'The archive holds script.js twice.',
    'The archive holds script.js once.',
  ),
  ...ofReading(
    'symlink',
    'script.js',
    null,
    'script.js is a symbolic link to ../dist/script.js.',
    'script.js is the file itself.',
  ),
  ...ofReading(
    'special-file',
    'queue',
    'a named pipe',
    'The folder holds a named pipe.',
    'The folder holds files and folders alone.',
  ),
  ...ofReading(
    'unreadable',
    'script.js',
    'EACCES',
    'script.js belongs to another user, who alone may read it.',
    'Every file may be read by whoever packs the widget.',
  ),
  ...ofReading(
    'file-too-large',
    'video.mp4',
    '40 MB',
    'The archive holds a video of 40 MB.',
    'The widget loads the video from your server.',
  ),
  ...ofReading(
    'too-large',
    null,
    '70 MB',
    'The archive is of the whole project, node_modules included.',
    'The archive holds what the widget needs.',
  ),
  ...ofReading(
    'too-many-entries',
    null,
    '20000',
    'The archive is of the whole project, with 20000 files.',
    'The archive holds what the widget needs.',
  ),
  'archive/top-folder': {
    wrong: { files: inFolder('my-widget'), said: 'my-widget/manifest.json, my-widget/script.js, …' },
    right: { said: 'manifest.json, script.js, …' },
  },
  'archive/name': {
    situation: { target: 'amocrm' },
    wrong: { archiveName: 'parcels-1.4.2.zip' },
    right: { archiveName: 'widget.zip' },
  },
  'archive/leftover-file': {
    wrong: { files: { '.DS_Store': 'left by the Finder', 'script.js.map': '{}' } },
    right: {},
  },
  'archive/same-name-in-other-case': {
    wrong: { files: { 'style.css': '.my-widget { margin: 0; }', 'Style.css': '.my-widget { margin: 0; }' } },
    right: { files: { 'style.css': '.my-widget { margin: 0; }' } },
  },
};
