import type { JSONPath } from 'jsonc-parser';
import { copiedFrom } from '../copied-texts.js';
import { isObject, type JsonDocument, property } from '../json-document.js';
import { describeShown, type Problem, type Rule } from '../rule.js';
import { count, quote } from '../words.js';

/** What `--fix` has left for a translator. */
export const copiedTextRules: readonly Rule[] = [
  {
    code: 'i18n/copied-text',
    severity: 'warning',
    title: 'No text waits for its translation.',
    help: 'The key was missing, and --fix has copied the text of the first language, with a mark before it that users would see. Translate the text and take out the mark.',
    source: 'The mark of npm run validate -- --fix',
    check: (view) => {
      const found = [...view.languages().values()].flatMap((document) =>
        placesIn(document.value, []).map((place) => ({ document, ...place })),
      );
      return describeShown(found, ({ document, path, texts, from }) =>
        describe(document, path, { texts, from }),
      );
    },
  },
];

interface Place {
  path: JSONPath;
  /** How many texts, all of them copied, stand there. */
  texts: number;
  from: string;
}

/** The copied texts; groups in which there is nothing else are one place, as missing groups are. */
function placesIn(value: unknown, path: JSONPath): Place[] {
  if (typeof value === 'string') {
    const from = copiedFrom(value);
    return from === null ? [] : [{ path, texts: 1, from }];
  }
  if (!isObject(value)) return [];
  const members = Object.keys(value).map((key) => placesIn(property(value, key), [...path, key]));
  const places = members.flat();
  const [first] = places;
  // A member that is copied as a whole is one place right here.
  const isWhole = path.length > 0 && members.every(([place]) => place?.path.length === path.length + 1);
  if (first === undefined || !isWhole) return places;
  return [{ path, texts: places.reduce((sum, { texts }) => sum + texts, 0), from: first.from }];
}

function describe(
  document: JsonDocument,
  path: JSONPath,
  { texts, from }: Pick<Place, 'texts' | 'from'>,
): Problem {
  const key = quote(path.join('.'));
  const value = document.get(path);
  return {
    message:
      texts === 1
        ? `${key} was copied from ${quote(from)} and waits for its translation.`
        : `The ${count(texts, 'text')} of ${key} were copied from ${quote(from)} and wait for their translation.`,
    ...document.keySpot(path),
    expected: 'a translated text',
    found: typeof value === 'string' ? quote(value) : count(texts, 'copied text'),
  };
}
