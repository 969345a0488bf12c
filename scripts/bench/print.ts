import type { Colors } from '../cli/colors.js';
import { wrap } from '../cli/wrap.js';
import type { Reading } from './benchmark.js';

/** Columns of the titles and of the figures. */
const widths = { title: 46, figure: 11 };

/** A line for the figure and its promise, and what it is made of below it; within `columns`. */
export function printReading(
  { title, figure, promise, notes = [] }: Reading,
  { colors, columns }: { colors: Colors; columns: number },
): string {
  const verdict =
    promise === undefined
      ? ''
      : `  ${promise.isKept ? colors.green('kept') : colors.red('missed')}: ${promise.bound}`;
  const lines = [`${title.padEnd(widths.title)}${figure.padStart(widths.figure)}${verdict}`];
  for (const note of notes) {
    for (const line of wrap(note, columns - 2)) lines.push(`  ${colors.dim(line)}`);
  }
  return `${lines.join('\n')}\n`;
}
