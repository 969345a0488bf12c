import { UserError } from '../../cli/errors.js';
import { readSubject } from '../read.js';
import { createView, type WidgetView } from '../view.js';
import { namesArchive, saysUploaded, uploadedForm } from './said.js';
import type { Uploaded } from './uploaded.js';

/**
 * Finds out what was uploaded last from a version, or from the path of the archive. Throws a {@link UserError} for any
 * other text, and for an archive that is not there or tells nothing of itself.
 */
export async function readUploaded(said: string): Promise<Uploaded> {
  if (!saysUploaded(said)) {
    throw new UserError(`What was uploaded last must be ${uploadedForm}; it is "${said}".`);
  }
  if (!namesArchive(said)) return { version: said, code: null };
  const manifest = (await viewOf(said)).manifest();
  if (manifest === null) {
    throw new UserError(`${said} tells no version: it has no manifest.json that can be read.`, { nextStep });
  }
  const [version, code] = ['version', 'code'].map((key) => manifest.get(['widget', key]));
  return {
    version: typeof version === 'string' ? version : null,
    code: typeof code === 'string' && code !== '' ? code : null,
  };
}

const nextStep = 'Name the archive that was uploaded last, or its version, such as 1.4.2.';

async function viewOf(archive: string): Promise<WidgetView> {
  try {
    return createView((await readSubject(archive)).contents);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`What was uploaded last cannot be looked at: ${error.message}`, { nextStep });
  }
}
