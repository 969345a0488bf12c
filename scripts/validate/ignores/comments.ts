import { tokenizer, tokTypes } from 'acorn';

/** A comment, without the signs that begin and end it; offsets in UTF-16 code units, `end` behind the last one. */
export interface Comment {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The comments of a script; of one that cannot be read to its end, those before. Never throws. */
export function commentsOfScript(script: string): Comment[] {
  const comments: Comment[] = [];
  try {
    const tokens = tokenizer(script, {
      ecmaVersion: 'latest',
      allowHashBang: true,
      onComment: (_block, text, start, end) => comments.push({ text, start, end }),
    });
    // The tokens themselves don't matter; reading them is what finds the comments.
    while (tokens.getToken().type !== tokTypes.eof);
  } catch {
    // What is wrong with the script is for the rules to say.
  }
  return comments;
}

/** The comments of a stylesheet; a last one that is not closed goes to the end. Never throws. */
export function commentsOfStyles(styles: string): Comment[] {
  const comments: Comment[] = [];
  const sign = /\/\*|["']/g;
  for (let found = sign.exec(styles); found !== null; found = sign.exec(styles)) {
    if (found[0] === '/*') {
      const closing = styles.indexOf('*/', found.index + 2);
      const [textEnd, end] = closing === -1 ? [styles.length, styles.length] : [closing, closing + 2];
      comments.push({ text: styles.slice(found.index + 2, textEnd), start: found.index, end });
      sign.lastIndex = end;
    } else {
      sign.lastIndex = endOfString(styles, found.index);
    }
  }
  return comments;
}

/** Behind the quote that closes a string, or at the end of the line, which ends every string of CSS. */
function endOfString(styles: string, start: number): number {
  for (let index = start + 1; index < styles.length; index += 1) {
    const character = styles[index];
    if (character === '\\') index += 1;
    else if (character === styles[start]) return index + 1;
    else if (character === '\n') return index;
  }
  return styles.length;
}
