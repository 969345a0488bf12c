import { lstatSync, realpathSync, statSync } from 'node:fs';

/**
 * Where a file or folder really goes: a link is followed, so that it stays a link. A file never takes the place of
 * anything but a file, nor a folder that of anything but a folder: a device, a pipe or a folder was meant for
 * something else. Throws an error with a code of `write-error.ts`.
 */
export function finalPlace(wanted: string, isFolder: boolean): string {
  if (lstatSync(wanted, { throwIfNoEntry: false }) === undefined) return wanted;
  const found = statSync(wanted, { throwIfNoEntry: false });
  if (found === undefined) throw refusal('ELOOP', wanted);
  if (isFolder && !found.isDirectory()) throw refusal('ENOTDIR', wanted);
  if (!isFolder && found.isDirectory()) throw refusal('EISDIR', wanted);
  if (!isFolder && !found.isFile()) throw refusal('ENODEV', wanted);
  return realpathSync(wanted);
}

function refusal(code: string, place: string): Error {
  return Object.assign(new Error(`${code}: ${place}`), { code });
}
