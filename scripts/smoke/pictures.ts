import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeError } from '../files/write-error.js';
import type { AccountPage } from './account-page.js';

/** Writes a picture of the page as it is now, called by this place. */
export type Shoot = (place: string) => Promise<void>;

/**
 * Pictures of a widget's round in the order in which they are made, `<code>-01-install.png` and so on; none without a
 * folder. Throws a `UserError` when the folder cannot be written to.
 */
export function shooter({ picture }: AccountPage, code: string, folder: string | undefined): Shoot {
  let number = 0;
  return async (place) => {
    if (folder === undefined) return;
    const bytes = await picture();
    if (bytes === undefined) return;
    number += 1;
    const name = place.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '');
    const file = path.join(folder, `${code}-${String(number).padStart(2, '0')}-${name}.png`);
    await writeFile(file, bytes).catch((error: unknown) => {
      throw writeError(error, file);
    });
  };
}
