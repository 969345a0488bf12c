import type { FastifyRequest } from 'fastify';
import { isRecord, textField } from '../account/oauth/fields.js';
import type { PhoneMedia } from '../phone-wire.js';
import { readLocalAddress } from './local-address.js';
import { readMedia } from './read-media.js';
import { ServiceRefusal } from './refusal.js';

/** A message that somebody wants to have sent. */
export interface Order {
  readonly key: string;
  /** E.164. */
  readonly to: string;
  /** Empty only beside media. */
  readonly text: string;
  readonly media: PhoneMedia | null;
  readonly statusUrl: string | undefined;
}

const mostCharacters = 1600;

/** @throws ServiceRefusal that says what was expected and what came, without numbers and texts. */
export function readOrder({ headers, body }: Pick<FastifyRequest, 'headers' | 'body'>): Order {
  const key = headers['idempotency-key'];
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    return refuse('The header Idempotency-Key was expected, of 1 to 255 characters without spaces.');
  }
  if (!isRecord(body)) return refuse('A JSON object was expected as the body.');
  const to = textField(body, 'to');
  const media = readOrderMedia(body['media']);
  const text = textField(body, 'text') ?? (media === null || body['text'] != null ? undefined : '');
  if (to === undefined) return refuse('to: a phone number as text was expected, such as +15550100.');
  if (text === undefined || (text.trim() === '' && media === null)) {
    return refuse('text: a text that is not empty was expected.');
  }
  const statusUrl =
    body['status_url'] == null ? undefined : readLocalAddress('status_url', body['status_url']);
  if (!/^\+[1-9]\d{6,14}$/.test(to)) {
    throw new ServiceRefusal('invalid_number', 'to: a number with + and 7 to 15 digits was expected.');
  }
  if (isLonger(text, mostCharacters)) {
    throw new ServiceRefusal('text_refused', `text: at most ${mostCharacters} characters were expected.`);
  }
  return { key, to, text, media, statusUrl };
}

function readOrderMedia(value: unknown): PhoneMedia | null {
  if (value === undefined || value === null) return null;
  const read = readMedia(value);
  return 'media' in read ? read.media : refuse(`${read.name}: ${read.expected} was expected.`);
}

function refuse(sentence: string): never {
  throw new ServiceRefusal('invalid_request', sentence);
}

/** Characters as a person counts them, so that an emoji of one code point is one. */
function isLonger(text: string, most: number): boolean {
  if (text.length <= most) return false;
  return text.length > most * 2 || Array.from(text).length > most;
}
