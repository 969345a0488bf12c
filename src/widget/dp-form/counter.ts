import { smsSize } from '../../contract/sms-segments.js';
import type { Words } from '../words.js';

/**
 * Characters as they are typed, and the segments of the message as it is sent: macros filled in, hence only
 * about right where there are any.
 */
export function counterText(message: string, shown: string, words: Words): string {
  const about = shown === message ? '' : '≈ ';
  const characters = Array.from(message).length;
  return `${words('dp.counter.characters')}: ${characters} · ${words('dp.counter.segments')}: ${about}${smsSize(shown).segments}`;
}
