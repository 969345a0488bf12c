import { ChatServiceError } from '../chat-service.js';
import { entriesOf, fieldsOf, textOf } from '../json.js';
import type { TwilioCalls } from './calls.js';
import type { TwilioConfig } from './service.js';

/** What messages come from, as the person typed it; a `whatsapp:` number is a `from` as well. */
export type Sender = TwilioConfig['sender'];

/**
 * Reads what a person typed: a number in any usual spelling, `whatsapp:` before a number, a messaging service
 * (`MG…`), a short code, or the name of a sender with letters. Undefined when it is none of them.
 */
export function readSender(typed: string): Sender | undefined {
  const service = readSid('MG', typed);
  if (service !== undefined) return { messagingServiceSid: service };
  const [, channel = '', plus = '', rest = ''] = /^(whatsapp:)?\s*(\+?)([\d\s().-]+)$/i.exec(typed) ?? [];
  const digits = rest.replace(/\D/g, '');
  // Short codes have three to eight digits; a number without its plus has more.
  if (channel === '' && plus === '' && /^\d{3,8}$/.test(digits)) return { from: digits };
  if (/^[1-9]\d{6,14}$/.test(digits)) return { from: `${channel.toLowerCase()}+${digits}` };
  return /^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/.test(typed) ? { from: typed } : undefined;
}

/** A SID as Twilio writes it; undefined when it is none of this kind. */
export function readSid(prefix: string, typed: string): string | undefined {
  const rest = typed.slice(prefix.length).toLowerCase();
  const isOne = typed.slice(0, prefix.length).toUpperCase() === prefix && /^[0-9a-f]{32}$/.test(rest);
  return isOne ? `${prefix}${rest}` : undefined;
}

/** A sender as the account has it. */
export interface FoundSender {
  /** Where Twilio calls for what comes in; undefined for a sender that nothing comes in for. */
  readonly hook: SenderHook | undefined;
  /** As Twilio calls it, or what it is; undefined for a number, which has no name of its own. */
  readonly name: string | undefined;
}

export interface SenderHook {
  /** With what follows `#`; empty when there is none. */
  readonly url: string;
  /** Nothing else takes the messages before that address does. */
  readonly isHeard: boolean;
  /** An empty address for none. */
  set(url: string): Promise<void>;
}

/**
 * Looks a sender up in its account; undefined when it is not there. Names and short codes are taken as they
 * are, and are all that tells them apart.
 *
 * | sender              | where it is                    | what tells of incoming messages             |
 * | ------------------- | ------------------------------ | ------------------------------------------- |
 * | a number            | `IncomingPhoneNumbers`         | `SmsUrl`, unless `SmsApplicationSid` is set |
 * | `MG…`               | `messaging/v1/Services`        | `InboundRequestUrl`, unless `UseInboundWebhookOnNumber` |
 * | `whatsapp:` number  | `messaging/v2/Channels/Senders` | `webhook.callback_url`                     |
 *
 * twilio.com/docs/phone-numbers/api/incomingphonenumber-resource, twilio.com/docs/messaging/api/service-resource,
 * twilio.com/docs/whatsapp/api/senders
 */
export async function findSender(
  calls: TwilioCalls,
  sender: Sender,
  signal?: AbortSignal,
): Promise<FoundSender | undefined> {
  if ('messagingServiceSid' in sender) return findService(calls, sender.messagingServiceSid, signal);
  if (sender.from.startsWith('whatsapp:')) return findWhatsApp(calls, sender.from, signal);
  if (sender.from.startsWith('+')) return findNumber(calls, sender.from, signal);
  return { hook: undefined, name: sender.from };
}

async function findNumber(
  { call, account }: TwilioCalls,
  number: string,
  signal: AbortSignal | undefined,
): Promise<FoundSender | undefined> {
  const query = new URLSearchParams({ PhoneNumber: number });
  const path = `${account}/IncomingPhoneNumbers`;
  const { json } = await call(`${path}.json?${query.toString()}`, { hidden: [number], signal });
  // The filter takes parts of numbers too.
  const found = entriesOf(json['incoming_phone_numbers'])
    .map(fieldsOf)
    .find((entry) => entry['phone_number'] === number);
  if (found === undefined) return undefined;
  const { sid, sms_url: url, sms_application_sid: application } = found;
  return {
    name: undefined,
    hook: {
      url: textOf(url) ?? '',
      isHeard: textOf(application) === undefined,
      async set(to) {
        const body = new URLSearchParams({ SmsUrl: to, SmsMethod: 'POST', SmsApplicationSid: '' });
        await call(`${path}/${encodeURIComponent(textOf(sid) ?? '')}.json`, { method: 'POST', body });
      },
    },
  };
}

async function findService(
  { call }: TwilioCalls,
  sid: string,
  signal: AbortSignal | undefined,
): Promise<FoundSender | undefined> {
  const path = `/v1/Services/${encodeURIComponent(sid)}`;
  const answer = await call(path, { at: 'messaging', hidden: [sid], signal }).catch((error: unknown) => {
    if (error instanceof ChatServiceError && error.code === '20404') return undefined;
    throw error;
  });
  if (answer === undefined) return undefined;
  const {
    friendly_name: name,
    inbound_request_url: url,
    use_inbound_webhook_on_number: onNumber,
  } = answer.json;
  return {
    name: textOf(name)?.trim(),
    hook: {
      url: textOf(url) ?? '',
      isHeard: onNumber !== true,
      async set(to) {
        const body = new URLSearchParams({
          InboundRequestUrl: to,
          InboundMethod: 'POST',
          ...(to !== '' && { UseInboundWebhookOnNumber: 'false' }),
        });
        await call(path, { at: 'messaging', method: 'POST', body });
      },
    },
  };
}

/** More senders than any account has. */
const mostPages = 20;

async function findWhatsApp(
  { call }: TwilioCalls,
  sender: string,
  signal: AbortSignal | undefined,
): Promise<FoundSender | undefined> {
  const senders = '/v2/Channels/Senders';
  let path = `${senders}?Channel=whatsapp&PageSize=100`;
  for (let page = 0; page < mostPages; page += 1) {
    const { json } = await call(path, { at: 'messaging', hidden: [sender], signal });
    const found = entriesOf(json['senders'])
      .map(fieldsOf)
      .find((entry) => entry['sender_id'] === sender);
    if (found !== undefined) {
      const webhook = fieldsOf(found['webhook']);
      return {
        name: textOf(fieldsOf(found['profile'])['name'])?.trim(),
        hook: {
          url: textOf(webhook['callback_url']) ?? '',
          isHeard: true,
          async set(to) {
            // What else is set there stays.
            const body = { webhook: { ...webhook, callback_url: to, callback_method: 'POST' } };
            const at = `${senders}/${encodeURIComponent(textOf(found['sid']) ?? '')}`;
            await call(at, { at: 'messaging', method: 'POST', body });
          },
        },
      };
    }
    const next = textOf(fieldsOf(json['meta'])['next_page_url']);
    if (next === undefined || !URL.canParse(next)) return undefined;
    const { pathname, search } = new URL(next);
    path = `${pathname}${search}`;
  }
  return undefined;
}
