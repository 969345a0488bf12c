import { createHmac } from 'node:crypto';
import type { StatusReport, StatusUpdate } from '../chat-service.js';
import type { AppHook, ServiceEvent } from '../definition.js';
import { entriesOf, fieldsOf, parseBody, textOf } from '../json.js';
import { ownWords } from '../own-words.js';
import { isSameSecret } from '../same-secret.js';
import type { WhatsAppConfig } from './api.js';
import { readError, undeliveredReason } from './failures.js';
import { readMessages } from './incoming.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The webhook of our app, which Meta calls for every account that has shared its numbers with it
 * (developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint). Keys are ids of
 * phone numbers.
 */
export function whatsAppHook({ appSecret, verifyToken }: WhatsAppConfig): AppHook {
  return {
    verify(query) {
      const isAsked = query.get('hub.mode') === 'subscribe';
      const isMeta = isSameSecret(query.get('hub.verify_token') ?? '', verifyToken);
      return isAsked && isMeta ? (query.get('hub.challenge') ?? undefined) : undefined;
    },

    read: (report) => readWhatsAppHook(report, appSecret),
  };
}

/** Undefined when the signature is wrong. */
export function readWhatsAppHook(
  { headers, body }: StatusReport,
  appSecret: string,
): readonly { readonly key: string; readonly event: ServiceEvent }[] | undefined {
  const signature = headers['x-hub-signature-256'];
  if (typeof signature !== 'string' || !isSameSecret(signature, hubSignature(body, appSecret)))
    return undefined;
  return entriesOf(fieldsOf(parseBody(body))['entry'])
    .flatMap((entry) => entriesOf(fieldsOf(entry)['changes']))
    .map(fieldsOf)
    .filter(({ field }) => field === 'messages')
    .flatMap(({ value }) => eventsOf(fieldsOf(value)));
}

/** `X-Hub-Signature-256`: HMAC-SHA256 of the body as it came, with the app's secret as key, in hexadecimal digits. */
export function hubSignature(body: Buffer, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}

function eventsOf(value: Fields): readonly { key: string; event: ServiceEvent }[] {
  const key = textOf(fieldsOf(value['metadata'])['phone_number_id']);
  if (key === undefined) return [];
  const statuses = entriesOf(value['statuses']).map(fieldsOf).flatMap(readStatus);
  const events: readonly ServiceEvent[] = [
    ...readMessages(value),
    ...statuses.map((update) => ({ kind: 'status' as const, ...update })),
  ];
  return events.map((event) => ({ key, event }));
}

const states = new Map<unknown, StatusUpdate['state']>([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'read'],
  ['played', 'read'],
  ['failed', 'failed'],
]);

/** …/webhooks/reference/messages/status */
function readStatus(status: Fields): readonly StatusUpdate[] {
  const id = textOf(status['id']);
  const state = states.get(status['status']);
  if (id === undefined || state === undefined) return [];
  const key = textOf(status['biz_opaque_callback_data']);
  const about = { id, ...(key !== undefined && { key }) };
  if (state !== 'failed') return [{ ...about, state }];
  const error = readError(entriesOf(status['errors'])[0]);
  const reason = undeliveredReason(error?.code);
  const detail = ownWords(error?.words, [textOf(status['recipient_id']) ?? '']);
  return [
    {
      ...about,
      state: reason === 'not_on_service' ? 'skipped' : 'failed',
      reason,
      ...(error !== undefined && { code: String(error.code) }),
      ...(detail !== '' && { detail }),
    },
  ];
}
