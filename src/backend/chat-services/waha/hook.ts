import { createHmac } from 'node:crypto';
import type { StatusReport, StatusUpdate } from '../chat-service.js';
import type { IncomingMessage, ServiceEvent } from '../definition.js';
import { fieldsOf, parseBody, textOf } from '../json.js';
import { isSameSecret } from '../same-secret.js';
import { locationText, vcardText } from '../spelled-out.js';
import { readMedia } from './media.js';
import { messageId } from './message-id.js';
import { alsoKnownAs, isHidden, phoneOf } from './people.js';

/** What the webhook of a session is called for. */
export const hookEvents = ['message', 'message.ack', 'session.status'] as const;

interface Hook {
  readonly session: string;
  readonly hmacKey: string;
  /** E.164 of a sender whose number WhatsApp hides. */
  findPhone(lid: string): Promise<string | undefined>;
}

/**
 * Reads a call of a session's webhook (waha.devlike.pro/docs/how-to/events).
 *
 * | event                                    | tells                                                   |
 * | ---------------------------------------- | ------------------------------------------------------- |
 * | `message`, from another person           | a message                                               |
 * | `message`, from a hidden number (`@lid`) | the same, when the message or the session knows it; else nothing |
 * | `message`, of ours, of groups, channels, stories | nothing                                         |
 * | `message.ack`                            | a status                                                |
 * | `session.status` FAILED, SCAN_QR_CODE    | signed out                                              |
 * | `session.status`, any other              | nothing: a session stops and starts when its webhook changes |
 */
export function readWahaHook(report: StatusReport, hook: Hook): ReturnType<typeof eventsOf> | undefined {
  const body = readSigned(report, hook);
  return body === undefined ? undefined : eventsOf(body, hook);
}

/** The statuses among what a call tells. */
export function readWahaStatus(
  report: StatusReport,
  hook: Omit<Hook, 'findPhone'>,
): readonly StatusUpdate[] | undefined {
  const body = readSigned(report, hook);
  if (body === undefined) return undefined;
  return body['event'] === 'message.ack' ? readAck(fieldsOf(body['payload'])) : [];
}

/** Undefined when the signature is wrong, empty when the call is about another session. */
function readSigned(
  { headers, body }: StatusReport,
  { session, hmacKey }: Omit<Hook, 'findPhone'>,
): Readonly<Record<string, unknown>> | undefined {
  const signature = headers['x-webhook-hmac'];
  const algorithm = headers['x-webhook-hmac-algorithm'];
  if (typeof signature !== 'string' || (algorithm !== undefined && algorithm !== 'sha512')) return undefined;
  if (hmacKey === '' || !isSameSecret(signature, wahaSignature(body, hmacKey))) return undefined;
  const read = fieldsOf(parseBody(body));
  return read['session'] === session ? read : {};
}

/** `X-Webhook-Hmac`: HMAC-SHA512 of the body as it came, in hexadecimal digits (how-to/events, "HMAC authentication"). */
export function wahaSignature(body: Buffer, hmacKey: string): string {
  return createHmac('sha512', hmacKey).update(body).digest('hex');
}

function eventsOf(
  body: Readonly<Record<string, unknown>>,
  hook: Hook,
): readonly ServiceEvent[] | Promise<readonly ServiceEvent[]> {
  const payload = fieldsOf(body['payload']);
  switch (body['event']) {
    case 'message':
      return readMessage(payload, hook);
    case 'message.ack':
      return readAck(payload).map((update) => ({ kind: 'status', ...update }));
    case 'session.status': {
      const { status } = payload;
      return status === 'FAILED' || status === 'SCAN_QR_CODE' ? [{ kind: 'signed_out' }] : [];
    }
    default:
      return [];
  }
}

function readMessage(
  payload: Readonly<Record<string, unknown>>,
  hook: Hook,
): readonly IncomingMessage[] | Promise<readonly IncomingMessage[]> {
  if (payload['fromMe'] !== false) return [];
  const { from } = payload;
  const phone = phoneOf(from) ?? (isHidden(from) ? alsoKnownAs(payload['_data']) : undefined);
  if (phone !== undefined) return messageFrom(phone, payload);
  if (!isHidden(from)) return [];
  return hook.findPhone(String(from)).then((found) => (found ? messageFrom(found, payload) : []));
}

function messageFrom(from: string, payload: Readonly<Record<string, unknown>>): readonly IncomingMessage[] {
  const { id, timestamp, _data: data } = payload;
  const key = textOf(id) ?? textOf(fieldsOf(id)['_serialized']);
  if (key === undefined || typeof timestamp !== 'number') return [];
  const media = readMedia(payload);
  // The free version does not fetch files: that there was one is told by its type.
  const text = textOf(payload['body']) ?? spelledOut(payload) ?? (media ? undefined : lostMedia(payload));
  if (text === undefined && media === undefined) return [];
  const name = nameIn(data);
  return [
    {
      kind: 'message',
      id: key,
      from,
      at: new Date(timestamp * 1000),
      ...(name !== undefined && { name }),
      ...(text !== undefined && { text }),
      ...(media && { media }),
    },
  ];
}

/** WEBJS calls it `notifyName`, NOWEB `pushName`, GOWS `Info.PushName`. */
function nameIn(data: unknown): string | undefined {
  const { notifyName, pushName, Info: information } = fieldsOf(data);
  return (textOf(notifyName) ?? textOf(pushName) ?? textOf(fieldsOf(information)['PushName']))?.trim();
}

function spelledOut({ location, vCards }: Readonly<Record<string, unknown>>): string | undefined {
  const { latitude, longitude, description } = fieldsOf(location);
  return locationText({ latitude, longitude, name: description }) ?? vcardText(vCards);
}

function lostMedia({ hasMedia, media }: Readonly<Record<string, unknown>>): string | undefined {
  if (hasMedia !== true) return undefined;
  const { filename, mimetype } = fieldsOf(media);
  return `[${textOf(filename) ?? textOf(mimetype) ?? '…'}]`;
}

/** `ack`: -1 error, 0 waits, 1 at the server, 2 at the device, 3 read, 4 played. */
const states = new Map<unknown, StatusUpdate['state']>([
  [-1, 'failed'],
  [1, 'sent'],
  [2, 'delivered'],
  [3, 'read'],
  [4, 'read'],
]);

function readAck(payload: Readonly<Record<string, unknown>>): readonly StatusUpdate[] {
  const id = messageId(payload);
  const state = states.get(payload['ack']);
  if (id === undefined || state === undefined || payload['fromMe'] === false) return [];
  return [{ id, state, ...(state === 'failed' && { reason: 'undelivered', code: '-1' }) }];
}
