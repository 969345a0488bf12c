import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../cli/errors.js';

/** The texts of one language by the name that a template uses, e.g. `i18n:dp.preview.title`. */
export type PictureWords = ReadonlyMap<string, string>;

/**
 * Gathers what a tour picture may say:
 *
 * | name | text |
 * |---|---|
 * | `i18n:<path>` | from `i18n/<language>.json` |
 * | `words:<path>` | from `art/words/<language>.json`: what only the pictures say |
 * | `message:filled` | the sample message with its macros filled in with the samples of the preview |
 * | `message:characters` | how many characters the message has as it is written, as the editor counts them |
 *
 * @throws {UserError} when a file is missing, isn't JSON or holds something other than texts
 */
export async function loadWords(root: string, language: string): Promise<PictureWords> {
  const words = new Map([
    ...(await readTexts('i18n', path.join(root, 'i18n', `${language}.json`))),
    ...(await readTexts('words', path.join(root, 'art', 'words', `${language}.json`))),
  ]);
  const message = words.get('words:message') ?? '';
  const filled = message.replace(
    /\{\{(\w+)\}\}/g,
    // A phone number or a name stays on one line.
    (tag, name: string) => words.get(`i18n:macros.samples.${name}`)?.replaceAll(' ', '\u00a0') ?? tag,
  );
  words.set('message:filled', filled);
  words.set('message:characters', String(Array.from(message).length));
  return words;
}

async function readTexts(prefix: string, file: string): Promise<[string, string][]> {
  let tree: unknown;
  try {
    tree = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UserError(`Expected a JSON file with texts at ${file}: ${(error as Error).message}`, {
      nextStep:
        'Every language of i18n/ needs its words in art/words/ as well; take art/words/en.json as the model.',
    });
  }
  return [...leaves(tree, '')].map(([key, text]) => [`${prefix}:${key}`, text]);
}

function* leaves(tree: unknown, key: string): Generator<[string, string]> {
  if (typeof tree === 'string') yield [key, tree];
  if (typeof tree !== 'object' || tree === null) return;
  for (const [name, child] of Object.entries(tree))
    yield* leaves(child, key === '' ? name : `${key}.${name}`);
}
