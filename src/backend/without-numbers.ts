/**
 * A text for the log, with `…` in the place of whatever may be a phone number: seven digits or more, however they are
 * set apart.
 */
export function withoutNumbers(text: string): string {
  return text.replaceAll(/\+?\p{Nd}(?:[\s()./‐-―-]*\p{Nd}){6,}/gu, '…');
}
