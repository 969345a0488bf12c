import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../cli/errors.js';
import type { PictureWords } from './words.js';

/** `[[kind:name]]`; double braces would collide with the macros that the pictures show. */
const placeholder = /\[\[(\w+):([\w.-]+)\]\]/g;

/**
 * Reads a picture's source and fills it in: `[[include:FILE]]` with a file of the same folder, any other
 * placeholder with the text of that name, escaped for markup.
 *
 * @throws {UserError} when a file cannot be read or a text is missing
 */
export async function fillTemplate(file: string, words: PictureWords): Promise<string> {
  const template = await readSource(file);
  const names = new Set(
    Array.from(template.matchAll(placeholder), ([, kind, name]) => `${kind ?? ''}:${name ?? ''}`),
  );
  const values = new Map<string, string>();
  for (const name of names) {
    const text = words.get(name);
    if (name.startsWith('include:')) {
      values.set(name, await readSource(path.join(path.dirname(file), name.slice('include:'.length))));
    } else if (text === undefined) {
      throw new UserError(`${path.basename(file)} asks for the text ${name}, which this language lacks.`, {
        nextStep: name.startsWith('words:')
          ? 'Add it to art/words/.'
          : 'Add it to i18n/ or correct the name.',
      });
    } else {
      values.set(name, escapeMarkup(keepWords(text)));
    }
  }
  return template.replace(
    placeholder,
    (_, kind: string, name: string) => values.get(`${kind}:${name}`) ?? '',
  );
}

async function readSource(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UserError(`Expected a source of the pictures at ${file}: ${(error as Error).message}`, {
      nextStep: 'Restore it from the repository.',
    });
  }
}

function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** A word with a hyphen, such as `e-posta`, stays on one line: U+2060 forbids the break. */
function keepWords(text: string): string {
  return text.replace(/(?<=\p{L}-)(?=\p{L})/gu, '\u2060');
}
