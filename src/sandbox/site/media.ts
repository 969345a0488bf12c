import { isRecord } from '../account/oauth/fields.js';
import { builtInFiles, builtInMedia } from '../chat-service/media/built-in.js';
import { readMedia } from '../chat-service/read-media.js';
import type { PhoneMedia } from '../phone-wire.js';
import { refuse } from './input.js';

/**
 * A picture or a file to send: `picture` or `file` for what the sandbox has, or `{ kind, url, file_name?, size? }`.
 *
 * @param serviceUrl Of the demo chat service, which serves what the sandbox has.
 * @throws Refusal 400
 */
export function mediaOf(value: unknown, serviceUrl: string): PhoneMedia {
  if (value === 'picture' || value === 'file') return builtInMedia(value, serviceUrl);
  if (!isRecord(value)) {
    return refuse('media', `one of ${Object.keys(builtInFiles).join(', ')}, or an object`, value);
  }
  const read = readMedia(value);
  return 'media' in read ? read.media : refuse(read.name, read.expected, value);
}
