import type { WidgetFiles } from '../../archive/files.js';
import { decodeText, makeLocator, type Position } from '../text.js';
import { type Comment, commentsOfScript, commentsOfStyles } from './comments.js';
import type { Ignore } from './ignore.js';

/** A comment that begins with `widget-ignore`, whether it can be understood or not. */
export interface InlineIgnore extends Ignore, Position {
  /** The path below the folder of the widget. */
  readonly file: string;
  /** Empty when none is given: then nothing is ignored. */
  readonly because: string;
}

/**
 * The comments `widget-ignore CODE because …` of scripts and styles. One with code before or behind it holds for
 * the lines that it stands on; one that has its lines for itself holds for the next line, past more such comments.
 */
export function inlineIgnores(files: WidgetFiles): InlineIgnore[] {
  return [...files].flatMap(([file, bytes]) => {
    const commentsOf = readerFor(file);
    // Most files have none: they need not be read for comments.
    if (commentsOf === null || !bytes.includes('widget-ignore')) return [];
    const { text } = decodeText(bytes);
    return text === null ? [] : ignoresIn(file, text, commentsOf(text));
  });
}

function readerFor(file: string): ((text: string) => Comment[]) | null {
  if (/\.(?:js|mjs|cjs)$/i.test(file)) return commentsOfScript;
  return /\.css$/i.test(file) ? commentsOfStyles : null;
}

const beginning = /^[\s*]*widget-ignore(?![\w-])/;
const wholeForm = /^[\s*]*widget-ignore\s+(?!because\b)(\S+)(?:\s+because\b[\s:]*([^]*))?/;

function ignoresIn(file: string, text: string, comments: readonly Comment[]): InlineIgnore[] {
  const locate = makeLocator(text);
  const found: InlineIgnore[] = [];
  let below: { firstLine: number; meant: number } | undefined;
  // From the end, since what a comment means may stand behind those that follow it.
  for (const comment of comments.toReversed()) {
    if (!beginning.test(comment.text)) continue;
    const [, code = '', because = ''] = wholeForm.exec(comment.text) ?? [];
    const place = locate(comment.start);
    const lastLine = locate(comment.end).line;
    let [from, to] = [place.line, lastLine];
    if (standsAlone(text, comment, place.column)) {
      from = to = below?.firstLine === lastLine + 1 ? below.meant : lastLine + 1;
      below = { firstLine: place.line, meant: to };
    }
    const covers: Ignore['covers'] = (other) =>
      other.file === file && other.line !== null && other.line >= from && other.line <= to;
    found.push({ ...place, file, code, because: because.trim(), covers });
  }
  return found.reverse();
}

/** So far from a comment one looks for code: a line can be as long as the file. */
const maxGap = 500;

/** Whether a comment has its lines for itself. */
function standsAlone(text: string, { start, end }: Comment, column: number): boolean {
  if (column - 1 > maxGap) return false;
  const before = text.slice(start - column + 1, start);
  const [after = ''] = text.slice(end, end + maxGap).split(/[\r\n]/, 1);
  return before.trim() === '' && after.trim() === '';
}
