import type { CheckedWidget } from '../checked-widget.js';
import type { Finding } from '../finding.js';
import type { Position } from '../text.js';
import { contextLines, pickLines } from './code-frame.js';

/** A rule that finds the same all over a file is understood after so many frames. */
const framesPerCode = 5;

/** What the code frames of one file need. */
export interface FramedLines {
  /** The lines by their number. */
  picked: ReadonlyMap<number, string>;
  /** Whether a place gets a frame. */
  isShown(place: Position): boolean;
}

/** Reads the lines of a file around its findings: the first of each rule, and each place once. */
export function linesForFrames(
  widget: CheckedWidget,
  file: string | null,
  findings: readonly Finding[],
): FramedLines {
  const places = placesToShow(findings);
  const source = file === null || places.length === 0 ? null : widget.sourceOf(file);
  if (source === null) return { picked: new Map(), isShown: () => false };
  const wanted = new Set<number>();
  for (const { line } of places) {
    for (let number = line - contextLines; number <= line + contextLines; number += 1) wanted.add(number);
  }
  const left = new Set(places.map(keyOf));
  return {
    picked: pickLines(source, wanted),
    isShown: (place) => left.delete(keyOf(place)),
  };
}

function placesToShow(findings: readonly Finding[]): Position[] {
  const shown = new Map<string, number>();
  return findings.flatMap(({ code, line, column }) => {
    const before = shown.get(code) ?? 0;
    if (line === null || before === framesPerCode) return [];
    shown.set(code, before + 1);
    return [{ line, column: column ?? 1 }];
  });
}

function keyOf({ line, column }: Position): string {
  return `${line}:${column}`;
}
