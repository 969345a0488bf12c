import { and, eq, ne } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.js';
import { installations } from '../../installations/tables.js';
import type { Outage } from '../../receiving/outage.js';
import { readRawBodies } from '../../receiving/raw-body.js';
import { Refusal } from '../../refusal.js';
import { within } from '../../within.js';
import { isHookSigned } from '../amojo/signature.js';
import { chatConnections } from '../tables.js';
import { acceptWritten, type HookAcceptance } from './accept.js';
import { type ChatsHook, readHook } from './hook-body.js';

/** Bytes; a message has some thousand. */
const bodyLimit = 1024 * 1024;

/**
 * Milliseconds for which a hook is good. The signature is over the body alone, so that whoever has seen one hook can
 * send it again for ever: the ids of messages keep out what is still stored, the time what is not any more. The platform
 * sends each hook once, at once, and gives its own signed requests 15 minutes (`platform/server.md §6.2`, `§6.4`).
 */
export const hookLifetime = 15 * 60_000;

export interface ChatsHookOptions {
  readonly outage: Outage;
  /** Called when there is a message to send. */
  readonly onAccepted: () => void;
  /** Milliseconds within which a hook must be stored: the platform waits for five seconds (`platform/server.md §6.4`). */
  readonly patience?: number | undefined;
}

/**
 * `POST /hooks/chats/:scope`, where the platform tells what users of an account write (`platform/server.md §6.4`).
 *
 * | answer   | when                                                                           |
 * | -------- | ------------------------------------------------------------------------------ |
 * | 200      | stored, stored before, or somebody types or reacts                             |
 * | 400, 413 | no chats hook, for another account, or of another time; too long               |
 * | 403      | the signature is wrong                                                         |
 * | 404      | no account is connected with this scope                                        |
 * | 503      | the store cannot take it now; the platform shows the message as not delivered  |
 */
export function chatsHookRoute(
  app: FastifyInstance,
  { config, store, metrics, clock }: Context,
  { outage, onAccepted, patience = 4000 }: ChatsHookOptions,
): void {
  const count = (result: string): void => {
    metrics.hooks.inc({ kind: 'chats', result });
  };
  const refuse = (result: string, refusal: Refusal): never => {
    count(result);
    throw refusal;
  };
  void app.register((scope, _options, done) => {
    readRawBodies(scope, { limit: bodyLimit });
    scope.addHook('onRequest', (_request, reply, next) => {
      reply.raw.once('finish', metrics.ackSeconds.startTimer({ kind: 'chats' }));
      next();
    });
    scope.setErrorHandler((error, _request, reply) => {
      if (error instanceof Refusal) {
        return reply.code(error.status).send({ code: error.code, message: error.message });
      }
      // Fastify has refused the body before the route could.
      if (typeof error === 'object' && error !== null && 'statusCode' in error) count('unreadable');
      throw error;
    });
    scope.post<{ Params: { scope: string } }>('/hooks/chats/:scope', async (request) => {
      const { scope: scopeId } = request.params;
      // Who has no secret of ours learns nothing about which accounts are connected.
      const channel = config.chatsChannels.find(({ id }) => scopeId.startsWith(`${id}_`));
      if (channel === undefined) return refuse('unknown_scope', unknownScope());
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (!isHookSigned(bytes, request.headers['x-signature'], channel.secret)) {
        return refuse('wrong_signature', new Refusal(403, 'wrong_signature', 'The signature is wrong'));
      }
      const hook = readHook(bytes);
      if (hook === undefined) {
        return refuse('unreadable', new Refusal(400, 'unreadable', 'A chats hook of version 2 was expected'));
      }
      if (Math.abs(clock.now().getTime() - hook.time * 1000) > hookLifetime) {
        return refuse('stale', new Refusal(400, 'stale', 'The time of the hook is more than 15 minutes off'));
      }
      let acceptance: HookAcceptance | 'unknown_scope';
      const late = new AbortController();
      try {
        acceptance = await within(patience, take(scopeId, hook, late.signal));
        outage.stored();
      } catch (error) {
        if (error instanceof Refusal) throw error;
        // The user is told that it did not go: it must not after all.
        late.abort();
        outage.refused(error);
        return refuse('unavailable', new Refusal(503, 'unavailable', 'The hook could not be stored'));
      }
      if (acceptance === 'unknown_scope') return refuse('unknown_scope', unknownScope());
      count(acceptance);
      if (acceptance === 'accepted') onAccepted();
      return { result: acceptance };
    });
    done();
  });

  const take = async (
    scopeId: string,
    hook: ChatsHook,
    signal: AbortSignal,
  ): Promise<HookAcceptance | 'unknown_scope'> => {
    const [found] = await store.db
      .select({
        id: installations.id,
        country: installations.country,
        amojoId: chatConnections.amojoId,
      })
      .from(chatConnections)
      .innerJoin(installations, eq(installations.id, chatConnections.installationId))
      .where(and(eq(chatConnections.scopeId, scopeId), ne(installations.state, 'uninstalled')));
    if (found === undefined) return 'unknown_scope';
    if (found.amojoId !== hook.account_id) {
      return refuse('unreadable', new Refusal(400, 'other_account', 'The hook is of another account'));
    }
    const acceptance = await acceptWritten(store, found, hook, { signal });
    metrics.chatMessages.inc({ direction: 'out', result: acceptance });
    return acceptance;
  };
}

function unknownScope(): Refusal {
  return new Refusal(404, 'not_found', 'There is nothing at this address');
}
