import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Client, type Config, defaultPlatform, type Platform } from '../config.js';
import type { Context } from '../context.js';
import { createHttp, type SendHttp } from '../kommo-api/http.js';
import type { KommoApis } from '../kommo-api/kommo-api.js';
import { completeInstallation } from './callback.js';
import { clearedCookie, createState, isOwnState } from './oauth-state.js';
import { sendPage, type Page } from './pages.js';
import { takeUninstalled, type UninstalledResult } from './uninstalled.js';

export interface OAuthRoutesOptions {
  readonly apis: KommoApis;
  readonly http?: SendHttp;
  /** After every save of an installation, the second one of the same account too. What it throws is only logged. */
  readonly onInstalled?: (installationId: string) => unknown;
}

/**
 * | address                   | who comes                                                                  |
 * | ------------------------- | -------------------------------------------------------------------------- |
 * | `GET /oauth/install`      | an administrator: to the consent page of `?platform=kommo` or `amocrm`     |
 * | `GET /oauth/callback`     | the administrator back from there, or the platform's own install hook      |
 * | `GET /oauth/uninstalled`  | the platform, when access was withdrawn                                    |
 */
export function oauthRoutes(
  app: FastifyInstance,
  context: Context,
  { apis, http = createHttp(), onInstalled = () => undefined }: OAuthRoutesOptions,
): void {
  const { config, clock, log } = context;
  const isSecure = config.publicUrl.startsWith('https:');
  // A HEAD would run them as well, and addresses with codes are not for a request log.
  const options = { exposeHeadRoute: false, logLevel: 'silent' } as const;

  app.get('/oauth/install', options, async (request, reply) => {
    const client = clientToInstall(config, textField(request.query, 'platform'));
    if (client === undefined) {
      return sendPage(request, reply, { name: 'unknown_client', platform: defaultPlatform(config) });
    }
    const { state, cookie } = await createState(config.sealingKeys, { now: clock.now(), isSecure });
    return reply
      .header('Set-Cookie', cookie)
      .header('Cache-Control', 'no-store')
      .redirect(consentPage(config, client, state), 302);
  });

  const end = async (request: FastifyRequest, reply: FastifyReply): Promise<Page> => {
    const state = textField(request.query, 'state');
    const query = {
      code: textField(request.query, 'code'),
      error: textField(request.query, 'error'),
      host: textField(request.query, 'referer') ?? textField(request.query, 'referrer'),
      clientId: textField(request.query, 'client_id'),
      platform: textField(request.query, 'platform'),
    };
    if (state !== undefined && query.error === undefined) {
      const { cookie } = request.headers;
      const isOwn = await isOwnState(state, cookie, config.sealingKeys, { now: clock.now() });
      if (!isOwn) {
        const client = config.clients.find(({ id }) => id === query.clientId);
        const platform = client?.platform ?? defaultPlatform(config);
        return { name: 'stale_state', platform };
      }
    }
    if (state !== undefined) void reply.header('Set-Cookie', clearedCookie({ isSecure }));
    const result = await completeInstallation(context, query, { http });
    if (result.name === 'installed') {
      const { installationId, origin } = result;
      log.info({ installation: installationId, origin }, 'the integration was installed');
      await tell(onInstalled, installationId, context);
    } else if (result.name !== 'declined') {
      const { name, origin, reason } = result;
      log.warn({ result: name, origin, reason }, 'an installation was not completed');
    }
    return result;
  };

  app.get('/oauth/callback', options, async (request, reply) => {
    try {
      return await sendPage(request, reply, await end(request, reply));
    } catch (error) {
      log.error({ reason: reasonOf(error) }, 'an installation was not saved');
      return sendPage(request, reply, { name: 'unavailable', platform: defaultPlatform(config) });
    }
  });

  app.get('/oauth/uninstalled', options, async (request, reply) => {
    const query = {
      accountId: textField(request.query, 'account_id'),
      clientId: textField(request.query, 'client_uuid') ?? textField(request.query, 'client_id'),
      signature: textField(request.query, 'signature'),
    };
    try {
      const result = await takeUninstalled(context, query, { apis });
      const { status, ...body } = uninstalledAnswers[result];
      return await reply.code(status).send(body);
    } catch (error) {
      log.error({ reason: reasonOf(error) }, 'an uninstallation was not saved');
      const { status, ...body } = uninstalledAnswers.unknown;
      return reply.code(status).send(body);
    }
  });
}

const uninstalledAnswers = {
  done: { status: 200, code: 'ok', message: 'The integration is uninstalled.' },
  in_use: { status: 200, code: 'in_use', message: 'The account still gives access, so nothing was changed.' },
  unknown: {
    status: 503,
    code: 'unavailable',
    message: 'It is not known whether the account still gives access. Send this again later.',
  },
  unsigned: {
    status: 403,
    code: 'bad_signature',
    message: 'A signature with the secret of one of our integrations was expected.',
  },
  malformed: {
    status: 400,
    code: 'bad_request',
    message: 'The fields account_id (a number), client_uuid and signature were expected, each once.',
  },
} as const satisfies Record<UninstalledResult, { status: number; code: string; message: string }>;

/** Of the integration that is asked for, or of the only one that there is to ask for. */
function clientToInstall({ clients }: Config, platform: string | undefined): Client | undefined {
  return platform === undefined ? clients[0] : clients.find((client) => client.platform === platform);
}

const consentOrigins: Readonly<Record<Platform, string>> = {
  kommo: 'https://www.kommo.com',
  amocrm: 'https://www.amocrm.ru',
};

/** `platform/server.md §1.1`; an account on this machine has the page itself. */
function consentPage({ localAccounts }: Config, { platform, id }: Client, state: string): string {
  const origin = localAccounts[0] ?? consentOrigins[platform];
  return `${origin}/oauth?${new URLSearchParams({ client_id: id, state, mode: 'popup' }).toString()}`;
}

async function tell(
  onInstalled: NonNullable<OAuthRoutesOptions['onInstalled']>,
  installationId: string,
  { log }: Context,
): Promise<void> {
  try {
    await onInstalled(installationId);
  } catch (error) {
    log.error(
      { installation: installationId, reason: reasonOf(error) },
      'what follows an installation failed',
    );
  }
}

/** Of a failed statement only the database's own words: the statement's values are tokens. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return error.cause instanceof Error ? error.cause.message : error.name;
}

/** A field that came once. */
function textField(query: unknown, name: string): string | undefined {
  if (typeof query !== 'object' || query === null || !Object.hasOwn(query, name)) return undefined;
  const value = (query as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : undefined;
}
