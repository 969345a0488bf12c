import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Position } from './text.js';
import { count, quote } from './words.js';

export interface JsonFlaw {
  kind: 'syntax' | 'comment' | 'trailing-comma' | 'duplicate-key' | 'too-deep' | 'too-large';
  /** Where it is, in UTF-16 code units from the start of the text without its byte order mark. */
  offset: number;
  message: string;
  expected: string;
  found: string;
}

/** More than any manifest or language file needs; beyond it only time would be lost. */
export const maxJsonBytes = 1024 * 1024;

const maxDepth = 100;

/** So many keys that stand twice are shown one by one; the rest are counted. */
const maxDuplicateKeys = 100;

/** Whether brackets nest deeper than a recursive parser should follow. */
export function nestsTooDeep(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\\n]|\\.)*"?|[[{]|[\]}]/g)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > maxDepth) return true;
  }
  return false;
}

export function tooDeep(): JsonFlaw {
  return {
    kind: 'too-deep',
    offset: 0,
    message: 'The values nest too deep to be checked.',
    expected: `at most ${count(maxDepth, 'level')}`,
    found: 'more levels',
  };
}

export function tooLarge(bytes: number): JsonFlaw {
  return {
    kind: 'too-large',
    offset: 0,
    message: 'The file is too large to be checked.',
    expected: `at most ${count(maxJsonBytes, 'byte')}`,
    found: count(bytes, 'byte'),
  };
}

/**
 * What keeps a text from being strict JSON. Of several syntax errors only the first counts, since the others
 * mostly follow from it; comments are one finding together.
 */
export function findJsonFlaws(
  text: string,
  tree: Node | undefined,
  locate: (offset: number) => Position,
): JsonFlaw[] {
  if (/^[ \t\r\n]*$/.test(text)) {
    return [
      {
        kind: 'syntax',
        offset: 0,
        message: 'The file is empty.',
        expected: 'a JSON object',
        found: 'an empty file',
      },
    ];
  }
  // Strict JSON has no other flaw, and nearly every file is that.
  if (isStrict(text)) return tree === undefined ? [] : duplicateKeys(tree, locate);
  const lenient: ParseError[] = [];
  parseTree(text, lenient, { disallowComments: false, allowTrailingComma: true });
  const [first] = lenient;
  if (first !== undefined) return [syntaxFlaw(text, first)];
  const flaws = [...commentFlaws(text), ...trailingCommaFlaws(text)];
  if (flaws.length === 0) flaws.push(...remainingFlaws(text));
  return tree === undefined ? flaws : [...flaws, ...duplicateKeys(tree, locate)];
}

function commentFlaws(text: string): JsonFlaw[] {
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: true, allowTrailingComma: true });
  const comments = errors.filter(({ error }) => printParseErrorCode(error) === 'InvalidCommentToken');
  const [first] = comments;
  if (first === undefined) return [];
  return [
    {
      kind: 'comment',
      offset: first.offset,
      message: `JSON has no comments: take this one out.${alsoMore(comments.length - 1, 'comment')}`,
      expected: 'no comment',
      found: quote(text.slice(first.offset, first.offset + first.length)),
    },
  ];
}

function trailingCommaFlaws(text: string): JsonFlaw[] {
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: false, allowTrailingComma: false });
  const offsets = new Set(errors.map(({ offset }) => offset));
  const [first] = offsets;
  if (first === undefined) return [];
  return [
    {
      kind: 'trailing-comma',
      offset: Math.max(0, text.lastIndexOf(',', first)),
      message: `JSON has no comma after the last item: take it out.${alsoMore(offsets.size - 1, 'such comma')}`,
      expected: 'no comma',
      found: ',',
    },
  ];
}

function alsoMore(rest: number, what: string): string {
  return rest === 0 ? '' : ` The file has ${count(rest, `more ${what}`)}.`;
}

function isStrict(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON.parse has the last word on what strict JSON is. */
function remainingFlaws(text: string): JsonFlaw[] {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    const position = /position (\d+)/.exec((error as Error).message)?.[1];
    const offset = position === undefined ? 0 : Number(position);
    return [
      {
        kind: 'syntax',
        offset,
        message: 'This is not JSON.',
        expected: 'JSON',
        found: quote(text.slice(offset, offset + 20)),
      },
    ];
  }
}

function duplicateKeys(tree: Node, locate: (offset: number) => Position): JsonFlaw[] {
  const flaws: JsonFlaw[] = [];
  let firstLeftOut: number | null = null;
  let leftOut = 0;
  const waiting: Node[] = [tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const child of node.children ?? []) waiting.push(child);
    if (node.type !== 'object') continue;
    const seen = new Map<string, number>();
    for (const [key] of (node.children ?? []).map((child) => child.children ?? [])) {
      if (key === undefined) continue;
      const name = String(key.value);
      const before = seen.get(name);
      if (before === undefined) {
        seen.set(name, key.offset);
      } else if (flaws.length === maxDuplicateKeys) {
        firstLeftOut ??= key.offset;
        leftOut += 1;
      } else {
        flaws.push({
          kind: 'duplicate-key',
          offset: key.offset,
          message: `The key ${quote(name)} stands twice in the same object, first in line ${locate(before).line}; only the last one counts.`,
          expected: 'the key once',
          found: quote(name),
        });
      }
    }
  }
  if (firstLeftOut !== null) {
    const message = `The file has ${count(leftOut, 'more key')} that stand twice.`;
    flaws.push({
      kind: 'duplicate-key',
      offset: firstLeftOut,
      message,
      expected: 'each key once',
      found: count(leftOut, 'key'),
    });
  }
  return flaws;
}

/** By the names of jsonc-parser's error codes. */
const syntaxMessages: Record<string, [message: string, expected?: string]> = {
  InvalidSymbol: ['Keys and texts stand in double quotes; only numbers, true, false and null stand without.'],
  InvalidNumberFormat: ['This is not a JSON number.'],
  PropertyNameExpected: ['A key is missing here.', 'a key in double quotes'],
  ValueExpected: ['A value is missing here.', 'a value'],
  ColonExpected: ['A colon is missing between the key and its value.', ':'],
  CommaExpected: ['A comma is missing before this.', ','],
  CloseBraceExpected: ['An object is not closed.', '}'],
  CloseBracketExpected: ['A list is not closed.', ']'],
  EndOfFileExpected: ['The JSON ends before this: take out what follows.', 'the end of the file'],
  UnexpectedEndOfComment: ['A comment is not closed; JSON has no comments at all.'],
  UnexpectedEndOfString: ['A text is not closed.', '"'],
  UnexpectedEndOfNumber: ['A number is not complete.'],
  InvalidUnicode: ['A \\u is not followed by four hexadecimal digits.'],
  InvalidEscapeCharacter: ['A backslash is not followed by a character that JSON can escape.'],
  InvalidCharacter: ['A control character, such as a tab or a line end, stands inside a text.'],
};

function syntaxFlaw(text: string, { error, offset, length }: ParseError): JsonFlaw {
  const [message, expected] = syntaxMessages[printParseErrorCode(error)] ?? ['This is not JSON.'];
  const token = text.slice(offset, offset + Math.max(1, length));
  const atEnd = /^[ \t\r\n]*$/.test(text.slice(offset));
  return {
    kind: 'syntax',
    offset,
    message,
    expected: expected ?? 'JSON',
    found: atEnd ? 'the end of the file' : quote(token),
  };
}
