import { type MacroName, macros } from './macros.js';

/**
 * The known macro that an unknown name was most likely meant to be, or `undefined` when none is near: one
 * edit is forgiven for each three letters. Case, spaces, hyphens and dots count as no difference.
 */
export function nearestMacro(name: string): MacroName | undefined {
  const wanted = normalise(name);
  let nearest: MacroName | undefined;
  let nearestDistance = Math.floor(wanted.length / 3) + 1;
  for (const macro of macros) {
    const distance = editDistance(wanted, macro.name);
    if (distance < nearestDistance) {
      nearest = macro.name;
      nearestDistance = distance;
    }
  }
  return nearest;
}

function normalise(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s.-]+/g, '_');
}

/** Levenshtein distance in which two swapped neighbours count as one edit. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = at(previous, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      let distance = Math.min(replaced, at(previous, column) + 1, at(current, column - 1) + 1);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        distance = Math.min(distance, at(beforePrevious, column - 2) + 1);
      }
      current.push(distance);
    }
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, b.length);
}

function at(row: number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
