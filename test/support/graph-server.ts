import { createHmac, randomBytes, randomInt } from 'node:crypto';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';

/** Made up: ids are digits, a secret is 32 hexadecimal digits. */
export const graphApp = {
  appId: '670843887433847',
  appSecret: '0a'.repeat(16),
  configId: '1234567890',
  verifyToken: 'not-a-real-verify-token',
} as const;

export interface GraphMessage {
  readonly id: string;
  readonly from: string;
  /** Digits. */
  readonly to: string;
  readonly type: string;
  /** What is below the name of the type. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly callbackData: string | undefined;
}

export interface GraphNumber {
  readonly id: string;
  readonly wabaId: string;
  readonly shown: string;
  verifiedName: string;
  platform: 'CLOUD_API' | 'NOT_APPLICABLE';
  verification: 'VERIFIED' | 'NOT_VERIFIED';
  /** Of two-step verification. */
  pin: string | undefined;
}

export interface GraphServer {
  readonly url: string;
  /** Accounts that the next consent shares, the newest first. */
  sharing: string[];
  readonly numbers: GraphNumber[];
  readonly messages: readonly GraphMessage[];
  /** Accounts whose events the app gets. */
  readonly subscribed: ReadonlySet<string>;
  /** Tokens that are good. */
  readonly tokens: Set<string>;
  /** Where the app is called, as its page at Meta says. */
  appHookUrl: string | undefined;
  /** In place of the address of a file. */
  fileUrl: string | undefined;
  add(wabaId: string, number?: Partial<Omit<GraphNumber, 'wabaId'>>): GraphNumber;
  /** Calls the webhook of the app, if it is subscribed to the account; gives what it answered. */
  tell(phoneNumberId: string, value: object): Promise<Response | undefined>;
  /** Tells how far a message is. */
  report(id: string, status: string, more?: object): Promise<Response | undefined>;
  /** Keeps a file that a client has sent; gives its id. */
  keep(bytes: Buffer, type: string): string;
  close(): Promise<void>;
}

const version = 'v25.0';

/**
 * The parts of Meta's Graph API and of its consent page that we use, from their public description
 * (developers.facebook.com/documentation/business-messaging/whatsapp and …/facebook-login): codes that are good once and
 * for one address, tokens and their proofs, shared accounts and their numbers, registration, subscription, messages,
 * files, and signed webhooks.
 */
export async function startGraphServer(): Promise<GraphServer> {
  const app = Fastify({ forceCloseConnections: true });
  const codes = new Map<string, { redirectUri: string; accounts: readonly string[]; isUsed: boolean }>();
  const grants = new Map<string, readonly string[]>();
  const messages: GraphMessage[] = [];
  const subscribed = new Set<string>();
  const files = new Map<string, { bytes: Buffer; type: string }>();

  app.setNotFoundHandler((_request, reply) => unsupported(reply));

  app.get<{ Querystring: Record<string, string> }>(`/${version}/dialog/oauth`, (request, reply) => {
    const {
      client_id: id,
      config_id: config,
      redirect_uri: address = '',
      state = '',
      ...rest
    } = request.query;
    const isOurs = id === graphApp.appId && config === graphApp.configId && URL.canParse(address);
    if (
      !isOurs ||
      rest['response_type'] !== 'code' ||
      rest['override_default_response_type'] !== 'true' ||
      !isCurrent(rest['extras'])
    ) {
      return reply.code(400).type('text/html').send('<h1>Invalid App ID, configuration or address</h1>');
    }
    const code = randomBytes(24).toString('base64url');
    codes.set(code, { redirectUri: address, accounts: [...server.sharing], isUsed: false });
    return reply.redirect(`${address}?${new URLSearchParams({ code, state }).toString()}`);
  });

  app.get<{ Querystring: Record<string, string> }>(`/${version}/oauth/access_token`, (request, reply) => {
    const { client_id: id, client_secret: secret, redirect_uri: address, code = '' } = request.query;
    if (id !== graphApp.appId) return refuse(reply, 400, 101, 'Error validating application.');
    if (secret !== graphApp.appSecret) return refuse(reply, 400, 1, 'Error validating client secret.');
    const known = codes.get(code);
    if (known === undefined) return refuse(reply, 400, 100, 'Invalid verification code format.');
    if (known.redirectUri !== address) {
      const words =
        'Error validating verification code. Please make sure your redirect_uri is identical to the one you used';
      return refuse(reply, 400, 100, words, { error_subcode: 36008 });
    }
    if (known.isUsed) {
      return refuse(reply, 400, 100, 'This authorization code has been used.', { error_subcode: 36009 });
    }
    known.isUsed = true;
    const token = `EAA${randomBytes(40).toString('hex')}`;
    server.tokens.add(token);
    grants.set(token, known.accounts);
    return reply.send({ access_token: token, token_type: 'bearer' });
  });

  app.get<{ Querystring: Record<string, string> }>(`/${version}/debug_token`, (request, reply) => {
    if (request.headers.authorization !== `Bearer ${graphApp.appId}|${graphApp.appSecret}`) {
      return refuse(reply, 400, 190, 'Invalid OAuth access token signature.');
    }
    const accounts = grants.get(request.query['input_token'] ?? '');
    if (accounts === undefined) return reply.send({ data: { is_valid: false, scopes: [] } });
    return reply.send({
      data: {
        app_id: graphApp.appId,
        type: 'SYSTEM_USER',
        is_valid: true,
        expires_at: 0,
        scopes: ['whatsapp_business_management', 'whatsapp_business_messaging'],
        granular_scopes: [
          { scope: 'whatsapp_business_messaging', target_ids: accounts },
          { scope: 'whatsapp_business_management', ...(accounts.length > 0 && { target_ids: accounts }) },
        ],
      },
    });
  });

  /** Whether the caller may go on; else it has been refused. */
  const isLetIn = (request: FastifyRequest, reply: FastifyReply): boolean => {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined || !server.tokens.has(token)) {
      void refuse(reply, 401, 190, 'Error validating access token: Session has expired.', {
        error_subcode: 463,
      });
      return false;
    }
    const { appsecret_proof: proof } = request.query as Record<string, string>;
    if (proof !== createHmac('sha256', graphApp.appSecret).update(token).digest('hex')) {
      void refuse(reply, 400, 100, 'Invalid appsecret_proof provided in the API argument');
      return false;
    }
    return true;
  };

  app.get<{ Params: { id: string } }>(`/${version}/:id/phone_numbers`, (request, reply) => {
    if (!isLetIn(request, reply)) return reply;
    const found = server.numbers.filter(({ wabaId }) => wabaId === request.params.id);
    return reply.send({ data: found.map(resource), paging: { cursors: { before: 'a', after: 'b' } } });
  });

  app.post<{ Params: { id: string } }>(`/${version}/:id/subscribed_apps`, (request, reply) => {
    if (!isLetIn(request, reply)) return reply;
    if (!server.numbers.some(({ wabaId }) => wabaId === request.params.id)) return unsupported(reply);
    subscribed.add(request.params.id);
    return reply.send({ success: true });
  });

  app.delete<{ Params: { id: string } }>(`/${version}/:id/subscribed_apps`, (request, reply) => {
    if (!isLetIn(request, reply)) return reply;
    subscribed.delete(request.params.id);
    return reply.send({ success: true });
  });

  app.post<{ Params: { id: string }; Body: { messaging_product?: unknown; pin?: unknown } }>(
    `/${version}/:id/register`,
    (request, reply) => {
      if (!isLetIn(request, reply)) return reply;
      const number = numberOf(request.params.id);
      if (number === undefined) return unsupported(reply);
      const { messaging_product: product, pin } = request.body;
      if (product !== 'whatsapp' || typeof pin !== 'string' || !/^\d{6}$/.test(pin)) {
        return refuse(reply, 400, 100, 'Invalid parameter', details('pin must be 6 digits'));
      }
      if (number.pin !== undefined && number.pin !== pin) {
        return refuse(
          reply,
          400,
          133005,
          'Two step verification PIN mismatch',
          details(`PIN ${pin} is wrong`),
        );
      }
      Object.assign(number, { pin, platform: 'CLOUD_API' });
      return reply.send({ success: true });
    },
  );

  app.post<{ Params: { id: string }; Body: Record<string, unknown> }>(
    `/${version}/:id/messages`,
    (request, reply) => {
      if (!isLetIn(request, reply)) return reply;
      const number = numberOf(request.params.id);
      if (number === undefined) return unsupported(reply);
      if (number.platform !== 'CLOUD_API') return refuse(reply, 400, 133010, 'Account not registered');
      const { messaging_product: product, to, type = 'text', biz_opaque_callback_data: data } = request.body;
      const content = request.body[String(type)];
      if (product !== 'whatsapp')
        return refuse(reply, 400, 100, '(#100) The parameter messaging_product is required.');
      if (typeof to !== 'string' || !/^[1-9]\d{6,14}$/.test(to)) {
        return refuse(
          reply,
          400,
          131009,
          '(#131009) Parameter value is not valid',
          details('Phone number is invalid'),
        );
      }
      const fault = faultOf(String(type), content);
      if (fault !== undefined)
        return refuse(reply, 400, 131009, '(#131009) Parameter value is not valid', details(fault));
      if (data !== undefined && (typeof data !== 'string' || data.length > 512)) {
        return refuse(reply, 400, 100, 'Invalid parameter', details('biz_opaque_callback_data is too long'));
      }
      const message: GraphMessage = {
        id: `wamid.${randomBytes(24).toString('base64')}`,
        from: number.id,
        to,
        type: String(type),
        content: content as Record<string, unknown>,
        callbackData: data,
      };
      messages.push(message);
      return reply.send({
        messaging_product: 'whatsapp',
        contacts: [{ input: to, wa_id: to }],
        messages: [{ id: message.id }],
      });
    },
  );

  app.get<{ Params: { id: string } }>(`/${version}/:id`, (request, reply) => {
    if (!isLetIn(request, reply)) return reply;
    const { id } = request.params;
    const number = numberOf(id);
    if (number !== undefined) return reply.send(resource(number));
    const file = files.get(id);
    if (file === undefined) return unsupported(reply);
    return reply.send({
      url: server.fileUrl ?? `${url}/files/${id}`,
      mime_type: file.type,
      file_size: file.bytes.length,
      id,
      messaging_product: 'whatsapp',
    });
  });

  app.get<{ Params: { id: string } }>('/files/:id', (request, reply) => {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const file = files.get(request.params.id);
    if (token === undefined || !server.tokens.has(token)) return reply.code(401).send();
    return file ? reply.type(file.type).send(file.bytes) : reply.code(404).send();
  });

  const numberOf = (id: string): GraphNumber | undefined => server.numbers.find((number) => number.id === id);

  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const server: GraphServer = {
    url,
    sharing: [],
    numbers: [],
    messages,
    subscribed,
    tokens: new Set(),
    appHookUrl: undefined,
    fileUrl: undefined,
    add(wabaId, more = {}) {
      const number: GraphNumber = {
        id: newId(),
        wabaId,
        shown: '+1 555-0999',
        verifiedName: 'Our Shop',
        platform: 'CLOUD_API',
        verification: 'VERIFIED',
        pin: undefined,
        ...more,
      };
      server.numbers.push(number);
      return number;
    },
    async tell(phoneNumberId, value) {
      const number = numberOf(phoneNumberId);
      if (number === undefined || server.appHookUrl === undefined || !subscribed.has(number.wabaId))
        return undefined;
      const metadata = {
        display_phone_number: number.shown.replace(/\D/g, ''),
        phone_number_id: phoneNumberId,
      };
      const change = { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } };
      const body = JSON.stringify({
        object: 'whatsapp_business_account',
        entry: [{ id: number.wabaId, changes: [change] }],
      });
      return fetch(server.appHookUrl, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...hubSigned(body) },
        body,
      });
    },
    report(id, status, more = {}) {
      const message = messages.find((one) => one.id === id);
      if (message === undefined) throw new Error(`${id} was not sent.`);
      return server.tell(message.from, {
        statuses: [
          {
            id,
            status,
            timestamp: String(Math.floor(Date.now() / 1000)),
            recipient_id: message.to,
            ...(message.callbackData !== undefined && { biz_opaque_callback_data: message.callbackData }),
            ...more,
          },
        ],
      });
    },
    keep(bytes, type) {
      const id = newId();
      files.set(id, { bytes, type });
      return id;
    },
    close: () => app.close(),
  };
  return server;
}

/** developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint */
export function hubSigned(body: string | Buffer): Record<string, string> {
  const digest = createHmac('sha256', graphApp.appSecret).update(body).digest('hex');
  return { 'x-hub-signature-256': `sha256=${digest}` };
}

/** Versions of Embedded Signup before the third are gone (…/embedded-signup/versions). */
function isCurrent(extras: string | undefined): boolean {
  const { version: shown } = JSON.parse(extras ?? '{}') as { version?: unknown };
  return shown === 'v3' || shown === 'v4';
}

function newId(): string {
  return `1${String(randomInt(10 ** 12)).padStart(14, '0')}`;
}

function resource(number: GraphNumber): object {
  return {
    id: number.id,
    display_phone_number: number.shown,
    verified_name: number.verifiedName,
    platform_type: number.platform,
    code_verification_status: number.verification,
    quality_rating: 'GREEN',
  };
}

function faultOf(type: string, content: unknown): string | undefined {
  const fields = (typeof content === 'object' && content !== null ? content : {}) as Record<string, unknown>;
  switch (type) {
    case 'text':
      if (typeof fields['body'] !== 'string' || fields['body'] === '') return 'text.body is required';
      return fields['body'].length > 4096 ? 'text.body is too long' : undefined;
    case 'template':
      return typeof fields['name'] === 'string' && typeof fields['language'] === 'object'
        ? undefined
        : 'template is wrong';
    case 'image':
    case 'video':
    case 'document':
      return isLink(fields['link']) ? undefined : 'link is required';
    case 'audio':
    case 'sticker':
      if ('caption' in fields) return `${type} takes no caption`;
      return isLink(fields['link']) ? undefined : 'link is required';
    default:
      return `type ${type} is unknown`;
  }
}

function isLink(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\//.test(value);
}

function details(words: string): object {
  return { error_data: { messaging_product: 'whatsapp', details: words } };
}

function unsupported(reply: FastifyReply): FastifyReply {
  const words = 'Unsupported request. Object does not exist, cannot be loaded due to missing permissions';
  return refuse(reply, 400, 100, words, { error_subcode: 33 });
}

function refuse(
  reply: FastifyReply,
  status: number,
  code: number,
  message: string,
  more: object = {},
): FastifyReply {
  return reply.code(status).send({
    error: {
      message,
      type: 'OAuthException',
      code,
      fbtrace_id: randomBytes(6).toString('base64url'),
      ...more,
    },
  });
}
