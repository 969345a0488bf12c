import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { AccountContext } from '../context.js';
import type { ChatChannel } from '../state.js';
import { channelOfScope, connectChannel, disconnectChannel } from './channel.js';
import { createChat } from './chat.js';
import { takeDeliveryStatus, takeReaction, takeTyping } from './client-actions.js';
import { bodyFields, ChatsError } from './fields.js';
import type { Fields } from './fields.js';
import { chatHistory } from './history.js';
import { receiveMessage } from './receive.js';
import type { ConnectedChannel } from './receive.js';
import { signatureFlaw } from './signature.js';

const prefix = '/v2/origin/custom';

interface Call {
  readonly request: FastifyRequest;
  /** The object in the body. */
  readonly body: () => Fields;
  readonly param: (name: string) => string;
}

/**
 * The chats API (`platform/server.md §6.2`, `§6.3`). Every call is signed with the channel's secret. Errors come
 * as a sentence in plain text: the platform's own error bodies are not known, so there is no shape here that
 * anyone could come to rely on.
 */
export function chatsApi(app: FastifyInstance, context: AccountContext): void {
  void app.register((scope, _options, done) => {
    // Whatever the body is said to be, its bytes are what is signed.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => {
      parsed(null, body);
    });
    scope.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof ChatsError)) return reply.send(error);
      return reply.code(error.status).type('text/plain; charset=utf-8').send(error.message);
    });
    addChannelRoutes(scope, context);
    addScopeRoutes(scope, context);
    done();
  });
}

function addChannelRoutes(scope: FastifyInstance, context: AccountContext): void {
  const channelCall = (answer: (channel: ChatChannel, call: Call) => Fields | undefined) =>
    handler((call) => {
      const channel = context.account.channels.get(call.param('channel'));
      if (channel === undefined) throw new ChatsError(404, 'There is no channel with this id.');
      requireSignature(context, channel, call.request);
      return answer(channel, call);
    });
  scope.post(
    `${prefix}/:channel/connect`,
    channelCall((channel, { body }) => connectChannel(context.account, channel, body())),
  );
  scope.delete(
    `${prefix}/:channel/disconnect`,
    channelCall((channel, { body }) => {
      disconnectChannel(context.account, channel, body());
      return undefined;
    }),
  );
}

function addScopeRoutes(scope: FastifyInstance, context: AccountContext): void {
  const scopeCall = (
    answer: (channel: ConnectedChannel, call: Call) => Fields | undefined,
    empty: 200 | 204 = 200,
  ) =>
    handler((call) => {
      const channel = channelOfScope(context.account, call.param('scope'));
      if (channel === undefined) throw new ChatsError(403, 'There is no such scope.');
      requireSignature(context, channel, call.request);
      if (!isConnected(channel)) throw new ChatsError(403, 'The account is not connected to this channel.');
      return answer(channel, call);
    }, empty);
  const path = `${prefix}/:scope`;
  scope.post(
    path,
    scopeCall((channel, { body }) => receiveMessage(context, channel, body())),
  );
  scope.post(
    `${path}/chats`,
    scopeCall((channel, { body }) => createChat(context, channel.scope_id, body())),
  );
  scope.get(
    `${path}/chats/:chat/history`,
    scopeCall(
      (channel, { request, param }) =>
        chatHistory(context.account, channel.scope_id, param('chat'), request.query as Fields),
      204,
    ),
  );
  scope.post(
    `${path}/typing`,
    scopeCall((channel, { body }) => {
      takeTyping(context, channel.scope_id, body());
      return undefined;
    }, 204),
  );
  scope.post(
    `${path}/react`,
    scopeCall((channel, { body }) => {
      takeReaction(context, channel, body());
      return undefined;
    }),
  );
  scope.post(
    `${path}/:msgid/delivery_status`,
    scopeCall((channel, { body, param }) => {
      takeDeliveryStatus(context, channel.scope_id, param('msgid'), body());
      return undefined;
    }),
  );
}

function handler(answer: (call: Call) => Fields | undefined, empty: 200 | 204 = 200) {
  return (request: FastifyRequest, reply: FastifyReply) => {
    const params = request.params as Readonly<Record<string, string>>;
    const body = answer({
      request,
      body: () => bodyFields(bytesOf(request)),
      param: (name) => params[name] ?? '',
    });
    return body === undefined ? reply.code(empty).send() : reply.code(200).send(body);
  };
}

/** @throws ChatsError 403 when the signature does not hold. */
function requireSignature(context: AccountContext, channel: ChatChannel, request: FastifyRequest): void {
  const header = (name: string) => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  const flaw = signatureFlaw(
    {
      method: request.method,
      path: request.raw.url?.split('?')[0] ?? '',
      date: header('date'),
      contentType: header('content-type'),
      contentMd5: header('content-md5'),
      signature: header('x-signature'),
      body: bytesOf(request),
    },
    channel.secret,
    context.clock.now(),
  );
  if (flaw !== undefined) throw new ChatsError(403, `${flaw}.`);
}

function bytesOf(request: FastifyRequest): Uint8Array {
  return request.body instanceof Uint8Array ? request.body : new Uint8Array();
}

function isConnected(channel: ChatChannel): channel is ConnectedChannel {
  return channel.scope_id !== null;
}
