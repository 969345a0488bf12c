import { ChatsError, integer, object, oneOf, optionalObject, optionalText, text } from './fields.js';
import type { Fields } from './fields.js';

export const messageTypes = [
  'text',
  'contact',
  'file',
  'video',
  'picture',
  'voice',
  'audio',
  'sticker',
  'location',
] as const;

const withFile: readonly string[] = ['file', 'video', 'picture'];
const withMedia: readonly string[] = [...withFile, 'voice', 'audio'];

/**
 * `message` of a request, checked for what its type asks for (`platform/server.md §6.3`):
 *
 * | type | must have |
 * |---|---|
 * | text | text |
 * | file, video, picture | media, file_name, file_size |
 * | voice, audio | media |
 * | sticker | media or sticker_id |
 * | location | location.lon, location.lat |
 * | contact | contact.name, contact.phone |
 *
 * With `edits` a file may be left out, as it stays. That links can be fetched is not checked.
 */
export function messageContent(message: Fields, where: string, { edits = false } = {}): Fields {
  const type = oneOf(message, 'type', where, messageTypes);
  if (type === 'text') text(message, 'text', where);
  else optionalText(message, 'text', where);
  if (withMedia.includes(type) && !edits) requireLink(text(message, 'media', where), where);
  if (withFile.includes(type) && !edits) {
    text(message, 'file_name', where);
    integer(message, 'file_size', where);
  }
  if (type === 'sticker' && !edits) {
    const media = optionalText(message, 'media', where);
    if (media === undefined) text(message, 'sticker_id', where);
    else requireLink(media, where);
  }
  if (type === 'location') {
    const location = object(message, 'location', where);
    for (const key of ['lon', 'lat']) {
      if (typeof location[key] !== 'number') {
        throw new ChatsError(400, `${where}.location.${key} must be a number of degrees.`);
      }
    }
  }
  if (type === 'contact') {
    const contact = object(message, 'contact', where);
    text(contact, 'name', `${where}.contact`);
    text(contact, 'phone', `${where}.contact`);
  }
  optionalObject(message, 'shared_post', where);
  return message;
}

function requireLink(link: string, where: string): void {
  if (!URL.canParse(link) || !/^https?:$/.test(new URL(link).protocol)) {
    throw new ChatsError(
      400,
      `${where}.media must be a link that can be fetched, got "${link.slice(0, 60)}".`,
    );
  }
}
