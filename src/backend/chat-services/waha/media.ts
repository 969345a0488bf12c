import type { OutgoingMedia } from '../chat-service.js';
import type { Media } from '../definition.js';
import { fieldsOf, textOf } from '../json.js';

/** What has to be called, and with what, to send a file by its address (waha.devlike.pro/docs/how-to/send-messages). */
export function mediaCall(
  { kind, url, fileName }: OutgoingMedia,
  caption: string,
): { readonly path: string; readonly body: object } {
  const type = typeOf(fileName ?? new URL(url).pathname) ?? usualTypes[kind];
  const file = { url, mimetype: type, ...(fileName !== undefined && { filename: fileName }) };
  switch (kind) {
    case 'picture':
    case 'sticker':
      return { path: '/api/sendImage', body: { file, caption } };
    case 'video':
      return { path: '/api/sendVideo', body: { file, caption, convert: true } };
    case 'voice':
      // A voice message has no words beside it.
      if (caption === '') return { path: '/api/sendVoice', body: { file, convert: true } };
      return { path: '/api/sendFile', body: { file, caption } };
    case 'file':
    case 'audio':
      return { path: '/api/sendFile', body: { file, caption } };
  }
}

/** Text that stands for a file where it cannot go itself. */
export function asLink({ url }: OutgoingMedia, caption: string): string {
  return caption === '' ? url : `${caption}\n${url}`;
}

/**
 * The file of a message that came in. What the server keeps itself (`/api/files/…`) opens with its key alone, and its
 * address is the one by which the server knows itself: its path is what counts. Files in S3 have addresses for anybody.
 */
export function readMedia(payload: Readonly<Record<string, unknown>>): Media | undefined {
  const { url, mimetype, filename } = fieldsOf(payload['media']);
  const address = textOf(url);
  if (address === undefined || !URL.canParse(address)) return undefined;
  const { protocol, pathname, search } = new URL(address);
  const isKept = pathname.startsWith('/api/files/');
  if (!isKept && protocol !== 'https:') return undefined;
  const name = textOf(filename);
  return {
    kind: kindOf(textOf(mimetype) ?? '', payload['_data']),
    ...(isKept ? { ref: `${pathname}${search}` } : { url: address }),
    ...(name !== undefined && { fileName: name }),
  };
}

function kindOf(type: string, data: unknown): Media['kind'] {
  const { type: told, Info: information } = fieldsOf(data);
  const kind = textOf(told) ?? textOf(fieldsOf(information)['MediaType']);
  if (kind === 'sticker') return 'sticker';
  if (type.startsWith('image/')) return 'picture';
  if (type.startsWith('video/')) return 'video';
  // WhatsApp records nothing else than Opus in Ogg.
  if (kind === 'ptt' || type.startsWith('audio/ogg')) return 'voice';
  return type.startsWith('audio/') ? 'audio' : 'file';
}

const usualTypes: Readonly<Record<OutgoingMedia['kind'], string>> = {
  picture: 'image/jpeg',
  sticker: 'image/webp',
  video: 'video/mp4',
  audio: 'audio/mpeg',
  voice: 'audio/ogg; codecs=opus',
  file: 'application/octet-stream',
};

const typesByEnding: ReadonlyMap<string, string> = new Map([
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['png', 'image/png'],
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
  ['mp4', 'video/mp4'],
  ['mov', 'video/quicktime'],
  ['mp3', 'audio/mpeg'],
  ['m4a', 'audio/mp4'],
  ['ogg', 'audio/ogg; codecs=opus'],
  ['oga', 'audio/ogg; codecs=opus'],
  ['opus', 'audio/ogg; codecs=opus'],
  ['pdf', 'application/pdf'],
  ['txt', 'text/plain'],
  ['csv', 'text/csv'],
  ['zip', 'application/zip'],
  ['doc', 'application/msword'],
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xls', 'application/vnd.ms-excel'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
]);

function typeOf(name: string): string | undefined {
  return typesByEnding.get(/\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '');
}
