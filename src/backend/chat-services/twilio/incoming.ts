import type { StatusReport } from '../chat-service.js';
import { clientPhone } from '../client-phone.js';
import type { IncomingMessage, Media, ServiceEvent } from '../definition.js';
import { isSignedByTwilio } from './signature.js';
import { readTwilioStatus } from './status.js';

/**
 * Reads what Twilio posts to a channel's address: incoming messages, and how far those are that gave it as their
 * status address (twilio.com/docs/messaging/guides/webhook-request,
 * twilio.com/docs/messaging/guides/track-outbound-message-status). Undefined when the signature is wrong.
 */
export function readTwilioHook(
  report: StatusReport,
  { authToken, now }: { readonly authToken: string; readonly now: () => Date },
): readonly ServiceEvent[] | undefined {
  const form = new URLSearchParams(report.body.toString('utf8'));
  const signature = report.headers['x-twilio-signature'];
  if (!isSignedByTwilio(signature, { url: report.url, form, authToken })) return undefined;
  if (form.get('SmsStatus') === 'received' || form.has('Body')) return readMessage(form, now());
  return readTwilioStatus(report, authToken)?.map((update) => ({ kind: 'status', ...update }));
}

/** A message with several files is several messages to us, of which the first has the text. */
function readMessage(form: URLSearchParams, at: Date): readonly IncomingMessage[] {
  const id = form.get('MessageSid') ?? form.get('SmsMessageSid') ?? '';
  const from = clientPhone(form.get('From'));
  if (id === '' || from === undefined) return [];
  const name = form.get('ProfileName')?.trim() ?? '';
  const message = { kind: 'message', from, at, ...(name !== '' && { name }) } as const;
  const files = readMedia(form);
  const text = form.get('Body') || placeOf(form);
  const first = { ...message, id, ...(text !== '' && { text }), ...(files[0] && { media: files[0] }) };
  return [
    first,
    ...files.slice(1).map((media, index) => ({ ...message, id: `${id}-${String(index + 2)}`, media })),
  ];
}

/** Twilio allows ten files. */
const mostFiles = 10;

function readMedia(form: URLSearchParams): readonly Media[] {
  const count = Math.min(Number(form.get('NumMedia') ?? '0') || 0, mostFiles);
  return Array.from({ length: count }, (_, index) => index).flatMap((index): Media[] => {
    const url = form.get(`MediaUrl${String(index)}`) ?? '';
    if (!URL.canParse(url)) return [];
    const type = form.get(`MediaContentType${String(index)}`) ?? '';
    const isWhatsApp = form.get('From')?.startsWith('whatsapp:') ?? false;
    return [{ kind: kindOf(type, isWhatsApp), ref: new URL(url).pathname }];
  });
}

/** WhatsApp's stickers and voice messages have formats of their own. */
function kindOf(type: string, isWhatsApp: boolean): Media['kind'] {
  if (isWhatsApp && type.startsWith('image/webp')) return 'sticker';
  if (isWhatsApp && type.startsWith('audio/ogg')) return 'voice';
  if (type.startsWith('image/')) return 'picture';
  if (type.startsWith('video/')) return 'video';
  return type.startsWith('audio/') ? 'audio' : 'file';
}

/** A place that was shared, in words: it comes without a text. */
function placeOf(form: URLSearchParams): string {
  const [latitude, longitude] = [form.get('Latitude'), form.get('Longitude')];
  if (!latitude || !longitude) return '';
  return [form.get('Label'), form.get('Address'), `${latitude}, ${longitude}`].filter(Boolean).join('\n');
}
