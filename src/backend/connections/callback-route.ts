import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ChatServiceDefinition } from '../chat-services/definition.js';
import { defaultPlatform, type NoteLanguage } from '../config.js';
import type { Context } from '../context.js';
import { pageLanguage } from '../installations/page-language.js';
import type { KommoApis } from '../kommo-api/kommo-api.js';
import { describeError } from '../log-error.js';
import { languageOf } from '../words/language-of.js';
import { type CallbackEnd, sendCallbackPage } from './callback-page.js';
import { redirectUriOf } from './methods/oauth.js';
import type { Consent, OAuthAttempts } from './oauth-attempts.js';
import { type Question, sendArrival, sendQuestion } from './question-page.js';
import { isFromOurPage, readForms } from './page-forms.js';
import { whichAccount } from './which-account.js';

export interface CallbackRouteOptions {
  readonly apis: KommoApis;
  readonly definitions: ReadonlyMap<string, ChatServiceDefinition>;
  readonly oauth: OAuthAttempts;
}

interface CallbackRoute {
  Params: { service: string };
}

type Asked = Extract<Consent, { state: 'asked' }>;

/**
 * What a browser calls on its way back from a service's consent page, and from our own page about it:
 *
 * | call                                | what is done                                                        |
 * | ----------------------------------- | ------------------------------------------------------------------- |
 * | `GET`, with a state and a code      | our page asks the window that opened it                             |
 * | `POST`, `decision=proven`           | connects, when the proof is that of the panel; else asks the person |
 * | `POST`, `decision=ask`              | asks the person, naming the account                                 |
 * | `POST`, `decision=connect`          | connects                                                            |
 * | `POST`, `decision=cancel`           | ends the attempt                                                    |
 *
 * A state is good once, and so is the token of our page, without which no POST does anything.
 */
export function callbackRoute(
  app: FastifyInstance,
  context: Context,
  { apis, definitions, oauth }: CallbackRouteOptions,
): void {
  const { config, log } = context;
  // A HEAD would use the state up, and addresses with codes are not for a request log.
  const options = { exposeHeadRoute: false, logLevel: 'silent' } as const;

  const titleOf = (service: string): string => definitions.get(service)?.title ?? 'The chat service';
  const browserLanguage = (request: FastifyRequest): NoteLanguage =>
    pageLanguage(request.headers['accept-language']);
  const accountLanguage = ({ installation: { country, platform } }: Exclude<Consent, { state: 'unknown' }>) =>
    languageOf(country, platform, config.noteLanguage);

  const nobody = (request: FastifyRequest<CallbackRoute>): CallbackEnd => ({
    page: 'unknown_state',
    language: browserLanguage(request),
    platform: defaultPlatform(config),
    service: titleOf(request.params.service),
  });

  /** Whoever asks is a person whose account at the service it is, and who may have nothing to do with the platform's. */
  const questionOf = (request: FastifyRequest, { attempt, installation, token }: Asked): Question => ({
    language: browserLanguage(request),
    platform: installation.platform,
    service: titleOf(attempt.service),
    action: new URL(redirectUriOf(config, attempt.service)).pathname,
    token,
  });

  /** How it has ended, in the words of who has seen it coming. */
  function sendEnd(
    request: FastifyRequest<CallbackRoute>,
    reply: FastifyReply,
    consent: Consent,
    { language, page }: { language?: NoteLanguage; page?: CallbackEnd['page'] } = {},
  ): FastifyReply {
    if (consent.state === 'unknown') return sendCallbackPage(request, reply, nobody(request));
    const { attempt, installation, step } = consent;
    const { id, state, problem, service } = attempt;
    return sendCallbackPage(request, reply, {
      page: page ?? (state === 'connected' ? 'connected' : (problem ?? 'unknown_state')),
      language: language ?? accountLanguage(consent),
      platform: installation.platform,
      service: titleOf(service),
      told:
        state === 'waiting'
          ? undefined
          : {
              origin: step.origin,
              message: { type: 'pipeline-messenger:connection', attempt_id: id, state },
            },
    });
  }

  async function arrive(request: FastifyRequest<CallbackRoute>, reply: FastifyReply): Promise<FastifyReply> {
    const query = new URL(request.raw.url ?? '', config.publicUrl).searchParams;
    const consent = await oauth.arrive(request.params.service, query);
    if (consent.state !== 'asked') return sendEnd(request, reply, consent);
    const { attempt, step } = consent;
    return sendArrival(request, reply, {
      ...questionOf(request, consent),
      attemptId: attempt.id,
      origin: step.origin,
    });
  }

  async function decide(request: FastifyRequest<CallbackRoute>, reply: FastifyReply): Promise<FastifyReply> {
    const { service } = request.params;
    const form = request.body as URLSearchParams;
    const token = form.get('token') ?? '';
    const decision = form.get('decision');
    const language = browserLanguage(request);
    if (!isFromOurPage(request, config)) return sendEnd(request, reply, { state: 'unknown' });
    if (decision === 'connect' || decision === 'cancel') {
      const ended = await oauth.decide(service, token, decision);
      const isCancelled = decision === 'cancel' && ended.state === 'ended';
      return sendEnd(request, reply, ended, { language, ...(isCancelled && { page: 'cancelled' }) });
    }
    const consent = await oauth.find(service, token);
    if (consent.state !== 'asked') return sendEnd(request, reply, consent, { language });
    if (decision === 'proven' && oauth.isProven(consent, form.get('proof') ?? '')) {
      return sendEnd(request, reply, await oauth.decide(service, token, 'connect'));
    }
    const { installation, step } = consent;
    const account = await whichAccount(apis, { installationId: installation.id, origin: step.origin });
    return sendQuestion(request, reply, { ...questionOf(request, consent), account });
  }

  const safely =
    (answer: typeof arrive) =>
    async (request: FastifyRequest<CallbackRoute>, reply: FastifyReply): Promise<FastifyReply> => {
      try {
        return await answer(request, reply);
      } catch (error) {
        log.error({ reason: describeError(error).reason }, 'A chat service was not connected');
        return sendCallbackPage(request, reply, { ...nobody(request), page: 'unavailable' });
      }
    };

  void app.register((scope, _options, ready) => {
    readForms(scope);
    scope.get<CallbackRoute>('/chat-services/:service/callback', options, safely(arrive));
    scope.post<CallbackRoute>('/chat-services/:service/callback', options, safely(decide));
    ready();
  });
}
