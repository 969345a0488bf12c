import { isRecord } from '../account/oauth/fields.js';
import { phoneMediaKinds, type PhoneMedia } from '../phone-wire.js';

/** Reads `{ kind, url, file_name?, size? }`, or says in a sentence what was expected. */
export function readMedia(
  value: unknown,
): { readonly media: PhoneMedia } | { readonly expected: string; readonly name: string } {
  if (!isRecord(value)) return { name: 'media', expected: 'an object with kind and url' };
  const kind = phoneMediaKinds.find((one) => one === value['kind']);
  if (kind === undefined) return { name: 'media.kind', expected: `one of ${phoneMediaKinds.join(', ')}` };
  const { url, file_name: fileName = null, size = null } = value;
  if (typeof url !== 'string' || url.length > 4000 || !isWebAddress(url)) {
    return { name: 'media.url', expected: 'an http or https address' };
  }
  if (fileName !== null && typeof fileName !== 'string')
    return { name: 'media.file_name', expected: 'a text' };
  if (size !== null && !(typeof size === 'number' && Number.isSafeInteger(size) && size >= 0)) {
    return { name: 'media.size', expected: 'a whole number of bytes' };
  }
  return { media: { kind, url, file_name: fileName, size } };
}

function isWebAddress(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}
