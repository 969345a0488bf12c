/**
 * The files of a widget by their path in the archive: forward slashes, no leading slash, in the order of
 * UTF-16 code units.
 */
export type WidgetFiles = ReadonlyMap<string, Buffer>;

/** What can be wrong with a folder or an archive before anybody looks into its files. */
export type ArchiveProblemKind =
  | 'not-a-zip'
  | 'damaged'
  | 'encrypted'
  | 'unsupported-compression'
  | 'unsafe-name'
  | 'backslash-name'
  | 'duplicate-name'
  | 'different-name'
  | 'file-and-folder'
  | 'symlink'
  | 'special-file'
  | 'unreadable'
  | 'file-too-large'
  | 'too-large'
  | 'too-many-entries';

export interface ArchiveProblem {
  kind: ArchiveProblemKind;
  /** The entry as it is named there; `null` when the whole is meant. */
  file: string | null;
  /** One short phrase in the words of a person, e.g. `EACCES` or `70 MB`. */
  found: string | null;
}

export interface ArchiveContents {
  files: WidgetFiles;
  /** Entries that are there and were left out stand here, so that nobody calls them missing. */
  problems: readonly ArchiveProblem[];
  /** False when reading stopped before the end: then nothing can be said about what is missing. */
  complete: boolean;
}

/** How much is read at most, in bytes and entries; far more than a widget needs. */
export interface ArchiveLimits {
  totalBytes: number;
  fileBytes: number;
  entries: number;
}

export const defaultLimits: ArchiveLimits = {
  totalBytes: 64 * 1024 * 1024,
  fileBytes: 16 * 1024 * 1024,
  entries: 5000,
};

/** The same files in the order that {@link WidgetFiles} promises. */
export function sortFiles(files: Iterable<readonly [string, Buffer]>): WidgetFiles {
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** Whether both hold the same files with the same bytes. */
export function isSameFiles(one: WidgetFiles, other: WidgetFiles): boolean {
  return (
    one.size === other.size && [...one].every(([name, bytes]) => other.get(name)?.equals(bytes) === true)
  );
}

/**
 * The name with forward slashes: older archivers of Windows wrote backslashes, which Kommo's servers take for a
 * part of the name.
 */
export function withForwardSlashes(name: string): string {
  return name.replaceAll('\\', '/');
}

/** Why a name must not stand in an archive; `null` when it may. Folders' names end with a slash. */
export function unsafeName(name: string): string | null {
  if (name === '' || name === '/') return 'an empty name';
  if (name.startsWith('/')) return 'an absolute path';
  if (/^[A-Za-z]:/.test(name)) return 'a path with a drive letter';
  if (name.includes('\\')) return 'a name with a backslash';
  if (name.includes('\uFFFD')) return 'a name that is not UTF-8';
  if (hasControlCharacter(name)) return 'a name with a control character';
  if (/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/.test(name)) {
    return 'a name with a character that turns the direction of writing';
  }
  const segments = name.replace(/\/$/, '').split('/');
  if (segments.includes('..')) return 'a path that leaves the archive';
  if (segments.includes('.') || segments.includes('')) return 'a path with an empty or "." step';
  return null;
}

function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}
