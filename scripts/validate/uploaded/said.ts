import { versionNumbers } from '../../../src/kommo/version.js';

/** What can be said of what was uploaded last, in words for messages. */
export const uploadedForm = 'a version such as 1.4.2, or the path of the zip archive';

/** Whether a text says what was uploaded last: a version, or a path that ends in `.zip`. */
export function saysUploaded(text: string): boolean {
  return namesArchive(text) || versionNumbers(text) !== null;
}

/** Whether it is an archive that is said to be uploaded last, not a version. */
export function namesArchive(text: string): boolean {
  return /\.zip$/i.test(text);
}
