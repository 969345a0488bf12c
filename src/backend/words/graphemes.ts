/**
 * A text cut to at most `most` characters as people see them (a flag or a family is one), with … in the place of what
 * was cut. No character is torn apart.
 */
export function cut(text: string, most: number): string {
  // As many UTF-16 units are as many characters at the most, so that most texts need not be taken apart.
  if (text.length <= most) return text;
  const characters: string[] = [];
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    if (characters.length === most) return `${characters.slice(0, -1).join('').trimEnd()}…`;
    characters.push(segment);
  }
  return text;
}
