/** UTF-16 units that a character may have on average; families of emoji have eleven, texts of nothing else are rare. */
const unitsEach = 8;

/**
 * A text cut to at most `most` characters as people see them (a flag or a family is one), with … in the place of what
 * was cut. No character is torn apart.
 */
export function cut(text: string, most: number): string {
  // As many UTF-16 units are as many characters at the most, so that most texts need not be taken apart.
  if (text.length <= most) return text;
  const kept: string[] = [];
  let units = 0;
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    units += segment.length;
    if (kept.length === most || units > most * unitsEach) {
      const beginning = kept.slice(0, most - 1).join('');
      return `${beginning.trimEnd()}…`;
    }
    kept.push(segment);
  }
  return text;
}
