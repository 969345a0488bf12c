import { createHmac, randomBytes } from 'node:crypto';
import Fastify, { type FastifyReply } from 'fastify';
import { senderRoutes, twilioSenders, type TwilioSenders } from './twilio-senders.js';

/** Made up: a SID is two letters and 32 hexadecimal digits. */
export const twilioAccount = { sid: `AC${'0a'.repeat(16)}`, token: 'not-a-real-auth-token' } as const;

export interface TwilioMessage {
  readonly sid: string;
  readonly to: string;
  readonly from: string | null;
  readonly messagingServiceSid: string | null;
  readonly body: string;
  readonly mediaUrl: string | null;
  readonly statusCallback: string | null;
  readonly created: Date;
}

export interface TwilioServer {
  readonly url: string;
  readonly messages: readonly TwilioMessage[];
  /** Numbers and the like that the account has. */
  readonly senders: TwilioSenders;
  /** Of the account; `active` unless set. */
  accountStatus: 'active' | 'suspended' | 'closed';
  /** Every further message gets a sentence before its text, as those of trial accounts. */
  trial: boolean;
  /** How far this server's clock is ahead, in milliseconds. */
  clockAhead: number;
  /** Reports a status to the address that came with the message, signed; gives what was answered. */
  report(sid: string, status: string, more?: Readonly<Record<string, string>>): Promise<Response>;
  /**
   * A client writes to a number, a `whatsapp:` number or a messaging service of the account: Twilio calls whoever is to
   * hear of it. Undefined when nobody is.
   */
  write(to: string, message: TwilioIncoming): Promise<Response | undefined>;
  /** The call that this makes, to be made by somebody else. */
  compose(to: string, message: TwilioIncoming): TwilioCallback | undefined;
  close(): Promise<void>;
}

export interface TwilioCallback {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface TwilioIncoming {
  /** E.164. */
  readonly from: string;
  readonly text: string;
  /** Of WhatsApp alone. */
  readonly name?: string;
  readonly files?: readonly { readonly type: string; readonly bytes: Buffer }[];
  readonly more?: Readonly<Record<string, string>>;
}

/**
 * The part of Twilio's REST API that sends messages, from its public description
 * (twilio.com/docs/messaging/api/message-resource): basic authentication, forms, its codes for missing and wrong
 * fields, the list with its pages, the account with its senders, files that open with its access data, and signed
 * calls for messages and their states.
 */
export async function startTwilioServer(): Promise<TwilioServer> {
  const app = Fastify({ forceCloseConnections: true });
  const messages: TwilioMessage[] = [];
  const senders = twilioSenders();
  const files = new Map<string, { readonly type: string; readonly bytes: Buffer }>();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, new URLSearchParams(body.toString()));
    },
  );
  const expected = `Basic ${Buffer.from(`${twilioAccount.sid}:${twilioAccount.token}`).toString('base64')}`;
  app.addHook('onRequest', async (request, reply) => {
    reply.header('Date', new Date(Date.now() + server.clockAhead).toUTCString());
    // The bytes of files are elsewhere, at addresses that are good for some hours.
    if (request.url.startsWith('/cdn/')) return;
    if (request.headers.authorization !== expected) await refuse(reply, 401, 20003, 'Authenticate');
  });

  const accountPath = `/2010-04-01/Accounts/${twilioAccount.sid}`;
  app.setNotFoundHandler((request, reply) =>
    refuse(reply, 404, 20404, `The requested resource ${request.url} was not found`),
  );
  app.get(`${accountPath}.json`, () => ({
    sid: twilioAccount.sid,
    friendly_name: 'Our company',
    status: server.accountStatus,
  }));
  senderRoutes(app, { senders, accountPath, refuse });
  app.get<{ Params: { file: string } }>(`${accountPath}/Messages/:message/Media/:file`, (request, reply) =>
    reply.redirect(`/cdn/${request.params.file}`, 307),
  );
  app.get<{ Params: { file: string } }>('/cdn/:file', (request, reply) => {
    const file = files.get(request.params.file);
    return file === undefined ? reply.code(404).send() : reply.type(file.type).send(file.bytes);
  });

  app.post(`${accountPath}/Messages.json`, async (request, reply) => {
    const form = request.body;
    if (!(form instanceof URLSearchParams))
      return refuse(reply, 400, 21604, "A 'To' phone number is required.");
    const fault = faultOf(form);
    if (fault !== undefined) return refuse(reply, 400, ...fault);
    const message: TwilioMessage = {
      sid: `SM${randomBytes(16).toString('hex')}`,
      to: form.get('To') ?? '',
      from: form.get('From'),
      messagingServiceSid: form.get('MessagingServiceSid'),
      body: `${server.trial ? 'Sent from your Twilio trial account - ' : ''}${form.get('Body') ?? ''}`,
      mediaUrl: form.get('MediaUrl'),
      statusCallback: form.get('StatusCallback'),
      created: new Date(Date.now() + server.clockAhead),
    };
    messages.push(message);
    return reply.code(201).send(resource(message));
  });

  app.get<{ Querystring: { To?: string; PageSize?: string; Page?: string } }>(
    `${accountPath}/Messages.json`,
    (request) => {
      const { To: to, PageSize: size = '50', Page: page = '0' } = request.query;
      const found = messages.filter((message) => to === undefined || message.to === to).reverse();
      const start = Number(page) * Number(size);
      const query = new URLSearchParams({ ...request.query, Page: String(Number(page) + 1) });
      const more = found.length > start + Number(size);
      return {
        messages: found.slice(start, start + Number(size)).map(resource),
        page: Number(page),
        page_size: Number(size),
        next_page_uri: more ? `${accountPath}/Messages.json?${query.toString()}` : null,
      };
    },
  );

  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const server: TwilioServer = {
    url,
    messages,
    senders,
    accountStatus: 'active',
    trial: false,
    clockAhead: 0,
    async report(sid, status, more = {}) {
      const message = messages.find((sent) => sent.sid === sid);
      if (message?.statusCallback == null) throw new Error(`${sid} has no address for its status.`);
      // What comes after # is for Twilio alone: it is neither sent nor signed.
      const [address = ''] = message.statusCallback.split('#');
      const form: Record<string, string> = {
        AccountSid: twilioAccount.sid,
        ApiVersion: '2010-04-01',
        From: message.from ?? '',
        MessageSid: sid,
        MessageStatus: status,
        SmsSid: sid,
        SmsStatus: status,
        To: message.to,
        ...more,
      };
      return fetch(address, {
        method: 'POST',
        headers: { 'X-Twilio-Signature': twilioSigned(address, form) },
        body: new URLSearchParams(form),
      });
    },
    async write(to, message) {
      const callback = server.compose(to, message);
      // Of the addresses that an account has from the start nobody is to be called.
      if (callback === undefined || !callback.url.startsWith('http://127.0.0.1')) return undefined;
      const { url: address, ...call } = callback;
      return fetch(address, { method: 'POST', ...call });
    },
    compose(to, { from, text, name, files: sent = [], more = {} }) {
      const address = hookOf(senders, to)?.split('#')[0];
      if (address === undefined) return undefined;
      const sid = `SM${randomBytes(16).toString('hex')}`;
      const media = sent.flatMap((file, index): [string, string][] => {
        const id = `ME${randomBytes(16).toString('hex')}`;
        files.set(id, file);
        const path = `https://api.twilio.com${accountPath}/Messages/${sid}/Media/${id}`;
        return [
          [`MediaUrl${String(index)}`, path],
          [`MediaContentType${String(index)}`, file.type],
        ];
      });
      const channel = to.startsWith('whatsapp:') ? 'whatsapp:' : '';
      const form: Record<string, string> = {
        AccountSid: twilioAccount.sid,
        ApiVersion: '2010-04-01',
        Body: text,
        From: `${channel}${from}`,
        MessageSid: sid,
        NumMedia: String(sent.length),
        NumSegments: '1',
        SmsMessageSid: sid,
        SmsSid: sid,
        SmsStatus: 'received',
        To: to,
        ...(channel !== '' && { ProfileName: name ?? '', WaId: from.slice(1) }),
        ...Object.fromEntries(media),
        ...more,
      };
      return {
        url: address,
        headers: {
          'Content-Type': 'application/x-www-form-urlencoded',
          'X-Twilio-Signature': twilioSigned(address, form),
        },
        body: new URLSearchParams(form).toString(),
      };
    },
    close: () => app.close(),
  };
  return server;
}

/** twilio.com/docs/usage/security#validating-requests */
export function twilioSigned(address: string, form: Readonly<Record<string, string>>): string {
  const signed = Object.keys(form)
    .sort()
    .reduce((text, name) => `${text}${name}${form[name] ?? ''}`, address);
  return createHmac('sha1', twilioAccount.token).update(signed).digest('base64');
}

function faultOf(form: URLSearchParams): [number, string] | undefined {
  const [to, body, callback] = ['To', 'Body', 'StatusCallback'].map((name) => form.get(name));
  if (!to) return [21604, "A 'To' phone number is required."];
  if (!form.has('From') && !form.has('MessagingServiceSid'))
    return [21603, "A 'From' phone number is required."];
  if (!body && !form.has('MediaUrl')) return [21602, 'Message body is required.'];
  if (!/^([a-z]+:)?\+[1-9]\d{6,14}$/.test(to))
    return [21211, `The 'To' number ${to} is not a valid phone number.`];
  if (body != null && body.length > 1600)
    return [21617, 'The concatenated message body exceeds the 1600 character limit.'];
  if (callback != null && !/^https?:\/\/[^/]+\//.test(callback)) {
    return [21609, `The StatusCallback URL ${callback} is not a valid URL.`];
  }
  return undefined;
}

/** Where Twilio tells of what comes in for a sender. */
function hookOf({ numbers, services, whatsApp }: TwilioSenders, to: string): string | undefined {
  const number = numbers.find((one) => one.number === to);
  if (number !== undefined) return number.smsApplicationSid === '' ? number.smsUrl : undefined;
  const service = services.find(({ sid }) => sid === to);
  if (service !== undefined) {
    return service.useInboundWebhookOnNumber ? undefined : (service.inboundRequestUrl ?? undefined);
  }
  const url = whatsApp.find(({ senderId }) => senderId === to)?.webhook['callback_url'];
  return typeof url === 'string' ? url : undefined;
}

function refuse(reply: FastifyReply, status: number, code: number, message: string): FastifyReply {
  return reply
    .code(status)
    .send({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });
}

function resource(message: TwilioMessage): object {
  return {
    sid: message.sid,
    account_sid: twilioAccount.sid,
    to: message.to,
    from: message.from,
    messaging_service_sid: message.messagingServiceSid,
    body: message.body,
    status: message.messagingServiceSid === null ? 'queued' : 'accepted',
    direction: 'outbound-api',
    date_created: message.created.toUTCString().replace('GMT', '+0000'),
    // Known only when it has gone out.
    date_sent: null,
    error_code: null,
    error_message: null,
    num_media: message.mediaUrl === null ? '0' : '1',
    num_segments: '1',
    uri: `/2010-04-01/Accounts/${twilioAccount.sid}/Messages/${message.sid}.json`,
  };
}
