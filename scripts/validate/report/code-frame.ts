import stringWidth from 'string-width';
import { printable } from '../../cli/printable.js';
import type { Position } from '../text.js';

/** How many lines are shown before and after the one that is meant. */
export const contextLines = 2;

/** However long the piece of source is, more than this is never looked at to find where it ends. */
const longestMark = 200;

const tabAsSpaces = '  ';

export interface FrameLine {
  /** The line's number; `null` for the line with the marker. */
  number: number | null;
  text: string;
  /** The line that is meant, or the marker below it. */
  meant: boolean;
}

/**
 * The line that is meant between its neighbours, with a marker below the place. What is wider than `room` columns
 * is cut, all lines at the same place; tabs become spaces, and what would steer the terminal U+FFFD.
 */
export function codeFrame(
  lines: ReadonlyMap<number, string>,
  { line, column }: Position,
  { room }: { room: number },
): FrameLine[] {
  const meant = lines.get(line);
  if (meant === undefined) return [];
  const place = Math.min(column - 1, meant.length);
  const from = windowStart(meant, place, room);
  const frame: FrameLine[] = [];
  for (let number = line - contextLines; number <= line + contextLines; number += 1) {
    const text = lines.get(number);
    if (text === undefined) continue;
    frame.push({ number, text: windowOf(text, from, room), meant: number === line });
    if (number === line) frame.push({ number: null, text: marker(meant, place, from, room), meant: true });
  }
  return withoutBlankEdges(frame);
}

/** Above all what follows the last line end of a file. */
function withoutBlankEdges(frame: readonly FrameLine[]): FrameLine[] {
  const isKept = ({ meant, text }: FrameLine): boolean => meant || text.trim() !== '';
  return frame.slice(frame.findIndex(isKept), frame.findLastIndex(isKept) + 1);
}

/** The lines with these numbers, from 1. One pass, so that a long file with many findings costs no more. */
export function pickLines(source: string, wanted: ReadonlySet<number>): Map<number, string> {
  const picked = new Map<number, string>();
  const last = [...wanted].reduce((most, number) => Math.max(most, number), 0);
  let number = 1;
  let start = 0;
  for (let index = 0; index < source.length && number <= last; index += 1) {
    const code = source.charCodeAt(index);
    if (code !== lineFeed && code !== carriageReturn) continue;
    if (wanted.has(number)) picked.set(number, source.slice(start, index));
    if (code === carriageReturn && source.charCodeAt(index + 1) === lineFeed) index += 1;
    number += 1;
    start = index + 1;
  }
  if (wanted.has(number)) picked.set(number, source.slice(start));
  return picked;
}

const lineFeed = 10;
const carriageReturn = 13;

/** Where the lines are cut at the left so that the place can be seen: after a third of the room where it is far. */
function windowStart(line: string, place: number, room: number): number {
  const isShort = line.length <= 2 * room && widthOf(line) <= room;
  if (isShort) return 0;
  const tooFar = Math.floor((room * 2) / 3);
  if (place <= tooFar && widthOf(line.slice(0, place)) <= tooFar) return 0;
  let from = place - Math.min(place, Math.floor(room / 3));
  while (from < place && widthOf(line.slice(from, place)) > tooFar) from += Math.ceil((place - from) / 2);
  return isLowSurrogate(line, from) ? from + 1 : from;
}

function windowOf(line: string, from: number, room: number): string {
  if (from >= line.length && from > 0) return '';
  const head = from > 0 ? '…' : '';
  return head + cutRight(line.slice(from), room - head.length);
}

function cutRight(text: string, room: number): string {
  // Beyond so many code units there is nothing left to see, unless it consists of accents.
  const whole = show(text.slice(0, 4 * room));
  if (text.length <= 4 * room && columnsOf(whole) <= room) return whole;
  let kept = '';
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(whole)) {
    width += columnsOf(segment);
    if (width > room - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

function marker(line: string, place: number, from: number, room: number): string {
  const offset = (from > 0 ? 1 : 0) + widthOf(line.slice(from, place));
  const length = widthOf(tokenAt(line, place));
  return ' '.repeat(offset) + '^'.repeat(Math.max(1, Math.min(length, room - offset)));
}

/** What stands at a place as a reader sees it: a text in quotes, a word or number, else one character. */
function tokenAt(line: string, place: number): string {
  const rest = line.slice(place, place + longestMark);
  const token = /^(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|`(?:[^`\\]|\\.)*`?|[#.]?[\w$-]+|.)/u.exec(rest);
  return token?.[0] ?? '';
}

function widthOf(text: string): number {
  return columnsOf(show(text));
}

/** Nearly every line of code is ASCII, of which the package need not look at each character. */
function columnsOf(text: string): number {
  return /^[\x20-\x7e]*$/.test(text) ? text.length : stringWidth(text);
}

function show(text: string): string {
  return printable(text.replaceAll('\t', tabAsSpaces));
}

function isLowSurrogate(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff;
}
