import { type Comment, type Options, parse, type Program } from 'acorn';
import { RangedParser } from './ranged-parser.js';

/** What a script is made of, or why that cannot be told. */
export type Parsed =
  | { kind: 'program'; program: Program; comments: readonly Comment[] }
  | { kind: 'syntax'; line: number; column: number; reason: string }
  | { kind: 'undecided'; reason: string };

/** Parsing takes about a second for five megabytes, and as much memory as forty times the text. */
export const maxScriptLength = 6 * 1024 * 1024;

/** Minified code has more in every character: of so much at most in a file, and of twice as much together. */
export const maxMinified = 1.5 * 1024 * 1024;

/** Why a script is not parsed at all. */
export const tooLarge = 'it is too large to be checked';

/** Parses a script as the platform's page loads it: no ES module. Never throws. */
export function parseScript(text: string, { ranges = false, ...options }: Partial<Options> = {}): Parsed {
  if (text.length > maxScriptLength) return { kind: 'undecided', reason: tooLarge };
  const comments: Comment[] = [];
  try {
    const all: Options = {
      ecmaVersion: 'latest',
      allowHashBang: false,
      sourceType: 'script',
      onComment: comments,
      ...options,
    };
    const program = ranges ? RangedParser.parse(text, all) : parse(text, all);
    return { kind: 'program', program, comments };
  } catch (error) {
    // Not only a stack that ends is told so: acorn has words of its own for it.
    if (!(error instanceof SyntaxError) || error.message.startsWith('Not enough stack space')) {
      return { kind: 'undecided', reason: 'its expressions nest too deep to be checked' };
    }
    const { loc } = error as SyntaxError & { loc: { line: number; column: number } };
    const reason = error.message.replace(/ \(\d+:\d+\)$/, '');
    return { kind: 'syntax', line: loc.line, column: loc.column + 1, reason };
  }
}
