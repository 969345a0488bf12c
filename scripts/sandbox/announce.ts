import type { Colors } from '../cli/colors.js';

/** A word that says what a line is about, and its colour. */
const words = {
  built: 'green',
  connected: 'green',
  loaded: 'green',
  reset: 'green',
  error: 'red',
  refused: 'red',
  taken: 'yellow',
  'left out': 'yellow',
} as const satisfies Record<string, keyof Colors>;
export type NewsWord = keyof typeof words;

export type Announce = (word: NewsWord, ...lines: readonly string[]) => void;

/**
 * Writes news to a stream: a coloured word and what there is to say, more lines below it. On a terminal long lines are
 * broken between words and stand below the first; elsewhere they stay as they are, for programs that read them.
 */
export function announceTo(
  stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>,
  colors: Colors,
): Announce {
  return (word, ...lines) => {
    const indent = ' '.repeat(word.length + 1);
    const width = stream.isTTY ? stream.columns - indent.length : Number.POSITIVE_INFINITY;
    const text = lines.flatMap((line) => wrap(line, width)).join(`\n${indent}`);
    stream.write(`${colors[words[word]](word)} ${text}\n`);
  };
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines.push(`${lines.pop() ?? ''} ${word}`);
    else lines.push(word);
  }
  return lines;
}
