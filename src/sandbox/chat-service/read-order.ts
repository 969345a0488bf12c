import type { FastifyRequest } from 'fastify';
import { isRecord, textField } from '../account/oauth/fields.js';
import { ServiceRefusal } from './refusal.js';

/** A message that somebody wants to have sent. */
export interface Order {
  readonly key: string;
  /** E.164. */
  readonly to: string;
  readonly text: string;
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
  const text = textField(body, 'text');
  if (to === undefined) return refuse('to: a phone number as text was expected, such as +15550100.');
  if (text === undefined || text.trim() === '') return refuse('text: a text that is not empty was expected.');
  const statusUrl = readStatusUrl(body['status_url']);
  if (!/^\+[1-9]\d{6,14}$/.test(to)) {
    throw new ServiceRefusal('invalid_number', 'to: a number with + and 7 to 15 digits was expected.');
  }
  if (isLonger(text, mostCharacters)) {
    throw new ServiceRefusal('text_refused', `text: at most ${mostCharacters} characters were expected.`);
  }
  return { key, to, text, statusUrl };
}

/** Reports stay on this machine: the service has no business elsewhere. */
function readStatusUrl(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const expected =
    'status_url: an http address on this machine was expected, such as http://127.0.0.1:8080/status.';
  if (typeof value !== 'string' || value.length > 2000 || !URL.canParse(value)) return refuse(expected);
  const { protocol, hostname } = new URL(value);
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  return protocol === 'http:' && isHere ? value : refuse(expected);
}

function refuse(sentence: string): never {
  throw new ServiceRefusal('invalid_request', sentence);
}

/** Characters as a person counts them, so that an emoji of one code point is one. */
function isLonger(text: string, most: number): boolean {
  if (text.length <= most) return false;
  return text.length > most * 2 || Array.from(text).length > most;
}
