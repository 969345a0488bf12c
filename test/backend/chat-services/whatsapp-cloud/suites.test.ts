import { randomBytes } from 'node:crypto';
import type { ConnectedAccount } from '../../../../src/backend/chat-services/definition.js';
import { graphApp, hubSigned, startGraphServer, type GraphServer } from '../../../support/graph-server.js';
import { describeChatService } from '../service/describe-chat-service.js';
import type { Refused } from '../service/under-test.js';
import { describeDefinition } from '../definition/describe-definition.js';
import { agree, connect, definitionAt } from './support.js';

const wabaId = '102290129340398';
const anotherSecret = '1b'.repeat(16);

async function start(): Promise<{ server: GraphServer; account: ConnectedAccount }> {
  const server = await startGraphServer();
  server.add(wabaId);
  server.sharing = [wabaId];
  return { server, account: await connect(server) };
}

const takenBy = (server: GraphServer): { to: string; text: string; media?: string | undefined }[] =>
  server.messages.map(({ to, content: { body, caption, link } }) => ({
    to: `+${to}`,
    text: [body, caption].find((one) => typeof one === 'string') ?? '',
    media: typeof link === 'string' ? link : undefined,
  }));

function refused(status: number, code: number, kind: Refused['kind'], reason: Refused['reason']): Refused {
  const error = {
    message: `(#${code}) No`,
    type: 'OAuthException',
    code,
    error_data: { messaging_product: 'whatsapp', details: `Not "{text}" to {to} for ${graphApp.appSecret}` },
    fbtrace_id: 'x',
  };
  return { answer: { status, body: JSON.stringify({ error }) }, kind, reason, code: String(code) };
}

const later = ['temporary', 'service_unavailable'] as const;
const out = ['not_connected', 'not_connected'] as const;

describeChatService({
  title: 'WhatsApp Business',
  honoursKeys: false,
  tellsInReports: true,
  secrets: [graphApp.appSecret, anotherSecret, 'another-token'],
  signatureHeader: 'x-hub-signature-256',
  refusals: {
    'a token that has expired': refused(401, 190, ...out),
    'a token that was taken back': refused(400, 0, ...out),
    'a permission that is missing': refused(400, 10, ...out),
    'a permission that was never given': refused(403, 200, ...out),
    'an account that is locked': refused(400, 131031, ...out),
    'an account that has not paid': refused(400, 131042, ...out),
    'a number that is not registered': refused(400, 133010, ...out),
    'too many calls': refused(400, 4, ...later),
    'too many messages': refused(429, 130429, ...later),
    'too many messages to one person': refused(400, 131056, ...later),
    'trouble of its own': refused(500, 131000, ...later),
    'a service that is overloaded': refused(503, 2, ...later),
    'a field that is wrong': refused(400, 100, 'permanent', 'service_refused'),
    'a number of our own': refused(400, 131021, 'permanent', 'number_refused'),
    'a number without WhatsApp': refused(400, 131026, 'permanent', 'not_on_service'),
    'a person who wants no marketing': refused(400, 131050, 'permanent', 'recipient_blocked'),
    'a text outside of the window': refused(400, 131047, 'permanent', 'window_closed'),
    'a template that does not exist': refused(404, 132001, 'permanent', 'text_refused'),
    'a message that is held back': refused(400, 131049, 'permanent', 'undelivered'),
    'a code that nobody knows': refused(400, 999_999, 'permanent', 'service_refused'),
    'a code that nobody knows, with 503': refused(503, 999_999, ...later),
    'a code that nobody knows, with 403': refused(403, 999_999, ...out),
    'no access, in a page': { answer: { status: 401, body: '<h1>Who?</h1>' }, kind: out[0], reason: out[1] },
  },
  async start() {
    const { server, account } = await start();
    const { credentials } = account;
    return {
      url: server.url,
      adapter: ({ wrongKey, ...at }) =>
        wrongKey === true
          ? definitionAt({ ...at, appSecret: anotherSecret }).open({ ...credentials, token: 'another-token' })
          : definitionAt(at).open(credentials),
      taken: () => takenBy(server),
      async report(id, status, hookUrl) {
        await definitionAt({ url: server.url }).open(credentials).listen(hookUrl);
        server.appHookUrl = hookUrl;
        await server.report(
          id,
          status,
          status === 'failed' ? { errors: [{ code: 131000, title: 'No' }] } : {},
        );
      },
      close: () => server.close(),
    };
  },
});

describeDefinition({
  title: 'WhatsApp Business',
  secrets: [graphApp.appSecret, graphApp.verifyToken],
  signatureHeader: 'x-hub-signature-256',
  has: { oauth: true, qr: false, apiKey: false, media: 'ref', signOut: false, appHook: true },
  async start({ appHookUrl }) {
    const { server, account: first } = await start();
    server.appHookUrl = appHookUrl;
    return {
      url: server.url,
      definition: definitionAt,
      connect: () => connect(server),
      wrongCredentials: { token: 'another-token', phoneNumberId: first.key, wabaId },
      taken: () => takenBy(server),
      async write({ from, name, text, media }) {
        const file = media && {
          id: server.keep(media.bytes, media.type),
          mime_type: media.type,
          caption: text,
        };
        await server.tell(first.key, {
          contacts: [{ profile: { name }, wa_id: from.slice(1) }],
          messages: [
            {
              from: from.slice(1),
              id: `wamid.${randomBytes(24).toString('base64')}`,
              timestamp: String(Math.floor(Date.now() / 1000)),
              ...(file ? { type: 'image', image: file } : { type: 'text', text: { body: text } }),
            },
          ],
        });
      },
      report: (id, status) =>
        server.report(id, status, status === 'failed' ? { errors: [{ code: 131053, title: 'No' }] } : {}),
      sign: ({ body }) => hubSigned(body),
      nonsense: [
        '{"entry":[null,{"changes":null},{"changes":[null,7]}]}',
        '{"entry":[{"changes":[{"field":"messages","value":null}]}]}',
        JSON.stringify({
          entry: [
            { changes: [{ field: 'account_update', value: { metadata: { phone_number_id: first.key } } }] },
          ],
        }),
        JSON.stringify({
          entry: [
            {
              changes: [
                {
                  field: 'messages',
                  value: {
                    metadata: { phone_number_id: first.key },
                    messages: [{}, null],
                    statuses: [{}, 7],
                  },
                },
              ],
            },
          ],
        }),
      ],
      oauth: { agree },
      close: () => server.close(),
    };
  },
});
