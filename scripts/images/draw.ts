import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../cli/errors.js';
import type { Picture } from './pictures.js';
import { readText } from './png-chunks.js';
import { samePicture } from './compare.js';
import { compress } from './compress.js';
import { startRenderer } from './renderer.js';

/** Under which the PNG keeps what it was drawn from. */
const fingerprintKeyword = 'Source';

export interface DrawnPicture {
  file: string;
  /** How the file stood before: as its source draws it, drawn from another source or altered, or not there. */
  state: 'same' | 'different' | 'missing';
  /** Size of the file, as it stands or as it was written. */
  bytes: number;
}

/**
 * Draws pictures one after the other and compares each with its file. A file that already shows the picture
 * keeps its bytes, so that drawing again changes nothing.
 *
 * @param options.root the repository
 * @param options.browserPath the Chromium that draws
 * @param options.write whether to write the files that are missing or different
 * @throws {UserError} when a source or a text is missing, or the room for it
 */
export async function* drawPictures(
  pictures: readonly Picture[],
  { root, browserPath, write = true }: { root: string; browserPath: string; write?: boolean },
): AsyncGenerator<DrawnPicture> {
  const renderer = await startRenderer(root, browserPath);
  try {
    for (const picture of pictures) {
      const target = path.join(root, picture.file);
      const { png, fingerprint } = await renderer.render(picture);
      const present = await readFile(target).catch(() => undefined);
      const state =
        present === undefined ? 'missing' : isCurrent(present, png, fingerprint) ? 'same' : 'different';
      if (present !== undefined && (state === 'same' || !write)) {
        yield { file: picture.file, state, bytes: present.length };
        continue;
      }
      const bytes = compress(png, { [fingerprintKeyword]: fingerprint });
      if (write) await replaceFile(target, bytes);
      yield { file: picture.file, state, bytes: bytes.length };
    }
  } finally {
    await renderer.close();
  }
}

/**
 * The fingerprint notices a changed word, which is less of a picture than two versions of Chromium differ in;
 * the comparison notices a file that was altered or drawn badly.
 */
function isCurrent(present: Buffer, drawn: Buffer, fingerprint: string): boolean {
  return readText(present, fingerprintKeyword) === fingerprint && samePicture(present, drawn);
}

/** Through a file beside it, so that an interruption leaves the old picture whole. */
async function replaceFile(target: string, bytes: Buffer): Promise<void> {
  const next = `${target}.next`;
  try {
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(next, bytes);
    await rename(next, target);
  } catch (error) {
    await rm(next, { force: true }).catch(() => undefined);
    throw new UserError(`Expected a folder that can be written for ${target}: ${(error as Error).message}`, {
      nextStep: 'Give yourself the right to write there and run the command again.',
    });
  }
}
