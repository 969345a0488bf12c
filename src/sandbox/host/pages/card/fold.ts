/** A long text in two: what is to be seen while it is folded, and what comes below that. */
export interface Folded {
  readonly head: string;
  readonly rest: string;
}

/** What a note of several sentences needs; where the platform folds is not known (`platform/server.md §5.6`). */
const most = { characters: 500, lines: 12 } as const;

/** Breaks a text between paragraphs, lines or words, in this order; undefined when it is short. */
export function foldText(text: string): Folded | undefined {
  const room = text.split('\n').slice(0, most.lines).join('\n').slice(0, most.characters);
  if (room.length === text.length) return undefined;
  const breaks = ['\n\n', '\n', ' '].map((between) => room.lastIndexOf(between));
  const at = breaks.find((place) => place > 0);
  // Half of an emoji is none.
  if (at === undefined) {
    const head = room.replace(/[\uD800-\uDBFF]$/, '');
    return { head, rest: text.slice(head.length) };
  }
  // Of a line break the new block is a part; a second one leaves the line between paragraphs empty.
  return { head: text.slice(0, at), rest: text.slice(at + 1) };
}
