const longest = 200;

/**
 * What a service says about a failure, fit for logs and for the feed: without the things it may quote from what it
 * was sent, without anything that looks like a phone number, on one line.
 *
 * @param hidden Number, text and access data of the call.
 */
export function ownWords(words: unknown, hidden: readonly string[]): string {
  if (typeof words !== 'string') return '';
  let left = words;
  for (const secret of hidden) if (secret !== '') left = left.replaceAll(secret, '…');
  left = left
    .replaceAll(/\+?\d(?:[\s().-]*\d){5,}/g, '…')
    .replaceAll(/[\s\0]+/g, ' ')
    .trim();
  return left.length > longest ? `${left.slice(0, longest - 1).trimEnd()}…` : left;
}
