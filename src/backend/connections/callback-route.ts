import { and, eq } from 'drizzle-orm';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ChatServiceDefinition } from '../chat-services/definition.js';
import { ConnectError } from '../chat-services/definition.js';
import { defaultPlatform } from '../config.js';
import type { Context } from '../context.js';
import { pageLanguage } from '../installations/page-language.js';
import { type Installation, installations } from '../installations/tables.js';
import { describeError } from '../log-error.js';
import { languageOf } from '../words/language-of.js';
import { type CallbackEnd, sendCallbackPage } from './callback-page.js';
import { hashOfState } from './methods/oauth.js';
import type { OAuthAttempts } from './oauth-attempts.js';
import type { Secrets } from './secrets.js';
import { type AttemptRow, connectionAttempts } from './tables.js';

export interface CallbackRouteOptions {
  readonly definitions: ReadonlyMap<string, ChatServiceDefinition>;
  readonly oauth: OAuthAttempts;
  readonly secrets: Secrets;
}

interface CallbackRoute {
  Params: { service: string };
}

/**
 * `GET /chat-services/:service/callback`: the person is back from the service's consent page. The state is good once,
 * for the service that it was made for, and until the attempt's end.
 */
export function callbackRoute(
  app: FastifyInstance,
  context: Context,
  { definitions, oauth, secrets }: CallbackRouteOptions,
): void {
  const { store, config, clock, log } = context;
  // A HEAD would use the state up, and addresses with codes are not for a request log.
  const options = { exposeHeadRoute: false, logLevel: 'silent' } as const;

  const nobody = (request: FastifyRequest<CallbackRoute>): CallbackEnd => ({
    page: 'unknown_state',
    language: pageLanguage(request.headers['accept-language']),
    platform: defaultPlatform(config),
    service: definitions.get(request.params.service)?.title ?? 'The chat service',
  });

  const end = async (request: FastifyRequest<CallbackRoute>): Promise<CallbackEnd> => {
    const query = new URL(request.raw.url ?? '', config.publicUrl).searchParams;
    const taken = await takeState(store.db, query.getAll('state'));
    if (taken === undefined) return nobody(request);
    const { attempt, installation } = taken;
    const step = secrets.openStep(attempt);
    const ended = await complete(attempt, request.params.service, query);
    const { platform, country } = installation;
    return {
      page: ended.state === 'connected' ? 'connected' : (ended.problem ?? 'unknown_state'),
      language: languageOf(country, platform, config.noteLanguage),
      platform,
      service: definitions.get(attempt.service)?.title ?? attempt.service,
      told:
        step?.method === 'oauth' && ended.state !== 'waiting'
          ? {
              origin: step.origin,
              message: {
                type: 'pipeline-messenger:connection',
                attempt_id: attempt.id,
                state: ended.state,
              },
            }
          : undefined,
    };
  };

  const complete = (attempt: AttemptRow, service: string, query: URLSearchParams): Promise<AttemptRow> => {
    if (attempt.expiresAt <= clock.now()) return oauth.fail(attempt, new ConnectError('expired'));
    // What one service has given out must not reach another one.
    if (attempt.service !== service) {
      return oauth.fail(attempt, new ConnectError('service_unavailable'));
    }
    return oauth.complete(attempt, query);
  };

  app.get<CallbackRoute>('/chat-services/:service/callback', options, async (request, reply) => {
    try {
      return await sendCallbackPage(request, reply, await end(request));
    } catch (error) {
      log.error({ reason: describeError(error).reason }, 'A chat service was not connected');
      return sendCallbackPage(request, reply, { ...nobody(request), page: 'unavailable' });
    }
  });
}

/** The attempt of a state, which is used up; undefined for one that is none of ours, or was used before. */
async function takeState(
  db: Context['store']['db'],
  states: readonly string[],
): Promise<{ attempt: AttemptRow; installation: Installation } | undefined> {
  const [state = ''] = states;
  if (states.length !== 1 || state === '') return undefined;
  const stateHash = hashOfState(state);
  const [attempt] = await db
    .update(connectionAttempts)
    .set({ stateHash: null })
    .where(and(eq(connectionAttempts.stateHash, stateHash), eq(connectionAttempts.state, 'waiting')))
    .returning();
  if (attempt === undefined) return undefined;
  const [installation] = await db
    .select()
    .from(installations)
    .where(eq(installations.id, attempt.installationId));
  return installation === undefined || installation.state === 'uninstalled'
    ? undefined
    : { attempt, installation };
}
