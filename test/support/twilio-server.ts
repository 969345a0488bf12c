import { createHmac, randomBytes } from 'node:crypto';
import Fastify, { type FastifyReply } from 'fastify';

/** Made up: a SID is two letters and 32 hexadecimal digits. */
export const twilioAccount = { sid: `AC${'0a'.repeat(16)}`, token: 'not-a-real-auth-token' } as const;

export interface TwilioMessage {
  readonly sid: string;
  readonly to: string;
  readonly from: string | null;
  readonly messagingServiceSid: string | null;
  readonly body: string;
  readonly statusCallback: string | null;
  readonly created: Date;
}

export interface TwilioServer {
  readonly url: string;
  readonly messages: readonly TwilioMessage[];
  /** Of the account; `active` unless set. */
  accountStatus: 'active' | 'suspended' | 'closed';
  /** Every further message gets a sentence before its text, as those of trial accounts. */
  trial: boolean;
  /** How far this server's clock is ahead, in milliseconds. */
  clockAhead: number;
  /** Reports a status to the address that came with the message, signed; gives what was answered. */
  report(sid: string, status: string, more?: Readonly<Record<string, string>>): Promise<Response>;
  close(): Promise<void>;
}

/**
 * The part of Twilio's REST API that sends messages, from its public description
 * (twilio.com/docs/messaging/api/message-resource): basic authentication, forms, its codes for missing and wrong
 * fields, the list with its pages, the account, and signed status callbacks.
 */
export async function startTwilioServer(): Promise<TwilioServer> {
  const app = Fastify({ forceCloseConnections: true });
  const messages: TwilioMessage[] = [];
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
    if (request.headers.authorization !== expected) await refuse(reply, 401, 20003, 'Authenticate');
  });

  const accountPath = `/2010-04-01/Accounts/${twilioAccount.sid}`;
  app.setNotFoundHandler((request, reply) =>
    refuse(reply, 404, 20404, `The requested resource ${request.url} was not found`),
  );
  app.get(`${accountPath}.json`, () => ({ sid: twilioAccount.sid, status: server.accountStatus }));

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
        headers: { 'X-Twilio-Signature': sign(address, form) },
        body: new URLSearchParams(form),
      });
    },
    close: () => app.close(),
  };
  return server;
}

/** twilio.com/docs/usage/security#validating-requests */
function sign(address: string, form: Readonly<Record<string, string>>): string {
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
  if (!body) return [21602, 'Message body is required.'];
  if (!/^([a-z]+:)?\+[1-9]\d{6,14}$/.test(to))
    return [21211, `The 'To' number ${to} is not a valid phone number.`];
  if (body.length > 1600) return [21617, 'The concatenated message body exceeds the 1600 character limit.'];
  if (callback != null && !/^https?:\/\/[^/]+\//.test(callback)) {
    return [21609, `The StatusCallback URL ${callback} is not a valid URL.`];
  }
  return undefined;
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
    num_segments: '1',
    uri: `/2010-04-01/Accounts/${twilioAccount.sid}/Messages/${message.sid}.json`,
  };
}
