import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** A number of the account; `PN…` with its addresses. */
export interface TwilioNumber {
  readonly sid: string;
  readonly number: string;
  smsUrl: string;
  smsMethod: string;
  smsApplicationSid: string;
}

/** A messaging service of the account. */
export interface TwilioMessagingService {
  readonly sid: string;
  readonly name: string;
  inboundRequestUrl: string | null;
  useInboundWebhookOnNumber: boolean;
}

/** A number of the account that is at WhatsApp. */
export interface TwilioWhatsAppSender {
  readonly sid: string;
  readonly senderId: string;
  readonly name: string;
  webhook: Readonly<Record<string, unknown>>;
}

export interface TwilioSenders {
  readonly numbers: TwilioNumber[];
  readonly services: TwilioMessagingService[];
  readonly whatsApp: TwilioWhatsAppSender[];
}

/** What an account has at the start. */
export function twilioSenders(): TwilioSenders {
  const sid = (prefix: string): string => `${prefix}${randomBytes(16).toString('hex')}`;
  const numbers = ['+15550999', '+155509990', '+15550888'].map((number) => ({
    sid: sid('PN'),
    number,
    smsUrl: 'https://demo.twilio.com/welcome/sms/reply/',
    smsMethod: 'POST',
    smsApplicationSid: '',
  }));
  const whatsApp = Array.from({ length: 3 }, (_, index) => ({
    sid: sid('XE'),
    senderId: `whatsapp:+1555077${String(index)}`,
    name: `Shop ${String(index)}`,
    webhook: { status_callback_url: 'https://theirs.example.com/status' },
  }));
  const services = [
    {
      sid: `MG${'1b'.repeat(16)}`,
      name: 'Reminders',
      inboundRequestUrl: null,
      useInboundWebhookOnNumber: true,
    },
  ];
  return { numbers, services, whatsApp };
}

type Refuse = (reply: FastifyReply, status: number, code: number, message: string) => FastifyReply;

/**
 * Numbers, messaging services and WhatsApp senders of an account, as
 * twilio.com/docs/phone-numbers/api/incomingphonenumber-resource, twilio.com/docs/messaging/api/service-resource and
 * twilio.com/docs/whatsapp/api/senders describe them. Pages have two entries, so that nobody does without turning them.
 */
export function senderRoutes(
  app: FastifyInstance,
  {
    senders,
    accountPath,
    refuse,
  }: { readonly senders: TwilioSenders; readonly accountPath: string; readonly refuse: Refuse },
): void {
  const missing = (reply: FastifyReply): FastifyReply =>
    refuse(reply, 404, 20404, 'The requested resource was not found');
  const formOf = (body: unknown): URLSearchParams =>
    body instanceof URLSearchParams ? body : new URLSearchParams();

  app.get<{ Querystring: { PhoneNumber?: string } }>(
    `${accountPath}/IncomingPhoneNumbers.json`,
    (request) => {
      const { PhoneNumber: part = '' } = request.query;
      const found = senders.numbers.filter(({ number }) => number.includes(part));
      // The longest first, so that a part of a number finds another one before it.
      found.sort((one, other) => other.number.length - one.number.length);
      return { incoming_phone_numbers: found.map(printNumber), next_page_uri: null };
    },
  );
  app.post<{ Params: { sid: string } }>(
    `${accountPath}/IncomingPhoneNumbers/:sid`,
    async (request, reply) => {
      const number = senders.numbers.find(({ sid }) => `${sid}.json` === request.params.sid);
      if (number === undefined) return missing(reply);
      const form = formOf(request.body);
      number.smsUrl = form.get('SmsUrl') ?? number.smsUrl;
      number.smsMethod = form.get('SmsMethod') ?? number.smsMethod;
      number.smsApplicationSid = form.get('SmsApplicationSid') ?? number.smsApplicationSid;
      return reply.send(printNumber(number));
    },
  );

  app.get<{ Params: { sid: string } }>('/v1/Services/:sid', async (request, reply) => {
    const service = senders.services.find(({ sid }) => sid === request.params.sid);
    return service === undefined ? missing(reply) : reply.send(printService(service));
  });
  app.post<{ Params: { sid: string } }>('/v1/Services/:sid', async (request, reply) => {
    const service = senders.services.find(({ sid }) => sid === request.params.sid);
    if (service === undefined) return missing(reply);
    const form = formOf(request.body);
    service.inboundRequestUrl = (form.get('InboundRequestUrl') ?? service.inboundRequestUrl) || null;
    const onNumber = form.get('UseInboundWebhookOnNumber');
    if (onNumber !== null) service.useInboundWebhookOnNumber = onNumber === 'true';
    return reply.send(printService(service));
  });

  app.get<{ Querystring: { Channel?: string; Page?: string } }>('/v2/Channels/Senders', (request) => {
    const { Channel: channel = '', Page: page = '0' } = request.query;
    const all = senders.whatsApp.filter(({ senderId }) => senderId.startsWith(`${channel}:`));
    const start = Number(page) * 2;
    const next = `https://messaging.twilio.com/v2/Channels/Senders?Channel=${channel}&Page=${String(Number(page) + 1)}`;
    return {
      senders: all.slice(start, start + 2).map(printSender),
      meta: { key: 'senders', next_page_url: all.length > start + 2 ? next : null },
    };
  });
  app.post<{ Params: { sid: string } }>('/v2/Channels/Senders/:sid', async (request, reply) => {
    const sender = senders.whatsApp.find(({ sid }) => sid === request.params.sid);
    if (sender === undefined) return missing(reply);
    const { webhook } = request.body as { webhook?: Record<string, unknown> };
    if (webhook !== undefined) sender.webhook = webhook;
    return reply.code(202).send(printSender(sender));
  });
}

function printNumber({ sid, number, smsUrl, smsMethod, smsApplicationSid }: TwilioNumber): object {
  return {
    sid,
    phone_number: number,
    friendly_name: number.replace(/^\+1(...)/, '($1) '),
    sms_url: smsUrl,
    sms_method: smsMethod,
    sms_application_sid: smsApplicationSid,
    capabilities: { voice: true, sms: true, mms: true, fax: false },
  };
}

function printService({ sid, name, ...service }: TwilioMessagingService): object {
  return {
    sid,
    friendly_name: name,
    inbound_request_url: service.inboundRequestUrl,
    inbound_method: 'POST',
    use_inbound_webhook_on_number: service.useInboundWebhookOnNumber,
  };
}

function printSender({ sid, senderId, name, webhook }: TwilioWhatsAppSender): object {
  return { sid, sender_id: senderId, status: 'ONLINE', webhook, profile: { name } };
}
